// The forms that need no comparison: unchanged, halves, within, between, budget, by a time of day, signed changes.
import type { Role } from '../../model/hypothesis.ts';
import { parseAmount, parseRange } from './amount.ts';
import { parseComparative, parseComparator, takeThanBaseline } from './bound.ts';
import type { Cursor } from './cursor.ts';
import { moved, multiplied } from './movement.ts';
import type { Predicate } from './reading.ts';

/** `unchanged`, `the same`, `no worse`, `no higher than baseline`, `no regression`. */
export function parseUnchanged(cursor: Cursor): Predicate | null {
  if (cursor.take('unchanged')) {
    takeThan(cursor);
    return { expects: { kind: 'unchanged', side: null }, role: 'guardrail' };
  }
  const start = cursor.position();
  if (cursor.takeWord('shows', 'show', 'sees', 'has', 'with')) { /* "shows no regression" */ }
  if (cursor.takeWord('no', 'not', 'without')) {
    cursor.takeWord('significant', 'measurable', 'any');
    const side = cursor.take('regression') || cursor.takeWord('worse') ? 'worse' : cursor.take('increaseNoun') || cursor.takeWord('higher', 'slower') ? '<=' : cursor.take('decreaseNoun') || cursor.takeWord('lower') ? '>=' : cursor.take('changeNoun') ? null : undefined;
    if (side !== undefined && !goesOn(cursor) && !comparesWithNumber(cursor)) {
      takeThan(cursor);
      if (side === 'worse' || !isOffset(cursor)) return { expects: { kind: 'unchanged', side }, role: 'guardrail' };
    }
  }
  cursor.reset(start);
  return null;
}

const MULTIPLES = [['halves', 1 / 2], ['doubles', 2], ['triples', 3], ['quadruples', 4]] as const;

/** `halves`, `doubles`, `triples`, `twice as fast`, `3x faster`, `2x lower`. */
export function parseMultiple(cursor: Cursor): Predicate | null {
  const start = cursor.position();
  const atLeast = cursor.take('atLeast');
  for (const [meaning, factor] of MULTIPLES) {
    if (cursor.take(meaning)) return multiplied(factor);
  }
  const twice = parseTwice(cursor);
  if (twice !== null) return twice;
  if (!atLeast) cursor.takeWord('by');
  const token = cursor.next();
  const times = token?.kind === 'times' || (token?.kind === 'number' && cursor.takeWord('times')) ? token.value : 0;
  if (times > 1) {
    if (cursor.take('faster')) return thanBefore(cursor, { ...multiplied(1 / times), speed: true });
    if (cursor.take('lower')) return thanBefore(cursor, multiplied(1 / times));
    if (cursor.take('higher')) return thanBefore(cursor, multiplied(times));
    if (atLeast) {
      cursor.reset(start);
      return null; // `at least 2x baseline` is a bound
    }
    return cursor.refuse('ambiguous', 'a multiple with its direction', 'write `3x lower`, `rises to 3x` or `falls to a third`');
  }
  cursor.reset(start);
  return null;
}

function parseTwice(cursor: Cursor): Predicate | null {
  const start = cursor.position();
  if (cursor.takeWord('twice') && cursor.takeWord('as')) {
    const fast = cursor.takeWord('fast', 'quick');
    if (fast || cursor.takeWord('high', 'much', 'many', 'large', 'big')) {
      const compared = cursor.position();
      if (!cursor.takeWord('as') || !cursor.take('baseline')) cursor.reset(compared);
      return fast ? { ...multiplied(1 / 2), speed: true } : multiplied(2);
    }
  }
  cursor.reset(start);
  return null;
}

/** `between 40% and 60%` is a level, `within 10% of baseline` a distance. */
export function parseWithin(cursor: Cursor, role: Role): Predicate | null {
  const start = cursor.position();
  if (cursor.takeWord('between') || cursor.takeWord('from')) {
    const between = parseBetween(cursor, role);
    if (between !== null) return between;
    cursor.reset(start);
    return null;
  }
  if (cursor.take('within')) {
    const between = parseBetween(cursor, role);
    if (between !== null) return between;
    return parseNear(cursor);
  }
  if (cursor.takeSign('±')) return parseNear(cursor);
  cursor.reset(start);
  return null;
}

function parseBetween(cursor: Cursor, role: Role): Predicate | null {
  const range = parseRange(cursor);
  if (range === null) return null;
  const [low, high] = range;
  if (low.unit === high.unit && low.value >= high.value) return cursor.refuse('contradiction', 'the lower value first', 'write `between 40% and 60%`');
  return { expects: { kind: 'level', op: '<=', bound: high, other: low }, role };
}

