// What follows `<`, `below`, `at most`, `at least`: a value, a distance to the baseline, events a week, a share of a budget.
import type { Op, Quantity, Role } from '../../model/hypothesis.ts';
import { parseAmount, parseQuantity, type Amount } from './amount.ts';
import type { Cursor } from './cursor.ts';
import { moved, multiplied, type Way } from './movement.ts';
import { level, type Predicate } from './reading.ts';

/** A comparison that was read: its direction, and the role that its words give. */
export interface Comparator {
  readonly op: Op;
  readonly role: Role;
  /** Said with `<` or "below", so that the bound itself is no more allowed. */
  readonly strict: boolean;
}

/** Seconds; a month is 30 days here, for only the rate counts. */
const PERIODS: ReadonlyMap<string, number> = new Map(Object.entries({
  minute: 60, min: 60, hour: 3600, h: 3600, day: 86_400, d: 86_400, week: 604_800, wk: 604_800, w: 604_800, month: 2_592_000, year: 31_536_000,
  hourly: 3600, daily: 86_400, weekly: 604_800, monthly: 2_592_000,
}));

const SPOKEN: ReadonlyMap<string, number> = new Map(Object.entries({ once: 1, twice: 2, one: 1, two: 2, three: 3, four: 4, five: 5 }));

export function parseComparator(cursor: Cursor): Comparator | null {
  if (cursor.take('atMost')) return { op: '<=', role: 'guardrail', strict: false };
  if (cursor.take('notLess')) return { op: '>=', role: 'guardrail', strict: false };
  if (cursor.takeSign('<=')) return { op: '<=', role: 'goal', strict: false };
  if (cursor.takeSign('>=') || cursor.take('atLeast')) return { op: '>=', role: 'goal', strict: false };
  if (cursor.take('below') || cursor.take('undercut')) return { op: '<=', role: 'goal', strict: true };
  if (cursor.take('above') || cursor.take('exceed')) return { op: '>=', role: 'goal', strict: true };
  if (cursor.take('reach')) return cursor.refuse('ambiguous', 'the direction from which it is reached', 'write `rises to …` or `falls to …`');
  return null;
}

/** What the metric is compared with. */
export function parseBound(cursor: Cursor, comparator: Comparator): Predicate | null {
  const { op } = comparator;
  if (cursor.take('about')) return cursor.refuse('vague', 'a bound', 'leave it out: `< 300 ms`');
  if (cursor.take('baseline')) return parseOffset(cursor, comparator);
  const multiple = cursor.peek();
  if (multiple?.kind === 'times') return parseMultiple(cursor, op);
  if (cursor.takeSign('+')) return parseSigned(cursor, op);
  const spoken = parseSpokenCount(cursor, comparator);
  if (spoken !== null || cursor.refusal() !== null) return spoken;
  const amount = parseAmount(cursor);
  if (amount === null) return cursor.refuse('amount-missing', 'a number with its unit', 'write `< 300 ms`; another metric goes into `compared with other_metric`');
  return parseAfterAmount(cursor, amount, comparator);
}

/** `twice a week`, `two per week`. */
function parseSpokenCount(cursor: Cursor, { op, strict }: Comparator): Predicate | null {
  const start = cursor.position();
  const token = cursor.next();
  const count = token?.kind === 'word' ? SPOKEN.get(token.lower) : undefined;
  const per = count === undefined || op === '>=' ? null : parsePer(cursor);
  if (count !== undefined && per !== null) return events(cursor, count, { per, strict });
  cursor.reset(start);
  return null;
}

function parseAfterAmount(cursor: Cursor, amount: Amount, comparator: Comparator): Predicate | null {
  const { op, role, strict } = comparator;
  const compared = parseComparative(cursor, amount, op === '<=' ? 'limit' : 'goal');
  if (compared !== null || cursor.refusal() !== null) return compared;
  if (amount.kind === 'share' && amount.explicit) return near(amount.value, op);
  const quantity: Quantity = amount.kind === 'quantity' ? amount.quantity : { value: Number((amount.value * 100).toPrecision(12)), unit: '%' };
  if (quantity.unit === null && takeTimesBaseline(cursor)) return near(quantity.value, op);
  if (quantity.unit === null || quantity.unit === 'count') {
    const per = parsePer(cursor);
    if (per !== null) return op === '<=' ? events(cursor, quantity.value, { per, strict }) : cursor.refuse('unsupported', 'events at most so often', 'write `oom_kills at most 2 per week`');
  }
  if (cursor.take('orMore') || cursor.take('orLess')) return cursor.refuse('contradiction', 'one comparison', 'leave `or less` out');
  return level(op, quantity, role);
}

/** `at most 2 per week`, judged as a rate. */
export function events(cursor: Cursor, atMost: number, { per, strict }: { readonly per: number; readonly strict: boolean }): Predicate | null {
  if (strict) return cursor.refuse('ambiguous', '`at most` with the number that is still fine', `write \`at most ${Math.max(0, Math.ceil(atMost) - 1)} per ${[...PERIODS].find(([, seconds]) => seconds === per)?.[0] ?? 'week'}\``);
  return { expects: { kind: 'events', atMost, per }, role: 'goal' };
}

/** `per week`, `a week`, `/week`, `weekly`. */
export function parsePer(cursor: Cursor): number | null {
  const start = cursor.position();
  if (!cursor.takeSign('/')) cursor.takeWord('per', 'a', 'an', 'each', 'every');
  const lead = cursor.position() > start;
  const word = cursor.next();
  const seconds = word?.kind === 'word' && lead !== word.lower.endsWith('ly') ? PERIODS.get(word.lower) : undefined;
  if (seconds !== undefined) return seconds;
  cursor.reset(start);
  return null;
}

