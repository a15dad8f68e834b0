// A push gives pull requests a new head, which the emulator doesn't tell of.
import type { Layer } from './layer.ts';
import { amendPull, announcePull, type Pull } from './pulls.ts';
import { personToken, STAGEHAND } from './upstream.ts';

interface Moved {
  readonly branch: string;
  readonly before: string;
  readonly after: string;
  readonly by: string;
}

/** A branch was pushed to: the open pull requests that it is the head of have a new one, in the original of a fork too. */
export async function announceHead(layer: Layer, repository: string, { branch, before, after, by }: Moved): Promise<void> {
  if (layer.store.hooks.size === 0) return;
  const git = layer.repositories.get(repository);
  for (const [name] of [...layer.repositories].filter(([, other]) => other === git)) {
    const { body } = await layer.upstream.request('GET', `/repos/${name}/pulls?state=open&per_page=100`, { token: personToken(STAGEHAND) });
    for (const pull of (body as Pull[]).filter(({ head }) => head.ref === branch && head.repo?.full_name === repository)) {
      await announcePull(layer, name, { action: 'synchronize', pull: await amendPull(layer, name, pull), by: { login: by, type: 'User' }, more: { before, after } });
    }
  }
}
