// The hypothesis dashboard issue: what is open, what waits for an answer, what came true; the machine's index is hidden in it.
import type { LedgerEntry } from '../model/experiment.ts';
import { renderMoney } from '../quantity/money.ts';
import { TEXT_MAX, cutLine, joinWithin, renderSome, sizeOf } from './budget.ts';
import { escapeText } from './escape.ts';
import { renderShare } from './figures.ts';
import { asksForDecision } from './question.ts';
import { calibration, hitRate } from './track-record.ts';
import { renderDay } from './when.ts';

export interface DashboardGiven {
  readonly entries: readonly LedgerEntry[];
  /** The index as `src/experiment/ledger.ts` encodes it. */
  readonly index: string;
  /** Ended bets that the index had no more room for. */
  readonly dropped: number;
  /** The instant of the run, ISO 8601. */
  readonly at: string;
  /** Costs only where the readers may know them. */
  readonly costs: boolean;
}

const ROWS_MAX = 50;
const RECENT_DAYS = 90;

/** The issue's body without a marker, the same from one run to the next while nothing happens. Each part is left out where it would be empty. */
export function renderDashboard(given: DashboardGiven): string {
  const { entries, at, index, costs, dropped } = given;
  const told = entries.filter(({ silent }) => !silent);
  const silent = entries.filter((entry) => entry.silent);
  const recent = told.filter(({ outcome, endedAt }) => outcome !== null && endedAt !== null && isRecent(endedAt, at));
  const waits = told.filter(isUndecided);
  const body = joinWithin([
    'Every infrastructure pull request is a bet. Here are those of this repository. This text is kept up to date; what is written into it is lost.',
    ...renderSection('Repairs to keep or undo', waits.filter(({ intent }) => intent === 'repair'), { head: ['Repair', 'Where', 'Costs', 'Since'], row: (entry) => [title(entry), where(entry), cost(entry, costs), day(entry.endedAt)] }),
    ...renderSection('Keep, undo or accept?', waits.filter(({ intent }) => intent !== 'repair'), { head: ['Bet', 'Where', 'Outcome', 'Costs', 'Since'], row: (entry) => [title(entry), where(entry), mark(entry), cost(entry, costs), day(entry.endedAt)] }),
    ...renderSection('Open bets', told.filter(isOpen).toSorted(byDue), { head: ['Bet', 'Where', 'Due', 'Odds'], row: (entry) => [title(entry), where(entry), due(entry, at), entry.odds === null ? '-' : renderShare(entry.odds)] }),
    ...renderSection(`Verdicts of the last ${RECENT_DAYS} days`, recent.toSorted(byEnd), { head: ['Bet', 'Where', 'Outcome', 'Told'], row: (entry) => [title(entry), where(entry), mark(entry), day(entry.endedAt)] }),
    renderHits(told, silent),
    renderCalibration(told),
    dropped === 0 ? null : `${dropped} ended ${dropped === 1 ? 'bet is' : 'bets are'} no longer listed here; their records stay where they are.`,
    '<sub>All of it as JSON, CSV or Markdown: `yardstick export`.</sub>',
  ], TEXT_MAX - sizeOf(index));
  return `${body}\n\n${index}`;
}

interface Table {
  readonly head: readonly string[];
  readonly row: (entry: LedgerEntry) => readonly string[];
}

function renderSection(heading: string, entries: readonly LedgerEntry[], { head, row }: Table): readonly string[] {
  if (entries.length === 0) return [];
  const rows = entries.slice(0, ROWS_MAX).map((entry) => `| ${row(entry).join(' | ')} |`);
  const more = entries.length > ROWS_MAX ? `\n\n… and ${entries.length - ROWS_MAX} more` : '';
  return [`### ${heading} (${entries.length})\n\n| ${head.join(' | ')} |\n|${'---|'.repeat(head.length)}\n${rows.join('\n')}${more}`];
}