/** `30% lower`, `5% above baseline`, `3x faster` after its amount; `as` says whether the words before it limit it. */
export function parseComparative(cursor: Cursor, amount: Amount, as: 'goal' | 'limit'): Predicate | null {
  const start = cursor.position();
  const more = cursor.takeWord('or') && cursor.takeWord('more');
  if (!more) cursor.reset(start);
  if (amount.kind === 'share' && (cursor.sees('faster') || cursor.sees('slower'))) {
    return cursor.refuse('ambiguous', 'the direction in which the metric moves', `write \`falls by ${Number((amount.value * 100).toPrecision(12))}%\` or \`rises by ${Number((amount.value * 100).toPrecision(12))}%\`: "faster" may be a shorter time or a higher speed`);
  }
  if (cursor.sees('orLess') || cursor.sees('orMore')) {
    cursor.reset(start);
    return null;
  }
  const way = takeWay(cursor);
  if (way !== null) return moved(amount, way, as);
  cursor.reset(start);
  return null;
}

/** `lower`, `lower than baseline`, `below baseline`; `under` alone begins a condition. */
function takeWay(cursor: Cursor): Way | null {
  const start = cursor.position();
  const placed = cursor.take('beneath') ? 'fall' : cursor.take('beyond') ? 'rise' : null;
  if (placed !== null && cursor.take('baseline')) return placed;
  cursor.reset(start);
  const way = cursor.take('lower') ? 'fall' : cursor.take('higher') ? 'rise' : null;
  if (way !== null) takeThanBaseline(cursor);
  return way;
}

/** `than baseline`, or the `baseline` after `above`; `than pool_b` is left for the conditions. */
export function takeThanBaseline(cursor: Cursor): void {
  const start = cursor.position();
  cursor.takeWord('than', 'from', 'of', 'versus', 'vs', 'to');
  if (!cursor.take('baseline')) cursor.reset(start);
}

/** `≤ baseline + 50 ms`, `≤ baseline + 10%`, `≤ baseline`. */
function parseOffset(cursor: Cursor, { op, strict }: Comparator): Predicate | null {
  const sign = cursor.takeSign('+') || cursor.takeWord('plus') ? 1 : cursor.takeSign('-') || cursor.takeWord('minus') ? -1 : 0;
  // `≤ baseline` may stay where it is, "lower than baseline" asks for something: how much?
  if (sign === 0) return !strict ? { expects: { kind: 'unchanged', side: op }, role: 'guardrail' } : cursor.refuse('amount-missing', 'how far from the baseline', op === '<=' ? 'write `falls by 10%` or `does not rise`' : 'write `rises by 10%` or `does not fall`');
  const amount = parseAmount(cursor);
  if (amount === null) return cursor.refuse('amount-missing', 'how far from the baseline', 'write `≤ baseline + 50 ms`');
  const tolerant = (op === '<=') === (sign === 1);
  return moved(amount, sign === 1 ? 'rise' : 'fall', tolerant ? 'limit' : 'goal');
}

/** `≤ 1.5x baseline`. */
function parseMultiple(cursor: Cursor, op: Op): Predicate | null {
  const multiple = cursor.next();
  cursor.takeWord('of');
  const value = multiple?.kind === 'times' ? multiple.value : 0;
  if (cursor.sees('higher') || cursor.sees('lower') || cursor.sees('faster') || cursor.sees('slower') || value <= 0) {
    return cursor.refuse('ambiguous', 'a multiple with one reading', 'write `at most 1.5x baseline`');
  }
  cursor.take('baseline');
  return near(value, op);
}

/** `× baseline` behind its number. */
function takeTimesBaseline(cursor: Cursor): boolean {
  const start = cursor.position();
  if ((cursor.takeSign('×') || cursor.takeWord('x', 'times')) && cursor.take('baseline')) return true;
  cursor.reset(start);
  return false;
}

/** A share of the baseline as a bound: 110% leaves room and is a guardrail, 70% asks for something. */
export function near(factor: number, op: Op, role: Role | null = null): Predicate {
  const by = Number((factor - 1).toPrecision(12));
  const tolerant = op === '<=' ? by >= 0 : by <= 0;
  if (by === 0) return { expects: { kind: 'unchanged', side: op }, role: 'guardrail' };
  return tolerant ? { expects: { kind: 'relative-change', op, by }, role: 'guardrail' } : { ...multiplied(factor), ...(role === null ? {} : { role }) };
}

/** `≤ +10%`: with its plus a change. */
function parseSigned(cursor: Cursor, op: Op): Predicate | null {
  const amount = parseAmount(cursor);
  if (amount === null) return cursor.refuse('amount-missing', 'how much', 'write `rises by at most 10%`');
  return moved(amount, 'rise', op === '<=' ? 'limit' : 'goal');
}

/** A value before its comparison: `300 ms or less`, `2000 req/s or more`. */
export function parseValueFirst(cursor: Cursor): Predicate | null {
  const start = cursor.position();
  cursor.takeWord('at');
  const quantity = parseQuantity(cursor);
  if (quantity !== null && cursor.take('orLess')) return level('<=', quantity, 'goal');
  if (quantity !== null && cursor.take('orMore')) return level('>=', quantity, 'goal');
  cursor.reset(start);
  return null;
}
