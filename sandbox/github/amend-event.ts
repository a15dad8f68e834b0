// What the emulator tells of an event, set right: GitHub's name for it, the pull request whole, who owns a check, what a text said before.
import { ownRun } from './checks.ts';
import { asIssue } from './issues.ts';
import type { Layer } from './layer.ts';
import { amendPull, type Pull } from './pulls.ts';
import type { Payload } from './store.ts';
import { personToken, STAGEHAND } from './upstream.ts';

interface Told {
  readonly event: string;
  readonly payload: Payload;
}

/** The event as GitHub tells it; null where the layer tells it itself. */
export async function amendEvent(layer: Layer, event: string, payload: Payload): Promise<Told | null> {
  const repository = payload.repository?.full_name ?? '';
  switch (event) {
    case 'pull_request':
      return { event, payload: await withPull(layer, repository, payload) };
    case 'issues':
      return amendIssue(layer, repository, payload);
    case 'issue_comment':
      return { event, payload: await withConversation(layer, repository, payload) };
    case 'check_run':
      return payload.action === 'rerequested' ? null : { event, payload: { ...payload, check_run: await ownRun(layer, repository, { run: payload['check_run'] as { readonly id: number }, slug: senderOf(payload).replace('[bot]', '') }) } };
    case 'check_suite':
      return null;
    default:
      return { event, payload };
  }
}

async function withPull(layer: Layer, repository: string, payload: Payload): Promise<Payload> {
  const pull = payload['pull_request'] as Pull;
  const before = payload.action === 'edited' ? layer.store.before.get(`${repository}#${pull.number}`) : undefined;
  return { ...payload, number: pull.number, pull_request: await amendPull(layer, repository, pull), ...(before !== undefined && { changes: { body: { from: before } } }) };
}

/** The emulator says `issues` when a pull request is labelled; GitHub says `pull_request`, with the pull request whole. */
async function amendIssue(layer: Layer, repository: string, { issue, ...rest }: Payload): Promise<Told> {
  const { number } = issue as { readonly number: number };
  const pull = rest.action === 'labeled' || rest.action === 'unlabeled' ? await findPull(layer, repository, number) : null;
  return pull === null ? { event: 'issues', payload: { issue, ...rest } } : { event: 'pull_request', payload: { ...rest, number, pull_request: pull } };
}

/** The issue of a comment is a pull request's where it stands on one. */
async function withConversation(layer: Layer, repository: string, payload: Payload): Promise<Payload> {
  const { number } = payload['issue'] as { readonly number: number };
  const { id } = payload['comment'] as { readonly id: number };
  const pull = await findPull(layer, repository, number);
  const before = payload.action === 'edited' ? layer.store.before.get(`${repository}/comments/${id}`) : undefined;
  return { ...payload, ...(pull !== null && { issue: asIssue(layer, repository, pull) }), ...(before !== undefined && { changes: { body: { from: before } } }) };
}

async function findPull(layer: Layer, repository: string, number: number): Promise<Pull | null> {
  const { status, body } = await layer.upstream.request('GET', `/repos/${repository}/pulls/${number}`, { token: personToken(STAGEHAND) });
  return status === 200 ? amendPull(layer, repository, body as Pull) : null;
}

function senderOf(payload: Payload): string {
  return (payload['sender'] as { readonly login?: string } | undefined)?.login ?? '';
}