function isOpen({ stage }: LedgerEntry): boolean {
  return stage === 'locked' || stage === 'measuring';
}

/** Told, and nobody has answered; what had to be done and harmed nothing asks nobody. */
export function isUndecided({ stage, outcome, silent }: LedgerEntry): boolean {
  return stage === 'judged' && !silent && outcome !== null && outcome !== 'withdrawn' && asksForDecision(outcome);
}

function isRecent(endedAt: string, at: string): boolean {
  return Date.parse(at) - Date.parse(endedAt) <= RECENT_DAYS * 86_400_000;
}

function byDue(a: LedgerEntry, b: LedgerEntry): number {
  return timeOf(a.dueAt, Number.POSITIVE_INFINITY) - timeOf(b.dueAt, Number.POSITIVE_INFINITY) || 0;
}

function byEnd(a: LedgerEntry, b: LedgerEntry): number {
  return timeOf(b.endedAt, 0) - timeOf(a.endedAt, 0);
}

function timeOf(iso: string | null, without: number): number {
  return iso === null ? without : Date.parse(iso);
}

function title({ title: text }: LedgerEntry): string {
  return escapeText(cutLine(text, 100));
}

/** Where its verdict or record is read. */
function where({ told, home, changes }: LedgerEntry): string {
  const numbers = [...new Set([...(told === null ? [] : [told.number]), ...(home === null ? [] : [home.number]), ...changes])];
  return numbers.length === 0 ? '-' : renderSome(numbers, 4, (number) => `#${number}`).join(', ');
}

function cost({ monthlyCost, currency }: LedgerEntry, isTold: boolean): string {
  if (!isTold || monthlyCost === null || currency === null) return '-';
  return `${monthlyCost < 0 ? '−' : ''}${escapeText(renderMoney(monthlyCost * 12, currency))} a year`;
}

function due({ dueAt }: LedgerEntry, at: string): string {
  if (dueAt === null) return 'not begun';
  return Date.parse(dueAt) <= Date.parse(at) ? `${renderDay(dueAt)} (now)` : renderDay(dueAt);
}

function day(iso: string | null): string {
  return iso === null ? '-' : renderDay(iso);
}

const COLOURS: Readonly<Record<string, string>> = { validated: '🟢', held: '🟢', 'no harm': '🟢', refuted: '🔴', broke: '🔴', harm: '🔴' };

function mark({ outcome }: LedgerEntry): string {
  return outcome === null ? '-' : `${COLOURS[outcome] ?? '⚪'} ${outcome}`;
}

function renderHits(told: readonly LedgerEntry[], silent: readonly LedgerEntry[]): string | null {
  const lines = ([['Bets that came true', told], ['Small changes, measured silently, after which all stayed well', silent]] as const).flatMap(([name, entries]) => {
    const rate = hitRate(entries);
    if (rate === null) return [];
    const { hits, decided, open, interval: [low, high] } = rate;
    return [`- ${name}: **${hits} of ${decided}** (${percent(hits / decided)}, most likely between ${percent(low)} and ${percent(high)})${open === 0 ? '' : `; ${open} more could not be decided`}.`];
  });
  return lines.length === 0 ? null : `### Hit rate\n\n${lines.join('\n')}\n\nMost ideas do not move their metric, anywhere: a share well under 100% is honest.`;
}

function renderCalibration(told: readonly LedgerEntry[]): string | null {
  const known = calibration(told);
  if (known === null) return null;
  const lines = known.bands.map(({ from, to, hits, bets }) => `- odds of ${percent(from)} to ${percent(to)}: ${hits} of ${bets} came true (${percent(hits / bets)})`);
  return `### Odds and truth\n\n${lines.join('\n')}\n\nBrier score ${known.brier.toFixed(2)} over ${known.bets} ${known.bets === 1 ? 'bet' : 'bets'}: 0 is a seer, 0.25 a coin.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
