// What was found out before the merge: a table for the check, and the few lines for the comment while they ask for something.
import type { Intent } from '../model/decision.ts';
import type { Withheld } from '../model/config.ts';
import type { PreflightData, PreflightFinding } from '../model/preflight.ts';
import { assertNever } from '../errors.ts';
import { renderDuration } from '../quantity/duration.ts';
import { cutLine, renderSome } from './budget.ts';
import { escapeText } from './escape.ts';
import { renderLevel, renderShare } from './figures.ts';
import { guardrailNote, metricName, tableCode } from './names.ts';
import type { Shows } from './shows.ts';

const ROWS_MAX = 20;
const ASKS_MAX = 2;
/** "None although nothing changed" that is likelier than this proves nothing. */
const LUCK_MAX = 0.05;

export interface PreflightReaders {
  readonly intent: Intent | null;
  /** Numbers only of metrics that these readers may see. */
  readonly shows: Pick<Shows, 'metric'>;
}

/** The readers of a decision: what they may not see was never looked up for it. */
export function seenBy({ intent }: { readonly intent: Intent | null }): PreflightReaders {
  return { intent, shows: { metric: () => true } };
}

/** A row a criterion; null without criteria. */
export function renderPreflight(findings: readonly PreflightFinding[], readers: PreflightReaders): string | null {
  if (findings.length === 0) return null;
  const rows = renderSome(findings, ROWS_MAX, (finding) => renderRow(finding, readers));
  return ['| Before the merge | Data | Today | When nothing changes | Visible from | |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

/** At most two lines, the most pressing first; null where nothing is asked. */
export function renderPreflightAsks(findings: readonly PreflightFinding[], readers: PreflightReaders): string | null {
  const asks = findings.flatMap((finding) => askOf(finding, readers) ?? []);
  if (asks.length === 0) return null;
  const more = asks.length > ASKS_MAX ? [`- … and ${asks.length - ASKS_MAX} more in the check.`] : [];
  return [...asks.slice(0, ASKS_MAX).map((ask) => `- ${ask}`), ...more].join('\n');
}

/** "visible from 12%", of the first goal that tells: for the title. Null where nothing is known or may be told. */
export function renderVisible(findings: readonly PreflightFinding[], { shows }: PreflightReaders): string | null {
  const goal = findings.find(({ role, mde, metric }) => role === 'goal' && mde !== null && shows.metric(metric));
  return goal?.mde === null || goal?.mde === undefined ? null : `visible from ${renderShare(goal.mde)}`;
}

function renderRow(finding: PreflightFinding, readers: PreflightReaders): string {
  const { text, role, metric, unit, data, today, wobble, mde, window } = finding;
  const words = tableCode(text, 140);
  const named = `${words}${guardrailNote(words, role)}`;
  if (!readers.shows.metric(metric)) return `| ${named} | not shown here | | | | |`;
  return `| ${[
    named, renderData(data), today === null ? '-' : renderLevel(today, unit), wobble === null ? '-' : `±\u2060${renderShare(wobble)}`,
    mde === null ? '-' : `${renderShare(mde)} in ${renderDuration(window)}`, askOf(finding, readers)?.replaceAll('|', '\\|') ?? '',
  ].join(' | ')} |`;
}

function renderData(data: PreflightData): string {
  switch (data.kind) {
    case 'series':
      return `${Math.round(data.days)} ${Math.round(data.days) === 1 ? 'day' : 'days'}${data.missing >= 0.005 ? `, ${renderShare(data.missing)} missing` : ''}`;
    case 'no-data':
      return '**none**';
    case 'several-series':
      return `**${data.count} series**`;
    case 'unreachable':
      return `not asked: ${escapeText(cutLine(data.message, 120))}`;
    case 'not-offered':
      return 'not measured here';
    case 'not-asked':
      return { manual: 'a person answers', evidence: 'a test answers', 'no-source': 'not measurable yet' }[data.why];
    default:
      return assertNever(data);
  }
}

/** What the author should do about it; null where nothing is to be done. A source that is down asks nothing of anybody. */
function askOf(finding: PreflightFinding, { intent, shows }: PreflightReaders): string | null {
  const { metric, data, role, alreadyTrue, promised, mde, window, neededWindow, byLuck, onlyAtPeak } = finding;
  const name = metricName(metric);
  if (data.kind === 'no-data') return `${name} gives no data: look at its query or its name, else nobody can judge it.`;
  if (data.kind === 'several-series') return `${name} gives ${data.count} series: let its query give one.`;
  if (data.kind === 'not-offered') return askOperator(name, data);
  if (!shows.metric(metric)) return null;
  if (alreadyTrue && role === 'goal' && intent !== 'insure' && intent !== 'oblige') return `${name} is there already${finding.today === null ? '' : ` (${renderLevel(finding.today, finding.unit)} today)`}: that proves nothing. Promise more, or make it a guardrail.`;
  if (byLuck !== null && byLuck > LUCK_MAX) return `None of ${name} in ${renderDuration(window)} is luck ${renderShare(byLuck)} of the time. A longer window says more.`;
  if (promised !== null && mde !== null && promised < mde) return `${name} can’t show ${renderShare(promised)} in ${renderDuration(window)}: it is visible from ${renderShare(mde)}. ${neededWindow === null ? 'No window of two weeks or less would do: promise more, or compare with a control.' : `Measure over ${renderDuration(neededWindow)}, or promise more.`}`;
  return onlyAtPeak ? `${name} is busy a few hours a day only: do you mean “at peak”?` : null;
}

/** It is not the author who can mend it, and nothing waits for it. */
function askOperator(name: string, { source, why }: Withheld): string {
  const wanted = why === 'source' ? `offer this repository the source ${tableCode(source, 60)}` : `define it, or to set \`queries: repository\` on the source ${tableCode(source, 60)}`;
  return `${name} is promised and not measured: ask the operator of this App to ${wanted}.`;
}
