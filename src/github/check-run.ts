// Posts a check run, completed in one call: a run left open would block the pull request.
import { createHash } from 'node:crypto';
import type { RepoRef } from '../model/change.ts';
import { TransientError } from '../errors.ts';
import type { Effect, StandingCheck } from '../model/effect.ts';
import { expectOk, succeeded, readLimit } from './answers.ts';
import { at, count, list, text } from './json.ts';
import { repoPath } from './paths.ts';
import { path } from './transport.ts';
import type { ApiResponse, Transport } from './transport.ts';

/** One name for ever: a rename deadlocks every open pull request that requires the check. */
export const CHECK_NAME = 'yardstick';
/** GitHub takes 50 annotations a request and adds those of later ones. */
const ANNOTATIONS_MAX = 50;

/** What a host with memory knows of its check runs: one a head, edited rather than posted again. */
export interface CheckMemory {
  readonly recall: (repo: RepoRef, headSha: string) => Promise<StandingCheck | null>;
  /** False where another revision was kept meanwhile than the one before this: then nothing is kept. */
  readonly keep: (repo: RepoRef, headSha: string, standing: StandingCheck) => Promise<boolean>;
}

export interface Remembered {
  readonly memory: CheckMemory;
  /** After a crash a run may stand that the memory doesn't know of: then GitHub is asked. */
  readonly gaps: 'none' | 'possible';
  /** The same again is no write, unless a person asked for the check: GitHub then waits for one. */
  readonly same: 'left' | 'written';
}

type PostCheck = Effect & { kind: 'post-check' };

/**
 * Creates the check run; annotations beyond fifty follow in further requests. The first refusal is the answer.
 * @throws TransientError where somebody else told a verdict on this head since its changes were read: which of the two stands is not known, and this one may be the older
 */
export async function postCheck(transport: Transport, effect: PostCheck, remembered: Remembered | null): Promise<ApiResponse> {
  const { repo, headSha } = effect;
  const digest = digestOf(effect);
  const known = remembered && (await recall(transport, effect, remembered));
  const changes = effect.changes ?? known?.changes ?? [];
  const isSame = known?.digest === digest && remembered?.same === 'left';
  // Of several changes of a head, that it was looked at is told to those that look at the same time.
  if (isSame && changes.length < 2) return UNCHANGED;
  const response = isSame ? UNCHANGED : await write(transport, effect, { id: known?.id ?? null, digest });
  const id = isSame ? known.id : count(at(response.body, 'id'));
  if (!remembered || !succeeded(response) || id === null) return response;
  if (!(await remembered.memory.keep(repo, headSha, { id, digest, changes, revision: (known?.revision ?? 0) + 1 }))) throw new TransientError(`another verdict was told on ${headSha.slice(0, 7)} at the same time`);
  return response;
}

const UNCHANGED: ApiResponse = { status: 200, headers: {}, body: null };

async function write(transport: Transport, { repo, headSha, check }: PostCheck, { id, digest }: { readonly id: number | null; readonly digest: string }): Promise<ApiResponse> {
  const pages = chunks(check.annotations.map(annotationBody), ANNOTATIONS_MAX);
  const output = (annotations: readonly unknown[]) => ({ title: check.title, summary: check.summary, text: check.text, annotations });
  const body = { name: CHECK_NAME, status: 'completed', conclusion: check.conclusion, external_id: digest, output: output(pages[0] ?? []), actions: check.actions };
  const runs = `${repoPath(repo)}/check-runs`;
  const edited = id === null ? null : await transport({ method: 'PATCH', path: `${runs}/${id}`, body });
  // One that is gone, or another App's, is no reason for silence: another takes its place.
  let response = edited === null || isNotOurs(edited) ? await transport({ method: 'POST', path: runs, body: { ...body, head_sha: headSha } }) : edited;
  const written = response === edited ? id : count(at(response.body, 'id'));
  for (const annotations of pages.slice(1)) {
    if (!succeeded(response) || written === null) break;
    response = await transport({ method: 'PATCH', path: `${runs}/${written}`, body: { output: output(annotations) } });
  }
  return response;
}

function isNotOurs(response: ApiResponse): boolean {
  return response.status === 404 || (response.status === 403 && readLimit(response) === null);
}

async function recall(transport: Transport, { repo, headSha, seen }: PostCheck, { memory, gaps }: Remembered): Promise<StandingCheck | null> {
  const known = seen === undefined ? await memory.recall(repo, headSha) : seen;
  return known !== null || gaps === 'none' ? known : findCheck(transport, repo, headSha);
}

/** The newest check run of ours at a head, as GitHub has it, of whichever changes; null where there is none. */
export async function findCheck(transport: Transport, repo: RepoRef, headSha: string): Promise<StandingCheck | null> {
  const response = await transport({ method: 'GET', path: repoPath(repo) + path`/commits/${headSha}/check-runs`, query: { check_name: CHECK_NAME, per_page: 100 } });
  const runs = list(at(expectOk(response, `check runs of ${headSha.slice(0, 7)}`), 'check_runs'));
  // Only runs of ours carry a digest there; a workflow's job of the same name has GitHub's own id.
  const ours = runs.flatMap((run) => {
    const id = count(at(run, 'id'));
    const digest = text(at(run, 'external_id')) ?? '';
    return id !== null && DIGEST.test(digest) ? [{ id, digest, changes: [], revision: 0 }] : [];
  });
  return ours.toSorted((a, b) => b.id - a.id)[0] ?? null;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

function digestOf({ headSha, check }: PostCheck): string {
  return `sha256:${createHash('sha256').update(JSON.stringify([headSha, check])).digest('hex')}`;
}

function annotationBody({ file, line, column, level, title, message }: PostCheck['check']['annotations'][number]): object {
  return { path: file, start_line: line, end_line: line, start_column: column, end_column: column, annotation_level: level, title, message };
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}
