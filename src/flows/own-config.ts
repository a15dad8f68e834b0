// A change that edits the configuration is told at once what it breaks, with line and column.
import type { FileDiff } from '../model/change.ts';
import type { Problem } from '../model/problem.ts';
import type { TextReading } from '../ports/forge.ts';
import { addedText } from './added-file.ts';
import type { Inquiry } from './inquiry.ts';
import type { ObservedChange } from './observed.ts';
import { parseReading, settle } from './settings.ts';

export interface OwnConfig {
  /** What is wrong with the configuration as this change leaves it. */
  readonly problems: readonly Problem[];
  /** The change as it would be seen under its own configuration; null where that is broken, or the same as now. */
  readonly rehearsed: ObservedChange | null;
}

const UNTOUCHED: OwnConfig = { problems: [], rehearsed: null };

/** Undefined while something has to be read. */
export function checkOwnConfig(inquiry: Inquiry, observed: ObservedChange, files: readonly FileDiff[]): OwnConfig | undefined {
  const file = files.find((candidate) => candidate.path === observed.configPath);
  if (!file) return UNTOUCHED;
  inquiry.ask({ kind: 'last-merged' }); // for the rehearsal, in the same round
  const reading = readOwn(inquiry, observed, file);
  if (reading === undefined) return undefined;
  const parsed = parseReading(reading, { file: file.path, offer: observed.offer });
  if (parsed?.ok === false) return { problems: parsed.problems, rehearsed: null };
  if (sameText(reading, observed.config)) return UNTOUCHED;
  const rehearsed: ObservedChange = { ...observed, config: reading, baseRef: observed.change.headSha };
  const settings = settle(inquiry, rehearsed);
  if (settings === undefined) return undefined;
  const base = parseReading(observed.config, { file: file.path, offer: observed.offer });
  const kept = base?.ok === true && parsed?.value.extends === base.value.extends;
  // What it goes on to extend was broken before: that is told as a fault from elsewhere.
  return kept || settings.problems.length === 0 ? { problems: [], rehearsed } : { problems: settings.problems, rehearsed: null };
}

function readOwn(inquiry: Inquiry, { change }: ObservedChange, file: FileDiff): TextReading | undefined {
  if (file.status === 'removed') return { kind: 'absent' };
  const whole = addedText(file);
  return whole === null ? inquiry.ask({ kind: 'text', repo: null, path: file.path, ref: change.headSha }) : { kind: 'text', text: whole };
}

function sameText(a: TextReading, b: TextReading): boolean {
  return a.kind === b.kind && (a.kind !== 'text' || b.kind !== 'text' || a.text === b.text);
}
