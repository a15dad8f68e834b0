// Builds unified diffs for the tables: `path` and hunk lines with their marks; ranges are counted.
import { parseUnifiedDiff } from '../../src/change/unified-diff.ts';
import { readDiff, type DiffOptions } from '../../src/change/read-diff.ts';
import type { DiffReading, FileDiff, ScalingFact } from '../../src/model/change.ts';

export const OPTIONS: DiffOptions = {
  presets: ['terraform', 'kubernetes', 'helm', 'cloudformation', 'pulumi', 'serverless', 'compose'],
  production: [], nonProduction: [], services: new Map(), ends: new Map(),
};

/** The text of a git diff that changes one file; `lines` may bring its own `@@` ranges. */
export function gitDiff(path: string, lines: string): string {
  const body = lines.split('\n');
  const count = (mark: string): number => body.filter((line) => line[0] !== mark).length;
  const range = lines.startsWith('@@') ? '' : `@@ -1,${count('+')} +1,${count('-')} @@\n`;
  return `diff --git a/${path} b/${path}\nindex 1..2 100644\n--- a/${path}\n+++ b/${path}\n${range}${lines}\n`;
}

/** A whole file that is added or removed. */
export function wholeFile(path: string, status: 'added' | 'removed', text: string): FileDiff {
  const mark = status === 'added' ? '+' : '-';
  const lines = text.split('\n');
  const range = status === 'added' ? `@@ -0,0 +1,${lines.length} @@` : `@@ -1,${lines.length} +0,0 @@`;
  return { path, previousPath: null, status, patch: [range, ...lines.map((line) => mark + line)].join('\n') };
}

/** Reads a diff of one file. */
export function reading(path: string, lines: string, options: Partial<DiffOptions> = {}): DiffReading {
  return readDiff(parseUnifiedDiff(gitDiff(path, lines)), { ...OPTIONS, ...options });
}

/** A fact in one line: `replicas spec.replicas:6 3 → 12 ×4 up`. */
export function told(fact: ScalingFact): string {
  const factor = fact.factor === null ? '' : ` ×${Number(fact.factor.toPrecision(4))}`;
  return `${fact.knob} ${fact.path}:${fact.line} ${fact.from} → ${fact.to}${factor} ${fact.direction}`;
}

/** All facts of a diff of one file, a line each. */
export function facts(path: string, lines: string): readonly string[] {
  return reading(path, lines).facts.map(told);
}
