// Texts in repositories, read through the contents API: size and encoding are checked before a byte is believed.
import { SetupError } from '../errors.ts';
import type { RepoRef } from '../model/change.ts';
import type { TextReading } from '../ports/forge.ts';
import { expectOk, refusal, succeeded } from './answers.ts';
import { at, count, text } from './json.ts';
import { filePath, path } from './transport.ts';
import type { ApiResponse, Transport } from './transport.ts';

/** Longest text that is read, bytes: far above any configuration, hypothesis or manifest that people write. */
export const TEXT_MAX = 1_048_576;
/** A cost report of a large estate runs to several megabytes. */
export const REPORT_MAX = 10 * TEXT_MAX;

export interface TextOptions {
  readonly ref: string | null;
  readonly max: number;
}

/** Reads a file at a ref (null: the default branch). A 403 or 404 on the file is told as a value; on everything else it is thrown. */
export async function readText(transport: Transport, place: { readonly repo: RepoRef; readonly file: string }, { ref, max }: TextOptions): Promise<TextReading> {
  const { repo, file } = place;
  const subject = `${file} in ${repo.owner}/${repo.repo}`;
  const query = ref === null ? {} : { ref };
  const response = await transport({ method: 'GET', path: `${path`/repos/${repo.owner}/${repo.repo}`}/contents/${filePath(file)}`, query });
  if (response.status === 404) return { kind: 'absent' };
  if (response.status === 403) return forbiddenOr(response, subject);
  const body = expectOk(response, subject);
  const size = count(at(body, 'size')) ?? 0;
  if (at(body, 'type') !== 'file') return { kind: 'unreadable', why: Array.isArray(body) ? 'it is a folder' : 'it is a link or a submodule' };
  if (size > max) return { kind: 'unreadable', why: `it has ${size} bytes, more than ${max}` };
  const inline = text(at(body, 'content'));
  if (at(body, 'encoding') === 'base64' && inline !== null) return decodeText(Buffer.from(inline, 'base64'), max);
  return readBlob(transport, repo, text(at(body, 'sha')) ?? '');
}

/** The contents API leaves out what is over a megabyte; its blob has it. */
async function readBlob(transport: Transport, repo: RepoRef, sha: string): Promise<TextReading> {
  const subject = `a file of ${repo.owner}/${repo.repo}`;
  const body = expectOk(await transport({ method: 'GET', path: path`/repos/${repo.owner}/${repo.repo}/git/blobs/${sha}` }), subject);
  return decodeText(Buffer.from(text(at(body, 'content')) ?? '', 'base64'), REPORT_MAX);
}

/** Bytes as UTF-8 text, or why they are none. A byte order mark is kept: whoever parses the text knows what it means there. */
export function decodeText(bytes: Uint8Array, max: number): TextReading {
  if (bytes.length > max) return { kind: 'unreadable', why: `it has ${bytes.length} bytes, more than ${max}` };
  if (bytes.includes(0)) return { kind: 'unreadable', why: 'it is binary' };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { kind: 'unreadable', why: 'it is no UTF-8 text' };
  }
}

/** A lasting refusal is a fact about the file; a rate limit is a fault that passes, and is thrown. */
function forbiddenOr(response: ApiResponse, subject: string): TextReading {
  const error = refusal(response, subject);
  if (error instanceof SetupError && !succeeded(response)) return { kind: 'forbidden', why: error.message };
  throw error;
}
