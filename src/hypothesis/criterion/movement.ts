// `falls by 30%`, `rises by at most $200`, `from 480 ms to 300 ms`, `does not rise by more than 5%`: how far a metric moves.
import type { Op, Quantity, Role } from '../../model/hypothesis.ts';
import { convert } from '../../quantity/unit.ts';
import { parseAmount, parseQuantity, type Amount } from './amount.ts';
import type { Cursor } from './cursor.ts';
import { level, type Predicate } from './reading.ts';

export type Way = 'fall' | 'rise';

const GOAL: Readonly<Record<Way, Op>> = { fall: '<=', rise: '>=' };
/** What holds when a movement is limited: "falls by at most" keeps the metric up. */
const LIMIT: Readonly<Record<Way, Op>> = { fall: '>=', rise: '<=' };

/** What follows a verb of movement, or `reduce METRIC`. */
export function parseMovement(cursor: Cursor, way: Way): Predicate | null {
  const fromTo = parseFromTo(cursor, way);
  if (fromTo !== null || cursor.refusal() !== null) return fromTo;
  skipFrom(cursor);
  if (cursor.takeWord('to')) return parseTarget(cursor, way);
  const by = cursor.takeWord('by', 'of');
  const amount = cursor.peek();
  if (!by && amount?.kind === 'sign' && ['<', '<=', '>', '>='].includes(amount.sign)) return refuseSign(cursor, way);
  const said = !by && amount?.kind === 'word' && ['less', 'more', 'fewer'].includes(amount.lower);
  if (said && way === 'fall' && amount.lower !== 'more') return cursor.refuse('ambiguous', 'how far it falls, or to what', 'write `falls below 300 ms` or `falls by at most 10%`');
  // "rises more than 5%" says how far; a level is reached "above" or "to more than" it
  if (!by && !said && (cursor.sees('below') || cursor.sees('above'))) return parseTarget(cursor, way);
  return parseBy(cursor, way, by ? 'by' : 'bare') ?? cursor.refuse('amount-missing', 'how much, or to what', `write \`${way === 'fall' ? 'falls' : 'rises'} by 30%\`, or name the value it reaches`);
}

/** `drop < 10%`: a drop that is small, or a value that is? */
function refuseSign(cursor: Cursor, way: Way): null {
  const start = cursor.position();
  const least = cursor.takeSign('>', '>=');
  if (!least) cursor.next();
  const from = cursor.offset();
  const value = parseAmount(cursor) === null ? '10%' : cursor.line.slice(from, cursor.offset()).trim();
  cursor.reset(start);
  const by = `\`${way === 'fall' ? 'falls' : 'rises'} by at ${least ? 'least' : 'most'} ${value}\``;
  const reached = (way === 'rise') === least ? ` or \`${least ? 'rises above' : 'falls below'} ${value}\`` : '';
  return cursor.refuse('ambiguous', 'how far it moves, or to what', `write ${by}${reached}`);
}

/** After "does not rise": nothing, or `by more than 5%`. */
export function parseNegatedMovement(cursor: Cursor, way: Way): Predicate | null {
  const by = cursor.takeWord('by');
  if (cursor.take('above')) {
    const amount = parseAmount(cursor);
    return amount === null ? cursor.refuse('amount-missing', 'how much', 'write `by more than 10%`') : moved(amount, way, 'limit');
  }
  if (by || cursor.peek()?.kind === 'number') return cursor.refuse('ambiguous', 'a limit with one reading', `write \`${way === 'fall' ? 'falls' : 'rises'} by at most 10%\``);
  return { expects: { kind: 'unchanged', side: LIMIT[way] }, role: 'guardrail' };
}

