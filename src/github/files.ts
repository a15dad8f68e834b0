// Pages of a change's files, as GitHub lists them: 100 a page, 3,000 at most.
import type { ChangeRef, FileDiff } from '../model/change.ts';
import { expectOk } from './answers.ts';
import { at, list, text } from './json.ts';
import { changeName, pullPath } from './paths.ts';
import type { Transport } from './transport.ts';

/** Reads a page of 100 changed files, from 1 on. */
export async function readFiles(transport: Transport, ref: ChangeRef, page: number): Promise<readonly FileDiff[]> {
  const response = await transport({ method: 'GET', path: `${pullPath(ref)}/files`, query: { per_page: 100, page } });
  return list(expectOk(response, `files of ${changeName(ref)}`)).flatMap((entry) => parseFile(entry) ?? []);
}

function parseFile(entry: unknown): FileDiff | null {
  const path = text(at(entry, 'filename'));
  if (path === null) return null;
  return { path, previousPath: text(at(entry, 'previous_filename')), status: parseStatus(at(entry, 'status')), patch: text(at(entry, 'patch')) };
}

/** GitHub also says `changed` (a mode), `copied` and `unchanged`. A copy is a new file. */
function parseStatus(status: unknown): FileDiff['status'] {
  if (status === 'added' || status === 'copied') return 'added';
  return status === 'removed' || status === 'renamed' ? status : 'modified';
}
