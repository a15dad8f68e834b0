// A file out of a workflow artefact of a head: how a cost report comes from another workflow.
import { SetupError } from '../errors.ts';
import type { RepoRef } from '../model/change.ts';
import type { TextReading } from '../ports/forge.ts';
import { expectOk, missingPermission, refusal } from './answers.ts';
import { at, count, list, text } from './json.ts';
import type { Json } from './json.ts';
import { record } from './json.ts';
import { repoPath } from './paths.ts';
import { decodeText, REPORT_MAX } from './text.ts';
import type { ApiResponse, Transport } from './transport.ts';

/** Reads the newest artefact of this name that a run at this commit left: its first `.json` file, else its first file. */
export async function readArtifact(transport: Transport, commit: { readonly repo: RepoRef; readonly sha: string }, name: string): Promise<TextReading> {
  const { repo, sha } = commit;
  const subject = `artefact ${name} of ${repo.owner}/${repo.repo}`;
  const listed = await transport({ method: 'GET', path: `${repoPath(repo)}/actions/artifacts`, query: { name, per_page: 100 } });
  if (listed.status === 403 || listed.status === 404) return closedDoor(listed, subject);
  const artifact = newestAt(sha, list(at(expectOk(listed, subject), 'artifacts')).map(record));
  if (artifact === null) return { kind: 'absent' };
  const size = count(artifact['size_in_bytes']) ?? 0;
  if (size > REPORT_MAX) return { kind: 'unreadable', why: `it has ${size} bytes, more than ${REPORT_MAX}` };
  const archive = await transport({ method: 'GET', path: `${repoPath(repo)}/actions/artifacts/${count(artifact['id']) ?? 0}/zip`, expects: 'bytes' });
  if (archive.status === 404 || archive.status === 410) return { kind: 'absent' };
  const bytes = expectOk(archive, subject);
  return bytes instanceof Uint8Array ? unpack(bytes) : { kind: 'unreadable', why: 'it is no archive' };
}

function newestAt(sha: string, artifacts: readonly Json[]): Json | null {
  const here = artifacts.filter((artifact) => at(artifact, 'workflow_run', 'head_sha') === sha && artifact['expired'] !== true);
  return here.toSorted((a, b) => (count(b['id']) ?? 0) - (count(a['id']) ?? 0))[0] ?? null;
}

function closedDoor(response: ApiResponse, subject: string): TextReading {
  const error = refusal(response, subject);
  if (!(error instanceof SetupError)) throw error;
  return { kind: 'forbidden', why: `Cannot read ${subject}: the token lacks the permission \`${missingPermission(response) ?? 'actions: read'}\`.` };
}

/** Only the file that is read is unpacked, and only if the size it states is within the limit: an archive may be a bomb. */
async function unpack(archive: Uint8Array): Promise<TextReading> {
  const { unzipSync } = await import('fflate');
  const names: string[] = [];
  try {
    unzipSync(archive, { filter: ({ name }) => !name.endsWith('/') && names.push(name) < 0 });
    const wanted = names.find((name) => name.endsWith('.json')) ?? names[0];
    if (wanted === undefined) return { kind: 'unreadable', why: 'the archive is empty' };
    const entries = unzipSync(archive, { filter: ({ name, originalSize }) => name === wanted && originalSize <= REPORT_MAX });
    const bytes = entries[wanted];
    return bytes === undefined ? { kind: 'unreadable', why: `${wanted} has more than ${REPORT_MAX} bytes` } : decodeText(bytes, REPORT_MAX);
  } catch (error) {
    return { kind: 'unreadable', why: `the archive is damaged (${text(at(error, 'message')) ?? 'unknown fault'})` };
  }
}
