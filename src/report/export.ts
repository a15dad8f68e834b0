// All bets of a repository for other tools: JSON, CSV or Markdown, from the index and the records that could be read.
import type { CriterionResult, Experiment, LedgerEntry } from '../model/experiment.ts';
import { renderCriterionJson, type CriterionJson } from './criterion-json.ts';
import { renderCsv, type CsvValue } from './csv.ts';
import { cutLine } from './budget.ts';
import { escapeText } from './escape.ts';
import { tableCode } from './names.ts';
import { renderDay } from './when.ts';
import { renderMetric } from '../metric-name.ts';

export interface Exported {
  readonly entries: readonly LedgerEntry[];
  /** By key; an entry without its record is exported without criteria. */
  readonly experiments: ReadonlyMap<string, Experiment>;
  /** The instant of the run, ISO 8601. */
  readonly at: string;
}

export const EXPORT_FORMATS = ['json', 'csv', 'markdown'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** One text, ends with a line break. */
export function renderExport(format: ExportFormat, exported: Exported): string {
  const bets = exported.entries.map((entry) => toBet(entry, exported.experiments.get(entry.key) ?? null));
  switch (format) {
    case 'json':
      return `${JSON.stringify({ version: 1, at: exported.at, bets }, null, 2)}\n`;
    case 'csv':
      return renderCsv(COLUMNS, bets.flatMap(toRows));
    default:
      return renderMarkdown(bets, exported.at);
  }
}

/** The names are an interface: others may come, these stay. Times are ISO 8601 in UTC, shares and relative changes fractions. */
export interface BetJson extends Omit<LedgerEntry, 'home' | 'copy' | 'told'> {
  /** The pull request or issue where the verdict stands. */
  readonly toldOn: number | null;
  readonly owner: string | null;
  readonly claim: string | null;
  readonly because: string | null;
  readonly lockedAt: string | null;
  readonly effectAt: string | null;
  readonly decision: Experiment['decision'];
  readonly withdrawal: Experiment['withdrawal'];
  readonly criteria: readonly (CriterionJson & { readonly result: Omit<CriterionResult, 'text' | 'role'> | null })[];
}

function toBet(entry: LedgerEntry, experiment: Experiment | null): BetJson {
  const { home: _home, copy: _copy, told, ...plain } = entry;
  return {
    ...plain, toldOn: told?.number ?? null, owner: experiment?.owner ?? null, claim: experiment?.hypothesis.claim ?? null, because: experiment?.hypothesis.because ?? null,
    lockedAt: experiment?.lockedAt ?? null, effectAt: experiment?.effect?.at ?? null, decision: experiment?.decision ?? null, withdrawal: experiment?.withdrawal ?? null,
    criteria: experiment === null ? [] : experiment.criteria.flatMap((criterion): BetJson['criteria'] => {
      const results = experiment.result?.criteria.filter(({ text }) => text === criterion.text) ?? [];
      const json = { ...renderCriterionJson(criterion), metric: renderMetric(criterion.metric) };
      return results.length === 0 ? [{ ...json, result: null }] : results.map(({ text: _text, role: _role, ...result }) => ({ ...json, result }));
    }),
  };
}

const COLUMNS = [
  'key', 'title', 'intent', 'stage', 'outcome', 'silent', 'pull_requests', 'told_on', 'owner', 'odds', 'locked_at', 'effect_at', 'due_at', 'ended_at', 'monthly_cost', 'currency', 'decision', 'decided_by',
  'decision_reason', 'criterion', 'role', 'metric', 'unit', 'verdict', 'reason', 'scale', 'estimate', 'low', 'high', 'smallest_visible', 'before', 'after', 'missing',
] as const;

/** A row a criterion; a bet whose record could not be read has one without. */
function toRows(bet: BetJson): readonly (readonly CsvValue[])[] {
  const { decision } = bet;
  const own: readonly CsvValue[] = [
    bet.key, bet.title, bet.intent, bet.stage, bet.outcome, bet.silent ? 'yes' : 'no', bet.changes.join(' '), bet.toldOn, bet.owner, bet.odds, bet.lockedAt, bet.effectAt, bet.dueAt, bet.endedAt,
    bet.monthlyCost, bet.currency, decision?.what ?? null, decision?.by ?? null, decision?.reason ?? null,
  ];
  const criteria = bet.criteria.length === 0 ? [null] : bet.criteria;
  return criteria.map((criterion) => {
    const result = criterion?.result ?? null;
    return [
      ...own, criterion?.text ?? null, criterion?.role ?? null, result?.metric ?? criterion?.metric ?? null, result?.unit ?? null, result?.verdict ?? null, result?.reason ?? null, result?.scale ?? null,
      result?.estimate ?? null, result?.interval?.[0] ?? null, result?.interval?.[1] ?? null, result?.mde ?? null, result?.before ?? null, result?.after ?? null, result?.missing ?? null,
    ];
  });
}

function renderMarkdown(bets: readonly BetJson[], at: string): string {
  const rows = bets.map(({ title, intent, outcome, stage, changes, endedAt, dueAt, decision }) =>
    `| ${[escapeText(cutLine(title, 120)), intent, outcome ?? stage, changes.map((number) => `#${number}`).join(', ') || '-', dateOf(endedAt ?? dueAt), decision === null ? '-' : `${decision.what} (${escapeText(decision.by)})`].join(' | ')} |`);
  const details = bets.filter(({ criteria }) => criteria.length > 0).map(({ title, criteria }) => `### ${escapeText(cutLine(title, 120))}\n\n${criteria.map(({ text, role, result }) => `- ${tableCode(text, 200)}, ${role}: ${result === null ? 'open' : `${result.verdict}. ${escapeText(cutLine(result.sentence, 300))}`}`).join('\n')}`);
  const table = ['| Bet | Intent | Outcome | Pull requests | Ended or due | Decision |', '|---|---|---|---|---|---|', ...rows].join('\n');
  return `${[`# Bets, as of ${renderDay(at)}`, table, ...details].join('\n\n')}\n`;
}

function dateOf(iso: string | null): string {
  return iso === null ? '-' : renderDay(iso);
}
