// What was promised, as it was locked: the criteria with their metrics and the level they start from.
import type { Experiment, LockedMetric, StoredBaseline } from '../model/experiment.ts';
import type { Criterion } from '../model/hypothesis.ts';
import { renderSome } from './budget.ts';
import { renderLevel } from './figures.ts';
import { tableCode } from './names.ts';
import type { Shows } from './shows.ts';
import { renderMetric } from '../metric-name.ts';

const ROWS_MAX = 20;
const HOURS_A_DAY = 24;

/** A row a criterion. */
export function renderPromiseTable({ criteria, metrics, baselines }: Experiment, shows: Shows): string {
  const rows = renderSome(criteria, ROWS_MAX, (criterion, i) => {
    const name = renderMetric(criterion.metric);
    const metric = metrics.find((one) => one.name === name) ?? null;
    const named = shows.words ? tableCode(criterion.text, 140) : `criterion ${i + 1}`;
    const before = renderBaseline(metric, baselines[name], shows);
    return `| ${named} | ${criterion.role} | ${before === '-' ? before : `${before}${ofAllHours(criterion)}`} | ${shows.words ? tableCode(name, 80) : '-'}${renderSource(criterion, metric)} |`;
  });
  return ['| Promised | | Before | Metric |', '|---|---|---|---|', ...rows].join('\n');
}

function renderSource(criterion: Criterion, metric: LockedMetric | null): string {
  if (criterion.kind === 'evidence') return '<br>one value, by a test';
  if (criterion.manual) return '<br>a person answers';
  if (metric?.source == null) return '<br>not measurable yet';
  return ` from ${tableCode(metric.source, 60)}`;
}

/** The stored baseline is told as a whole; the verdict tells the hours that count. */
function ofAllHours(criterion: Criterion): string {
  return criterion.kind === 'metric' && (criterion.hours.kind === 'peak' || criterion.hours.kind === 'when') ? '<br>(all hours)' : '';
}

function renderBaseline(metric: LockedMetric | null, baseline: StoredBaseline | undefined, { metric: isShown }: Shows): string {
  if (metric === null || baseline === undefined || !isShown(metric.name)) return '-';
  const level = typicalLevel(metric, baseline);
  if (level === null) return '-';
  return metric.kind === 'events' ? `${renderLevel(level, null)} a day` : renderLevel(level, metric.unit);
}

/** The median hour of the stored baseline; of rates the share of all, in per cent where that is the unit; of events how many a day. */
function typicalLevel({ kind, unit }: LockedMetric, { values, totals }: StoredBaseline): number | null {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (known.length === 0) return null;
  if (kind === 'events' || kind === 'count') return (sum(known) / known.length) * (kind === 'events' ? HOURS_A_DAY : 1);
  if (totals === null) return known.toSorted((a, b) => a - b)[Math.floor(known.length / 2)] ?? null;
  const total = sum(totals.filter((value): value is number => value !== null));
  return total === 0 ? null : (sum(known) / total) * (unit === '%' ? 100 : 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
