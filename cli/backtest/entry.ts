// One merged pull request and what the gate would have said to it.
import type { FileDiff } from '../../src/model/change.ts';
import type { Decision } from '../../src/model/decision.ts';
import { renderJson } from '../../src/report/json.ts';

/** Who the change was by and where it is found. */
export interface PastChange {
  readonly sha: string;
  /** null for a commit that no pull request brought in. */
  readonly number: number | null;
  readonly title: string;
  readonly author: string | null;
  readonly byBot: boolean;
}

export interface BacktestEntry {
  readonly change: PastChange;
  readonly files: readonly Pick<FileDiff, 'path'>[];
  /** Only the beginning of the diff could be read. */
  readonly cut: boolean;
  readonly decision: Decision;
}

/** The object of `check --json`, with the change it is about. */
export function renderEntryJson({ change, decision }: BacktestEntry): string {
  const { sha, number, title, author } = change;
  return JSON.stringify({ change: { sha, number, title, author }, ...renderJson(decision) });
}

const columns = ['sha', 'number', 'title', 'author', 'verdict', 'in_scope', 'tier', 'intent', 'rules', 'facts', 'problems'] as const;

export const csvHead = columns.join(',');

export function renderEntryCsv({ change, decision }: BacktestEntry): string {
  const rules = [...new Set(decision.scope.map(({ rule }) => rule))].join(' ');
  const facts = decision.facts.map(({ path, from, to }) => `${path} ${from ?? ''}→${to ?? ''}`).join('; ');
  const problems = decision.problems.map(({ code }) => code).join(' ');
  const row = [change.sha, change.number, change.title, change.author, decision.verdict, decision.inScope, decision.tier, decision.intent, rules, facts, problems];
  return row.map((value) => csvCell(value)).join(',');
}

/** RFC 4180. A cell that a spreadsheet would run as a formula gets an apostrophe. */
function csvCell(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