/** `from 480 ms to 300 ms`, `480 ms → 300 ms`: the first is today's value, the second a level. */
export function parseFromTo(cursor: Cursor, way: Way | null): Predicate | null {
  const start = cursor.position();
  const said = cursor.takeWord('from');
  const from = parseQuantity(cursor);
  const joined = from !== null && (cursor.takeSign('->') || (said && cursor.takeWord('to')));
  cursor.take('article');
  const to = joined ? parseQuantity(cursor) : null;
  if (from === null || to === null) {
    cursor.reset(start);
    return null;
  }
  const today: Quantity = { value: from.value, unit: from.unit ?? to.unit };
  const target: Quantity = { value: to.value, unit: to.unit ?? from.unit };
  const before = today.unit === null || target.unit === null ? today.value : convert(today.value, today.unit, target.unit);
  if (before === null || before === target.value) return cursor.refuse('ambiguous', 'two values of one unit that differ', 'write the value that is to be reached: `< 300 ms`');
  const direction: Way = before > target.value ? 'fall' : 'rise';
  if (way !== null && way !== direction) return cursor.refuse('contradiction', `a value that ${way === 'fall' ? 'is lower' : 'is higher'} than today's`, 'swap the two values, or correct the verb');
  const reached = level(GOAL[direction], target, 'goal');
  return said && way === null && direction === 'rise' ? { ...reached, span: true } : reached;
}

/** The meaning of an amount: asked for, or as a limit. */
export function moved(amount: Amount, way: Way, as: 'goal' | 'limit'): Predicate {
  const sign = way === 'fall' ? -1 : 1;
  const op = as === 'goal' ? GOAL[way] : LIMIT[way];
  const role: Role = as === 'goal' ? 'goal' : 'guardrail';
  if (amount.kind === 'quantity') return { expects: { kind: 'change', op, by: { ...amount.quantity, value: sign * amount.quantity.value } }, role };
  const relative: Predicate = { expects: { kind: 'relative-change', op, by: tidy(sign * amount.value) }, role };
  return amount.explicit ? relative : { ...relative, bare: true };
}

/** Three times as much, a third: a multiple of today's value as a relative change. */
export function multiplied(factor: number): Predicate {
  const by = tidy(factor - 1);
  return { expects: { kind: 'relative-change', op: by < 0 ? '<=' : '>=', by }, role: 'goal' };
}

function parseBy(cursor: Cursor, way: Way, lead: 'by' | 'bare'): Predicate | null {
  if (cursor.take('about')) return cursor.refuse('vague', 'a bound', 'write `at least` or `at most` instead');
  const as = takeLimit(cursor);
  if (cursor.take('factorOf')) {
    const factor = cursor.next();
    if ((factor?.kind !== 'number' && factor?.kind !== 'times') || factor.value <= 1) return cursor.refuse('ambiguous', 'a factor above 1', 'write `falls by 50%`');
    return as === 'limit' ? cursor.refuse('ambiguous', 'a limit in per cent', 'write `by at most 50%`') : multiplied(way === 'fall' ? 1 / factor.value : factor.value);
  }
  if (cursor.peek()?.kind === 'times') return parseTimes(cursor, way, lead);
  const amount = parseAmount(cursor);
  if (amount === null) return null;
  if (as !== 'limit' && (amount.kind === 'share' ? amount.value : amount.quantity.value) === 0) return cursor.refuse('contradiction', 'a movement, or none', `write \`does not ${way}\``);
  if (way === 'fall' && as !== 'limit' && amount.kind === 'share' && amount.value > 1) return cursor.refuse('contradiction', 'a fall by 100% at most', 'write `falls by 50%`');
  takeDistance(cursor, way);
  if (cursor.sees('higher') || cursor.sees('lower') || cursor.takeSign('-', '..')) return cursor.refuse('ambiguous', 'one amount', 'write `by at least 20%`, the least that you promise');
  const bounds = [...(as === null ? [] : [as]), ...(cursor.take('orLess') ? ['limit' as const] : []), ...(cursor.take('orMore') ? ['goal' as const] : [])];
  if (new Set(bounds).size > 1) return cursor.refuse('contradiction', 'one bound: the least or the most', `write \`${way === 'fall' ? 'falls' : 'rises'} by at least 30%\` or \`${way === 'fall' ? 'falls' : 'rises'} by at most 30%\``);
  return moved(amount, way, bounds[0] ?? 'goal');
}

