// What a criterion says of its metric: the verb or comparison after the name.
import type { Role } from '../../model/hypothesis.ts';
import { parseAmount, parseQuantity, parseSeconds } from './amount.ts';
import { near, parseBound, parseComparative, parseComparator, parsePer, parseValueFirst } from './bound.ts';
import type { Cursor } from './cursor.ts';
import { parseBudget, parseByTime, parseMultiple, parseNoBurn, parseSigned, parseUnchanged, parseWithin } from './forms.ts';
import { parseFromTo, parseMovement, parseNegatedMovement } from './movement.ts';
import type { Predicate } from './reading.ts';

/** What stands before the predicate proper: "should stay", "must not", "never". */
interface Lead {
  readonly stays: boolean;
  readonly negations: number;
  readonly never: boolean;
}

/** Reads one predicate; null where none of the forms begins here. */
export function parsePredicate(cursor: Cursor): Predicate | null {
  const start = cursor.position();
  const first = parseByTime(cursor) ?? parseUnchanged(cursor) ?? parseNotForLong(cursor) ?? parseMultiple(cursor);
  if (first !== null || cursor.refusal() !== null) return first;
  const plain = parseComparison(cursor);
  if (plain !== null || cursor.refusal() !== null) return plain;
  cursor.reset(start);
  const lead = takeLead(cursor);
  if (lead.negations > 1 || (lead.negations > 0 && lead.stays)) return cursor.refuse('ambiguous', 'one negation at most', 'say what has to hold: `stays below 300 ms`, or `does not rise`');
  if (lead.never) return parseNever(cursor, 0);
  if (lead.negations > 0) return parseNegated(cursor);
  return lead.stays ? parseKept(cursor) : parsePlain(cursor);
}

/** What follows *stays*, or `keep METRIC`: `from 40% to 60%` is a range there. */
export function parseKept(cursor: Cursor): Predicate | null {
  const predicate = parseWithin(cursor, 'guardrail') ?? parsePlain(cursor);
  return predicate === null ? null : kept(cursor, predicate);
}

/** A predicate after `keep METRIC` or *stays*: a guardrail, and nothing that asks for a movement. */
function kept(cursor: Cursor, predicate: Predicate): Predicate | null {
  const { kind } = predicate.expects;
  if (kind === 'level' || kind === 'unchanged' || kind === 'within' || kind === 'budget' || kind === 'events' || kind === 'by-time') return { ...predicate, role: 'guardrail' };
  if (predicate.role === 'guardrail') return predicate;
  return cursor.refuse('contradiction', 'a bound after "stays"', 'write `stays below 300 ms`, or leave "stays" out');
}

function parsePlain(cursor: Cursor): Predicate | null {
  if (cursor.take('about') || cursor.takeSign('=', '==')) return refuseEqual(cursor);
  const start = cursor.position();
  if (cursor.takeWord('goes', 'go', 'going', 'moves', 'changes')) {
    const fromTo = parseFromTo(cursor, null);
    if (fromTo !== null || cursor.refusal() !== null) return fromTo;
    cursor.reset(start); // "goes up to 3x"
  }
  return parseUnchanged(cursor) ?? parseMultiple(cursor) ?? parseBudget(cursor) ?? parseFromTo(cursor, null) ?? parseWithin(cursor, 'goal')
    ?? parseComparison(cursor) ?? parseMoves(cursor) ?? parseSigned(cursor) ?? parseByTime(cursor) ?? parseValueFirst(cursor) ?? parseImproves(cursor);
}

/** A metric is hardly ever equal to a value: which side is meant? */
function refuseEqual(cursor: Cursor): null {
  const value = cursor.line.slice(cursor.offset()).trim().slice(0, 60);
  return cursor.refuse('ambiguous', 'a bound: `<=`, `>=`, or `between … and …`', `write \`<= ${value}\` or \`>= ${value}\``);
}

function takeLead(cursor: Cursor): Lead {
  const lead = { stays: false, negations: 0, never: false };
  for (;;) {
    const never = cursor.take('never');
    if (never) lead.never = true;
    if (never || cursor.take('not')) lead.negations++;
    else if (cursor.take('stay')) lead.stays = true;
    else if (!cursor.take('aux')) return lead;
  }
}