function parseNear(cursor: Cursor): Predicate | null {
  const either = cursor.takeSign('±') || cursor.peek(-1)?.text === '±';
  if (!either && cursor.takeSign('+')) cursor.takeSign('/');
  const signed = cursor.takeSign('-') || either;
  const amount = parseAmount(cursor);
  const start = cursor.position();
  const anchored = cursor.takeWord('of', 'from', 'around', 'to') && cursor.take('baseline');
  if (!anchored) cursor.reset(start);
  if (amount === null || (!anchored && !(amount.kind === 'share' && (amount.explicit || signed)))) return cursor.refuse('ambiguous', 'within how much of the baseline, or between which values', 'write `within 10% of baseline` or `between 40% and 60%`');
  const by = amount.kind === 'share' ? amount.value : amount.quantity;
  const predicate: Predicate = { expects: { kind: 'within', by }, role: 'guardrail' };
  return amount.kind === 'share' && !amount.explicit && !anchored ? { ...predicate, bare: true } : predicate;
}

/** `burns < 50% of budget`. */
export function parseBudget(cursor: Cursor): Predicate | null {
  if (!cursor.take('burns')) return null;
  const comparator = parseComparator(cursor);
  const share = comparator === null ? null : parseShareOfBudget(cursor);
  if (comparator === null || share === null) return refuseShare(cursor);
  return { expects: { kind: 'budget', op: comparator.op, share }, role: comparator.role === 'guardrail' ? 'guardrail' : 'goal' };
}

/** After "does not" or "never": `burn more than 50% of budget`. */
export function parseNoBurn(cursor: Cursor): Predicate | null {
  if (!cursor.take('burns')) return null;
  const share = cursor.take('above') ? parseShareOfBudget(cursor) : null;
  return share === null ? refuseShare(cursor) : { expects: { kind: 'budget', op: '<=', share }, role: 'guardrail' };
}

function parseShareOfBudget(cursor: Cursor): number | null {
  const amount = parseAmount(cursor);
  return amount?.kind === 'share' && cursor.take('budget') ? amount.value : null;
}

function refuseShare(cursor: Cursor): null {
  return cursor.refuse('amount-missing', 'a share of the error budget', 'write `burns < 50% of budget`');
}

/** `by 06:00`, in UTC. */
export function parseByTime(cursor: Cursor): Predicate | null {
  const start = cursor.position();
  const minutes = cursor.take('doneBy') ? parseClock(cursor) : null;
  if (minutes !== null) {
    cursor.takeWord('utc', 'z');
    return { expects: { kind: 'by-time', minutes }, role: 'goal' };
  }
  cursor.reset(start);
  return null;
}

/** `06:00`, `6 am`. */
function parseClock(cursor: Cursor): number | null {
  const token = cursor.next();
  if (token?.kind !== 'time' && token?.kind !== 'number') return null;
  const minutes = token.kind === 'time' ? token.minutes : token.value * 60;
  const half = cursor.takeWord('am', 'a.m') ? 0 : cursor.takeWord('pm', 'p.m') ? 720 : null;
  if (half === null) return token.kind === 'time' ? minutes : null;
  return Number.isInteger(minutes) && minutes >= 60 && minutes < 720 ? minutes + half : null;
}

/** `-30%`, `+50 ms`, `30% lower`, `at least 20% lower`. */
export function parseSigned(cursor: Cursor): Predicate | null {
  const start = cursor.position();
  const sign = cursor.peek();
  if (sign?.kind === 'sign' && (sign.sign === '+' || sign.sign === '-') && cursor.peek(1)?.start === sign.end) {
    cursor.next();
    const amount = parseAmount(cursor);
    if (amount !== null) return moved(amount, sign.sign === '-' ? 'fall' : 'rise', 'goal');
  }
  cursor.reset(start);
  cursor.takeWord('by');
  const amount = parseAmount(cursor);
  const comparative = amount === null ? null : parseComparative(cursor, amount, 'goal');
  if (comparative === null) cursor.reset(start);
  return comparative;
}

function thanBefore(cursor: Cursor, predicate: Predicate): Predicate {
  takeThanBaseline(cursor);
  return predicate;
}

function takeThan(cursor: Cursor): void {
  const start = cursor.position();
  cursor.takeWord('than', 'from', 'over', 'versus', 'vs', 'against', 'compared', 'relative');
  cursor.takeWord('with', 'to');
  if (!cursor.take('baseline')) cursor.reset(start);
}

/** "no slower than baseline + 50 ms" leaves room. */
function isOffset(cursor: Cursor): boolean {
  const ahead = cursor.peek();
  return (ahead?.kind === 'sign' && ['+', '-'].includes(ahead.sign)) || (ahead?.kind === 'word' && ['plus', 'minus'].includes(ahead.lower));
}

/** "not drop below 300 ms", "not drop by more than 10%": a limit, which others read. */
function goesOn(cursor: Cursor): boolean {
  const ahead = cursor.peek();
  return cursor.sees('atLeast') || cursor.sees('below') || cursor.sees('above') || ahead?.kind === 'number' || (ahead?.kind === 'word' && ahead.lower === 'by');
}

/** "no higher than 300 ms" is a bound, "no increase above 5%" none of ours. */
function comparesWithNumber(cursor: Cursor): boolean {
  const ahead = cursor.peek();
  const after = cursor.peek(1);
  return ahead?.kind === 'word' && ahead.lower === 'than' && (after?.kind === 'number' || after?.kind === 'times' || (after?.kind === 'sign' && after.sign !== ','));
}
