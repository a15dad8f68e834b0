// Posts a check run, completed in one call: a run left open would block the pull request.
import type { Effect } from '../model/effect.ts';
import { succeeded } from './answers.ts';
import { at, count } from './json.ts';
import { repoPath } from './paths.ts';
import type { ApiResponse, Transport } from './transport.ts';

/** One name for ever: a rename deadlocks every open pull request that requires the check. */
export const CHECK_NAME = 'yardstick';
/** GitHub takes 50 annotations a request and adds those of later ones. */
const ANNOTATIONS_MAX = 50;

/** Creates the check run; annotations beyond fifty follow in further requests. The first refusal is the answer. */
export async function postCheck(transport: Transport, { repo, headSha, check }: Effect & { kind: 'post-check' }): Promise<ApiResponse> {
  const pages = chunks(check.annotations.map(annotationBody), ANNOTATIONS_MAX);
  const output = (annotations: readonly unknown[]) => ({ title: check.title, summary: check.summary, text: check.text, annotations });
  const body = { name: CHECK_NAME, head_sha: headSha, status: 'completed', conclusion: check.conclusion, output: output(pages[0] ?? []), actions: check.actions };
  let response = await transport({ method: 'POST', path: `${repoPath(repo)}/check-runs`, body });
  const id = count(at(response.body, 'id'));
  for (const annotations of pages.slice(1)) {
    if (!succeeded(response) || id === null) break;
    response = await transport({ method: 'PATCH', path: `${repoPath(repo)}/check-runs/${id}`, body: { output: output(annotations) } });
  }
  return response;
}

function annotationBody({ file, line, column, level, title, message }: (Effect & { kind: 'post-check' })['check']['annotations'][number]): object {
  return { path: file, start_line: line, end_line: line, start_column: column, end_column: column, annotation_level: level, title, message };
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}