function parseComparison(cursor: Cursor): Predicate | null {
  const comparator = parseComparator(cursor);
  return comparator === null ? null : parseBound(cursor, comparator);
}

function parseMoves(cursor: Cursor): Predicate | null {
  if (cursor.take('fall')) return parseMovement(cursor, 'fall');
  if (cursor.take('rise')) return parseMovement(cursor, 'rise');
  const start = cursor.position();
  const way = cursor.take('lower') || cursor.take('decreaseNoun') ? 'fall' : cursor.take('higher') || cursor.take('increaseNoun') ? 'rise' : null;
  const lead = cursor.peek();
  if (way !== null && lead?.kind === 'word' && ['by', 'of'].includes(lead.lower)) return parseMovement(cursor, way);
  cursor.reset(start);
  return null;
}

/** "improves by 30%" has no direction until somebody says it; "from A to B" has. */
function parseImproves(cursor: Cursor): Predicate | null {
  if (!cursor.takeWord('improves', 'improve', 'improved')) return null;
  return parseImprovement(cursor);
}

/** What follows "improves", or `improve METRIC`. */
export function parseImprovement(cursor: Cursor): Predicate | null {
  const fromTo = parseFromTo(cursor, null);
  if (fromTo !== null || cursor.refusal() !== null) return fromTo;
  const said = /^(?:by|to) {1,3}(?:at least {1,3})?[^,;]{1,30}$/i.exec(cursor.line.slice(cursor.offset()).replace(/[.\s]{1,9}$/, ''))?.[0] ?? 'by 20%';
  return cursor.refuse('ambiguous', 'the direction in which the metric moves', `write \`falls ${said}\` or \`rises ${said}\``);
}

/** "not above 500 ms for more than 5m"; without its duration the words are a bound. */
function parseNotForLong(cursor: Cursor): Predicate | null {
  const start = cursor.position();
  const way = cursor.takeWord('not') ? boundedWay(cursor) : null;
  const bounded = way !== null && parseQuantity(cursor) !== null && cursor.sees('forMoreThan');
  cursor.reset(start);
  if (!bounded || cursor.refusal() !== null) return null;
  cursor.takeWord('not');
  boundedWay(cursor);
  return parseForbidden(cursor, way);
}

/** "does not rise", "must not exceed 500 ms", "is not above 500 ms for more than 5m". */
function parseNegated(cursor: Cursor): Predicate | null {
  if (cursor.sees('atMost') || cursor.sees('atLeast')) return cursor.refuse('contradiction', 'one negation', 'write `at most` or `at least` without "not"');
  const sign = cursor.peek();
  if (sign?.kind === 'sign' && (sign.sign === '<' || sign.sign === '<=')) return refuseNotLess(cursor);
  const way = boundedWay(cursor);
  if (way !== null) return parseForbidden(cursor, way);
  const budget = parseNoBurn(cursor);
  if (budget !== null || cursor.refusal() !== null) return budget;
  if (cursor.take('fall')) return parseNegatedMovement(cursor, 'fall');
  if (cursor.take('rise')) return parseNegatedMovement(cursor, 'rise');
  if (cursor.take('worse')) return { expects: { kind: 'unchanged', side: 'worse' }, role: 'guardrail' };
  if (cursor.take('change')) return parseNoChange(cursor);
  return cursor.refuse('unreadable-criterion', 'what must not happen', 'write `does not rise`, `stays below 300 ms` or `never above 300 ms for more than 5m`');
}

/** `not < 300 ms` is nearly always one sign too many, and the opposite where it isn't. */
function refuseNotLess(cursor: Cursor): null {
  const value = cursor.line.slice(cursor.offset()).replace(/^[<=\s]{1,9}/, '').replace(/[.\s]{1,9}$/, '').slice(0, 60);
  return cursor.refuse('ambiguous', 'one comparison', `write \`< ${value}\` or \`>= ${value}\``);
}

