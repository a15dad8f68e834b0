// What people do with a check: press one of its buttons, ask for it again. Only the App that posted it is told.
import { simpleUser } from './account.ts';
import { ownRun, readCheckRuns, readRun } from './checks.ts';
import { type Answer, type Ask, demand, fullName, param, Refusal } from './exchange.ts';
import { tell } from './deliver.ts';
import type { Layer } from './layer.ts';
import { demandWriter } from './people.ts';
import { route, type Route } from './route.ts';
import { personToken, STAGEHAND } from './upstream.ts';

interface Pressed {
  /** The check run's id. */
  readonly run: number;
  readonly identifier: string;
  /** A person's login. */
  readonly by: string;
}

/** A person presses a button of a check run, which GitHub lets everybody do who sees it: whether they may is the App's matter. */
export async function pressButton(layer: Layer, repository: string, { run: id, identifier, by }: Pressed): Promise<void> {
  const run = await readRun(layer, repository, id);
  if (run === null || !layer.store.buttons.get(id)?.some((button) => button.identifier === identifier)) throw new Error(`check run ${id} has no button ${identifier}`);
  await tellOwner(layer, repository, { run, action: 'requested_action', by, more: { requested_action: { identifier } } });
}

interface Asked {
  readonly run: { readonly id: number } & Readonly<Record<string, unknown>>;
  readonly action: 'requested_action' | 'rerequested';
  readonly by: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

async function tellOwner(layer: Layer, repository: string, { run, action, by, more = {} }: Asked): Promise<void> {
  const owner = (run['app'] as { readonly id: number } | null)?.id ?? 0;
  await tell(layer, { app: owner, event: 'check_run', payload: { action, check_run: await ownRun(layer, repository, { run }), ...more, ...(await whereAndWho(layer, repository, by)) } });
}

async function whereAndWho(layer: Layer, repository: string, by: string): Promise<{ readonly repository: { readonly full_name: string }; readonly sender: object }> {
  const { body } = await layer.upstream.request('GET', `/repos/${repository}`, { token: personToken(STAGEHAND) });
  return { repository: body as { readonly full_name: string }, sender: simpleUser(layer, { login: by, type: 'User' }) };
}

/** Apps may ask for their own, people who can write for any. */
function mayRerun(ask: Ask, layer: Layer): string {
  const { viewer } = ask;
  if (viewer === null) throw new Refusal(401, 'Requires authentication');
  if (viewer.type === 'Bot') demand(ask, ['checks'], 'write');
  else demandWriter(ask, layer);
  return viewer.login;
}

async function rerunCheck(ask: Ask, layer: Layer): Promise<Answer> {
  const by = mayRerun(ask, layer);
  const run = await readRun(layer, fullName(ask), Number(param(ask, 'id')));
  if (run === null) throw new Refusal(404, 'Not Found');
  await tellOwner(layer, fullName(ask), { run, action: 'rerequested', by });
  return { status: 201, body: {} };
}

/** All checks of an App at a commit together. The emulator keeps one suite for a commit; GitHub one for each App. */
async function rerunSuite(ask: Ask, layer: Layer): Promise<Answer> {
  const by = mayRerun(ask, layer);
  const { status, body } = await layer.upstream.request('GET', `/repos/${fullName(ask)}/check-suites/${param(ask, 'id')}`, { token: personToken(STAGEHAND) });
  if (status !== 200) throw new Refusal(404, 'Not Found');
  const { head_sha: sha } = body as { readonly head_sha: string };
  const runs = await readCheckRuns(layer, { repository: fullName(ask), sha, token: personToken(STAGEHAND) });
  const owners = new Map(runs.map((run) => [(run['app'] as { readonly id: number } | null)?.id ?? 0, run as { readonly id: number }]));
  for (const [app, run] of owners) {
    const { app: owner, pull_requests } = await ownRun(layer, fullName(ask), { run });
    await tell(layer, { app, event: 'check_suite', payload: { action: 'rerequested', check_suite: { ...(body as object), app: owner, pull_requests }, ...(await whereAndWho(layer, fullName(ask), by)) } });
  }
  return { status: 201, body: {} };
}

export const CHECK_REQUEST_ROUTES: readonly Route[] = [
  route('POST /repos/:owner/:repo/check-runs/:id/rerequest', rerunCheck),
  route('POST /repos/:owner/:repo/check-suites/:id/rerequest', rerunSuite),
];
