// What an installation of an App hears and may do, as its owner has left it.
import { APPS } from './apps.ts';
import { type Ask, Refusal } from './exchange.ts';
import type { Layer } from './layer.ts';
import type { Installation, Payload } from './store.ts';

export const WHOLE: Installation = { suspendedAt: null, repositories: 'all', gone: false };

export function stateOf(layer: Layer, app: number): Installation {
  return layer.store.installations.get(app) ?? WHOLE;
}

/** Whether an installation is told of an event: it is there, not suspended, and sees the repository. */
export function hears(layer: Layer, app: number, { repository }: Payload): boolean {
  const { suspendedAt, gone } = stateOf(layer, app);
  return suspendedAt === null && !gone && (repository === undefined || sees(layer, app, repository.full_name));
}

function sees(layer: Layer, app: number, repository: string): boolean {
  const { repositories } = stateOf(layer, app);
  return repositories === 'all' || repositories.includes(repository);
}

/** GitHub's refusals of an installation's token where the installation is no longer what it was. */
export function refuseAbsent(ask: Ask, layer: Layer): void {
  const slug = ask.viewer?.type === 'Bot' ? ask.viewer.login.replace('[bot]', '') : null;
  const app = APPS.find((candidate) => candidate.slug === slug)?.id;
  if (app === undefined) return;
  const { suspendedAt, gone } = stateOf(layer, app);
  if (gone) throw new Refusal(401, 'Bad credentials');
  if (suspendedAt !== null) throw new Refusal(403, 'This installation has been suspended');
  const repository = /^\/repos\/([^/]+\/[^/]+)/.exec(ask.url.pathname)?.[1];
  if (repository !== undefined && !sees(layer, app, decodeURIComponent(repository))) throw new Refusal(404, 'Not Found');
}
