// All pull requests of a repository in GraphQL: number, state and head at once, the rest of each when it is asked for.
import { gitOf } from '../layer.ts';
import type { Pull } from '../pulls.ts';
import { pullRequest } from './issue.ts';
import type { Sight } from './sight.ts';

export interface Order {
  readonly field: string;
  readonly direction: string;
}

/** Every pull request, by age or by when it moved last. */
export async function listPulls(sight: Sight, { field, direction }: Order): Promise<readonly Record<string, unknown>[]> {
  const at = ({ created_at: created, updated_at: updated }: Pull): string => (field === 'UPDATED_AT' ? updated : created);
  const sign = direction === 'DESC' ? -1 : 1;
  const pulls = (await readAll(sight)).toSorted((a, b) => sign * (at(a).localeCompare(at(b)) || a.number - b.number));
  return Promise.all(pulls.map(async (pull) => late(await knownOf(sight, pull), () => pullRequest(sight, pull.number))));
}

async function readAll({ layer, repository, token }: Sight): Promise<readonly Pull[]> {
  const all: Pull[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await layer.upstream.request('GET', `/repos/${repository}/pulls?state=all&per_page=100&page=${page}`, { token });
    all.push(...(body as Pull[]));
    if ((body as Pull[]).length < 100) return all;
  }
}

/** An open one ends where its branch does, which the emulator doesn't know. */
async function knownOf({ layer, repository }: Sight, { number, state, merged_at: mergedAt, head }: Pull): Promise<Record<string, unknown>> {
  const tip = state === 'open' ? await gitOf(layer, repository).find(`refs/heads/${head.ref}`) : null;
  return { __typename: 'PullRequest', number, state: mergedAt === null ? state.toUpperCase() : 'MERGED', headRefOid: tip ?? head.sha };
}

/** Reads the whole once a field is asked for that is not known: a list of all with their sizes takes as many diffs. */
function late(known: Record<string, unknown>, read: () => Promise<Record<string, unknown>>): Record<string, unknown> {
  let whole: Promise<Record<string, unknown>> | null = null;
  const field = (name: string) => async (args: unknown): Promise<unknown> => {
    const value = (await (whole ??= read()))[name];
    return typeof value === 'function' ? (value as (given: unknown) => unknown)(args) : value;
  };
  // `then` would make a promise of it.
  return new Proxy(known, { get: (target, name) => (typeof name === 'symbol' || name === 'then' || Object.hasOwn(target, name) ? target[name as string] : field(name)) });
}
