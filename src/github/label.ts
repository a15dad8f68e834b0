// Adds one label of ours and sees to its colour and description. The endpoint that sets the whole list is never used: it erases other people's.
import type { RepoRef } from '../model/change.ts';
import type { Effect, LabelStyle } from '../model/effect.ts';
import { succeeded } from './answers.ts';
import { at, list, text } from './json.ts';
import { issuePath, repoPath } from './paths.ts';
import { path } from './transport.ts';
import type { ApiResponse, Transport } from './transport.ts';

/** The colour GitHub gives a label that came into being by being added. */
const UNSTYLED = 'ededed';

/** Adds the label; one that did not exist comes out grey in the answer, and only then is styled. The answer to the adding counts. */
export async function addLabel(transport: Transport, { change, label }: Effect & { kind: 'add-label' }): Promise<ApiResponse> {
  const add = () => transport({ method: 'POST', path: `${issuePath(change)}/labels`, body: { labels: [label.name] } });
  const added = await add();
  if (added.status === 404 || added.status === 422) return ensureLabel(transport, change, { label, retry: add, refused: added });
  if (succeeded(added)) await styleLabel(transport, change, { label, labels: added.body });
  return added;
}

/** Some servers don't make labels by adding them: it is created, and the refused request is tried again. */
export async function ensureLabel(transport: Transport, repo: RepoRef, { label, retry, refused }: { readonly label: LabelStyle; readonly retry: () => Promise<ApiResponse>; readonly refused: ApiResponse }): Promise<ApiResponse> {
  const created = await transport({ method: 'POST', path: `${repoPath(repo)}/labels`, body: label });
  return succeeded(created) ? retry() : refused;
}

/** Gives a label that is grey among `labels` its colour and description. */
export async function styleLabel(transport: Transport, repo: RepoRef, { label, labels }: { readonly label: LabelStyle; readonly labels: unknown }): Promise<void> {
  if (!isUnstyled(labels, label)) return;
  await transport({ method: 'PATCH', path: repoPath(repo) + path`/labels/${label.name}`, body: { color: label.color, description: label.description } });
}

function isUnstyled(labels: unknown, { name }: LabelStyle): boolean {
  const own = list(labels).find((label) => text(at(label, 'name'))?.toLowerCase() === name.toLowerCase());
  return own !== undefined && at(own, 'color') === UNSTYLED && !text(at(own, 'description'));
}