/** "does not change", "does not change by more than 10%". */
function parseNoChange(cursor: Cursor): Predicate | null {
  if (!cursor.takeWord('by')) return { expects: { kind: 'unchanged', side: null }, role: 'guardrail' };
  const amount = cursor.takeWord('more') && cursor.takeWord('than') ? parseAmount(cursor) : null;
  if (amount === null) return cursor.refuse('amount-missing', 'how much at most', 'write `within 10% of baseline`');
  const predicate: Predicate = { expects: { kind: 'within', by: amount.kind === 'share' ? amount.value : amount.quantity }, role: 'guardrail' };
  return amount.kind === 'share' && !amount.explicit ? { ...predicate, bare: true } : predicate;
}

/** "must not exceed 500 ms": a level, unless it says for how long. */
function parseForbidden(cursor: Cursor, way: 'above' | 'below'): Predicate | null {
  if (cursor.sees('baseline') || cursor.peek()?.kind === 'times') return parseBound(cursor, { op: way === 'above' ? '<=' : '>=', role: 'guardrail', strict: false });
  const start = cursor.position();
  const share = parseAmount(cursor);
  const compared = share === null || cursor.sees('forMoreThan') ? null : parseComparative(cursor, share, 'limit');
  if (compared !== null || cursor.refusal() !== null) return compared;
  if (share?.kind === 'share' && share.explicit) return near(share.value, way === 'above' ? '<=' : '>=', 'guardrail');
  cursor.reset(start);
  const bound = parseQuantity(cursor);
  if (bound === null) return cursor.refuse('amount-missing', 'a number with its unit', 'write `must not exceed 500 ms`');
  if (cursor.sees('forMoreThan')) {
    cursor.reset(start);
    const never = neverBeyond(cursor, way, 0);
    return never === null ? null : { ...never, role: 'guardrail' };
  }
  const role: Role = 'guardrail';
  const per = way === 'above' && (bound.unit === null || bound.unit === 'count') ? parsePer(cursor) : null;
  if (per !== null) return { expects: { kind: 'events', atMost: bound.value, per }, role };
  return { expects: { kind: 'level', op: way === 'above' ? '<=' : '>=', bound, other: null }, role };
}

/** `never above 500 ms for more than 5m`; without a duration any point counts. */
function parseNever(cursor: Cursor, shortest: number): Predicate | null {
  cursor.take('aux');
  const budget = parseNoBurn(cursor);
  if (budget !== null || cursor.refusal() !== null) return budget;
  const way = boundedWay(cursor);
  if (way !== null) return neverBeyond(cursor, way, shortest);
  if (cursor.take('rise')) return parseNegatedMovement(cursor, 'rise');
  if (cursor.take('fall')) return parseNegatedMovement(cursor, 'fall');
  if (cursor.take('worse')) return { expects: { kind: 'unchanged', side: 'worse' }, role: 'guardrail' };
  return cursor.refuse('unreadable-criterion', 'what never happens', 'write `never above 500 ms for more than 5m`');
}

function neverBeyond(cursor: Cursor, way: 'above' | 'below', shortest: number): Predicate | null {
  const bound = parseQuantity(cursor);
  if (bound === null) return cursor.refuse('amount-missing', 'a number with its unit', 'write `never above 500 ms for more than 5m`');
  const longerThan = cursor.take('forMoreThan') ? parseSeconds(cursor) : shortest;
  if (longerThan === null) return cursor.refuse('amount-missing', 'a duration', 'write `for more than 5m`');
  takeInARow(cursor);
  return { expects: { kind: 'never', op: way === 'above' ? '<=' : '>=', bound, longerThan }, role: 'goal' };
}

/** "for more than 5m in a row": a run is meant in any case. */
function takeInARow(cursor: Cursor): void {
  const start = cursor.position();
  if (!(cursor.takeWord('in') && cursor.takeWord('a') && cursor.takeWord('row'))) cursor.reset(start);
}

function boundedWay(cursor: Cursor): 'above' | 'below' | null {
  if (cursor.take('exceed') || cursor.take('above')) return 'above';
  return cursor.take('undercut') || cursor.take('below') ? 'below' : null;
}
