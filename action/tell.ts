// Writes an answer the way the runner wants it: the one place of the toolkit, loaded while the network waits.
import * as core from '@actions/core';
import type { Annotation } from '../src/model/effect.ts';
import type { Answer } from './answer.ts';

/** GitHub refuses a step's summary over 1 MiB. */
const SUMMARY_MAX = 1_000_000;
/** GitHub shows ten annotations of a kind a step. */
const ANNOTATIONS_MAX = 10;

const WRITE = { failure: core.error, warning: core.warning, notice: core.notice, error: core.error } as const;

/** Writes outputs, annotations, log and summary. */
export async function tell(answer: Answer): Promise<void> {
  for (const line of answer.log) core.info(line);
  for (const [name, value] of Object.entries(answer.outputs)) core.setOutput(name, value);
  for (const annotation of answer.annotations.slice(0, ANNOTATIONS_MAX)) annotate(annotation);
  for (const { level, text } of answer.remarks) WRITE[level](text, { title: 'yardstick' });
  if (answer.summary !== '' && process.env['GITHUB_STEP_SUMMARY']) await core.summary.addRaw(answer.summary.slice(0, SUMMARY_MAX), true).write();
}

function annotate({ file, line, column, level, title, message }: Annotation): void {
  WRITE[level](message, { title, file, startLine: line, endLine: line, startColumn: column, endColumn: column });
}
