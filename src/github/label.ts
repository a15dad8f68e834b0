// Adds one label of ours and sees to its colour and description. The endpoint that sets the whole list is never used: it erases other people's.
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
  if (added.status === 404 || added.status === 422) return createFirst(transport, repoPath(change), { label, add, refused: added });
  if (succeeded(added) && isUnstyled(added.body, label)) {
    await transport({ method: 'PATCH', path: repoPath(change) + path`/labels/${label.name}`, body: { color: label.color, description: label.description } });
  }
  return added;
}

/** Some servers don't make labels by adding them. */
async function createFirst(transport: Transport, repo: string, { label, add, refused }: { readonly label: LabelStyle; readonly add: () => Promise<ApiResponse>; readonly refused: ApiResponse }): Promise<ApiResponse> {
  const created = await transport({ method: 'POST', path: `${repo}/labels`, body: label });
  return succeeded(created) ? add() : refused;
}

function isUnstyled(labels: unknown, { name }: LabelStyle): boolean {
  const own = list(labels).find((label) => text(at(label, 'name'))?.toLowerCase() === name.toLowerCase());
  return own !== undefined && at(own, 'color') === UNSTYLED && !text(at(own, 'description'));
}
