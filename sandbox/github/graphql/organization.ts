// Organisations in GraphQL: their teams, for those who may see them.
import type { Viewer } from '../exchange.ts';
import type { Layer } from '../layer.ts';
import { actor } from './actor.ts';
import { connection, type PageArgs } from './connection.ts';

/** An `Organization`. A token without `members: read` sees none of its teams, as if there were none. */
export function organization(layer: Layer, viewer: Viewer, login: string): Record<string, unknown> {
  const sees = viewer.permissions === null || viewer.permissions['members'] !== undefined;
  return {
    __typename: 'Organization', id: `O_${login}`, login,
    team: ({ slug }: { slug: string }) => {
      const members = sees ? layer.store.teams.get(`${login}/${slug}`) : undefined;
      return members === undefined ? null : { id: `T_${slug}`, slug, name: slug, members: (args: PageArgs & { query?: string | null }) => connection(members.filter((name) => name.includes(args.query ?? '')).map((name) => actor(layer.url, { login: name, type: 'User' })), args) };
    },
  };
}