/** `rises 3x` is three times as much; `rises by 3x` may be four times. */
function parseTimes(cursor: Cursor, way: Way, lead: 'by' | 'bare'): Predicate | null {
  const times = cursor.peek();
  if (lead === 'by' || times?.kind !== 'times' || times.value <= 1) return cursor.refuse('ambiguous', 'a multiple with one reading', way === 'fall' ? 'write `falls to a third`, or `falls by 67%`' : 'write `rises to 3x`, or `rises by 200%`');
  cursor.next();
  return multiplied(way === 'fall' ? 1 / times.value : times.value);
}

/** The bound that stands before an amount; null where none is said. */
function takeLimit(cursor: Cursor): 'goal' | 'limit' | null {
  if (cursor.take('atMost') || cursor.takeWord('less') || cursor.take('below')) {
    cursor.takeWord('than');
    return 'limit';
  }
  return cursor.take('atLeast') || cursor.take('notLess') || cursor.take('above') ? 'goal' : null;
}

/** `to 300 ms`, `below 300 ms`, `to half`, `to 70% of baseline`: what the movement reaches. */
function parseTarget(cursor: Cursor, way: Way): Predicate | null {
  const low = cursor.take('atMost') || cursor.take('below');
  const high = !low && (cursor.take('atLeast') || cursor.take('above'));
  if ((way === 'fall' && high) || (way === 'rise' && low)) return cursor.refuse('contradiction', `a bound that fits "${way === 'fall' ? 'falls' : 'rises'}"`, `write \`${way === 'fall' ? 'falls below' : 'rises above'} 300 ms\`, or \`stays ${way === 'fall' ? 'above' : 'below'} 300 ms\``);
  const multiple = cursor.peek();
  if (multiple?.kind === 'times') {
    cursor.next();
    cursor.takeWord('of');
    cursor.take('baseline');
    return checkedMultiple(cursor, multiple.value, way);
  }
  const amount = parseAmount(cursor);
  if (amount === null) return cursor.refuse('amount-missing', 'the value that is reached', 'write `to 300 ms`');
  if (cursor.take('orLess') ? way === 'rise' : cursor.take('orMore') && way === 'fall') return cursor.refuse('contradiction', 'a bound that fits the verb', 'write `falls to 300 ms`');
  if (amount.kind === 'quantity') return level(GOAL[way], amount.quantity, 'goal');
  if (amount.explicit) return checkedMultiple(cursor, amount.value, way);
  return level(GOAL[way], { value: tidy(amount.value * 100), unit: '%' }, 'goal');
}

function checkedMultiple(cursor: Cursor, factor: number, way: Way): Predicate | null {
  if (way === 'fall' ? factor < 1 : factor > 1) return multiplied(factor);
  return cursor.refuse('contradiction', 'a multiple that fits the verb', 'write `falls to half`, or `rises to 2x`');
}

/** `falls by 30% from baseline`, `falls 20% below baseline`: said of every relative change. */
function takeDistance(cursor: Cursor, way: Way): void {
  const start = cursor.position();
  if (cursor.take(way === 'fall' ? 'beneath' : 'beyond') && cursor.take('baseline')) return;
  cursor.reset(start);
  skipFrom(cursor);
}

/** `from 480 ms` alone, before `by` or `below`: today's value, which is measured anyway. */
function skipFrom(cursor: Cursor): void {
  const start = cursor.position();
  if (cursor.takeWord('from') && (cursor.take('baseline') || parseQuantity(cursor) !== null)) return;
  cursor.reset(start);
}

function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
