// Opens the dashboard issue with its label, by which every later run finds it.
import type { Effect } from '../model/effect.ts';
import { succeeded } from './answers.ts';
import { ensureLabel, styleLabel } from './label.ts';
import { at } from './json.ts';
import { repoPath } from './paths.ts';
import type { ApiResponse, Transport } from './transport.ts';

/** Creates the issue; a label that came into being with it is styled, and one that the server doesn't make that way is made first. */
export async function createIssue(transport: Transport, { repo, title, body, label }: Effect & { kind: 'create-issue' }): Promise<ApiResponse> {
  const create = () => transport({ method: 'POST', path: `${repoPath(repo)}/issues`, body: { title, body, labels: [label.name] } });
  const created = await create();
  if (created.status === 422) return ensureLabel(transport, repo, { label, retry: create, refused: created });
  if (succeeded(created)) await styleLabel(transport, repo, { label, labels: at(created.body, 'labels') });
  return created;
}
