// A change that edits the configuration is told at once what it breaks, with line and column.
import type { FileDiff } from '../model/change.ts';
import type { Problem } from '../model/problem.ts';
import { addedText } from './added-file.ts';
import type { Inquiry } from './inquiry.ts';
import type { ObservedChange } from './observed.ts';
import { parseReading } from './settings.ts';

/** The problems of the configuration as this change leaves it; none where it isn't touched; undefined while it has to be read. */
export function checkOwnConfig(inquiry: Inquiry, observed: ObservedChange, files: readonly FileDiff[]): readonly Problem[] | undefined {
  const file = files.find((candidate) => candidate.path === observed.configPath && candidate.status !== 'removed');
  if (!file) return [];
  const whole = addedText(file);
  const reading = whole === null ? inquiry.ask({ kind: 'text', repo: null, path: file.path, ref: observed.change.headSha }) : { kind: 'text' as const, text: whole };
  if (reading === undefined) return undefined;
  const parsed = parseReading(reading, file.path);
  return parsed === null || parsed.ok ? [] : parsed.problems;
}
