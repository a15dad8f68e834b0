// Reads what a change costs from the files that Infracost writes.
import type { CostReport } from '../model/change.ts';
import type { Parsed, Problem } from '../model/problem.ts';

/** Reports hold every resource; anything near this is no report. */
const LIMIT = 50_000_000;

/**
 * Reads `infracost diff --format json` or `breakdown --format json` (amounts are strings or null; https://www.infracost.io/docs/features/json_output_format/).
 * `source` is what the reader is told it came from, and the problems' file.
 */
export function parseCostReport(jsonText: string, source: string): Parsed<CostReport> {
  if (jsonText.length > LIMIT) return broken(source, `${jsonText.length} characters`, `at most ${LIMIT} characters`);
  let value: unknown;
  try {
    value = JSON.parse(jsonText.replace(/^\uFEFF/, ''));
  } catch (error) {
    return broken(source, error instanceof Error ? error.message.slice(0, 120) : 'no JSON', 'JSON, as `infracost diff --format json` writes it');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return broken(source, kindOf(value), 'an object with `totalMonthlyCost` or `diffTotalMonthlyCost`');
  return reportOf(value as Readonly<Record<string, unknown>>, source);
}

function reportOf(report: Readonly<Record<string, unknown>>, source: string): Parsed<CostReport> {
  const total = amount(report['totalMonthlyCost']);
  const past = amount(report['pastTotalMonthlyCost']);
  const said = amount(report['diffTotalMonthlyCost']);
  if (total === undefined || past === undefined || said === undefined) {
    const names = (['totalMonthlyCost', 'pastTotalMonthlyCost', 'diffTotalMonthlyCost'] as const).filter((name) => amount(report[name]) === undefined);
    return broken(source, `\`${names[0]}\` is ${kindOf(report[names[0] ?? ''])}`, 'an amount as a number or a string of digits');
  }
  const known = 'projects' in report || total !== null || said !== null;
  if (!known) return broken(source, 'an object without `projects` and `totalMonthlyCost`', 'the JSON output of Infracost');
  const delta = said ?? (past === null ? null : (total ?? 0) - past);
  if (delta === null && past === null && total !== null) {
    return broken(source, 'a breakdown without the cost before the change', 'a difference: `infracost diff --path . --compare-to base.json --format json`');
  }
  const currency = typeof report['currency'] === 'string' && report['currency'] !== '' ? report['currency'] : 'USD';
  return { ok: true, value: { currency, monthlyDelta: rounded(delta ?? 0), monthlyTotal: total, source }, notes: [] };
}

/** A number, null where it is unsaid, undefined where it is no amount. */
function amount(value: unknown): number | null | undefined {
  if (value === null || value === undefined || value === '') return null;
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^-?[0-9]{1,15}(?:\.[0-9]{1,30})?(?:e-?[0-9]{1,3})?$/i.test(value) ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** Sums of decimal strings carry binary dust; a hundred-thousandth of a cent is none. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : JSON.stringify(value).slice(0, 60);
}

function broken(source: string, found: string, expected: string): { readonly ok: false; readonly problems: readonly Problem[] } {
  const remedy = 'Write the report with `infracost diff --format json --out-file infracost.json`.';
  return { ok: false, problems: [{ code: 'unreadable-cost-report', place: { file: source, line: 1, column: 1 }, found, expected, remedy }] };
}
