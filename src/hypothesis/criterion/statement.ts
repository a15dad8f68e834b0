// One criterion in any of its word orders: metric first, verb first (`reduce …`), noun first (`no increase in …`).
import type { MetricRef } from '../../model/hypothesis.ts';
import { parseAmount, type Amount } from './amount.ts';
import { events, parseComparator, parseComparative, parsePer, type Comparator } from './bound.ts';
import { parseConditions } from './conditions.ts';
import type { Cursor } from './cursor.ts';
import { parseMetric } from './metric-ref.ts';
import { moved, multiplied, parseFromTo, parseMovement, parseNegatedMovement, type Way } from './movement.ts';
import { parseImprovement, parseKept, parsePredicate } from './predicate.ts';
import type { Conditions, Predicate, Reading } from './reading.ts';

interface Spoken {
  readonly metric: MetricRef;
  readonly predicate: Predicate;
  readonly conditions: Conditions;
}

/** Reads a statement; what follows it is left on the cursor. Null where none can be read. */
export function parseStatement(cursor: Cursor): Reading | null {
  takeOpening(cursor);
  const leading = parseConditions(cursor);
  if (cursor.position() > 0) cursor.takeSign(',', ':');
  if (leading.hours !== null) cursor.takeWord('then');
  const spoken = parseNounFirst(cursor, leading) ?? attempt(cursor, () => parseVerbFirst(cursor, leading)) ?? attempt(cursor, () => parseMetricFirst(cursor, leading));
  if (spoken === null) return null;
  const conditions = parseConditions(cursor, spoken.conditions);
  const { kind } = spoken.predicate.expects;
  const relative = kind === 'change' || kind === 'relative-change' || kind === 'within' || kind === 'unchanged';
  if (!relative && conditions.against !== null && conditions.against.kind !== 'baseline') cursor.refuse('contradiction', 'a change, where something is compared', 'write `falls by 20% compared with pool_b`');
  return { ...spoken.predicate, metric: spoken.metric, conditions };
}

/** "We expect", "ensure that": words that say nothing of their own. */
function takeOpening(cursor: Cursor): void {
  const start = cursor.position();
  cursor.takeWord('we', 'i');
  const said = cursor.takeWord('expect', 'ensure', 'verify', 'make');
  if (!said) {
    cursor.reset(start);
    return;
  }
  cursor.takeWord('sure');
  cursor.takeWord('that');
}

function parseMetricFirst(cursor: Cursor, leading: Conditions): Spoken | null {
  const metric = parseMetric(cursor);
  if (metric === null) return null;
  const conditions = parseConditions(cursor, leading);
  takeSeparator(cursor);
  cursor.takeWord('to');
  const parted = attempt(cursor, () => parseParted(cursor, conditions));
  if (parted !== null) return { metric, ...parted };
  const predicate = parsePredicate(cursor);
  return predicate === null ? null : { metric, predicate, conditions };
}

/** `falls at peak by 30%`: a condition between the verb and its amount. */
function parseParted(cursor: Cursor, before: Conditions): Omit<Spoken, 'metric'> | null {
  cursor.take('aux');
  const way = cursor.take('fall') ? 'fall' : cursor.take('rise') ? 'rise' : null;
  if (way === null || !cursor.sees('peak')) return null;
  const conditions = parseConditions(cursor, before);
  const predicate = parseMovement(cursor, way);
  return predicate === null ? null : { predicate, conditions };
}

/** `:` or a dash between spaces; a minus that touches its number stays. */
function takeSeparator(cursor: Cursor): void {
  if (cursor.takeSign(':', '—', '|')) return;
  const dash = cursor.peek();
  const after = cursor.peek(1);
  if (dash?.kind === 'sign' && dash.sign === '-' && after?.kind === 'word') cursor.next();
}

function parseVerbFirst(cursor: Cursor, leading: Conditions): Spoken | null {
  const multiple = cursor.take('halves') ? 1 / 2 : cursor.take('doubles') ? 2 : cursor.take('triples') ? 3 : null;
  if (multiple !== null) {
    const metric = parseMetric(cursor);
    return metric === null ? null : { metric, predicate: multiplied(multiple), conditions: leading };
  }
  if (cursor.take('not')) return parseForbiddenVerb(cursor, leading);
  if (cursor.take('improve')) {
    const metric = parseMetric(cursor);
    const predicate = metric === null ? null : parseImprovement(cursor);
    return metric === null || predicate === null ? null : { metric, predicate, conditions: leading };
  }
  const verb = (['reduce', 'raise', 'keep', 'bring'] as const).find((meaning) => cursor.take(meaning));
  const metric = verb === undefined ? null : parseMetric(cursor);
  if (verb === undefined || metric === null) return null;
  const conditions = parseConditions(cursor, leading);
  const predicate = verb === 'keep' ? parseKept(cursor) : verb === 'bring' ? bring(cursor) : turn(cursor, verb === 'reduce' ? 'fall' : 'rise');
  return predicate === null ? null : { metric, predicate, conditions };
}

/** `do not increase p95(checkout) by more than 5%`. */
function parseForbiddenVerb(cursor: Cursor, conditions: Conditions): Spoken | null {
  const way = cursor.take('reduce') ? 'fall' : cursor.take('raise') ? 'rise' : null;
  const metric = way === null ? null : parseMetric(cursor);
  const predicate = way === null || metric === null ? null : parseNegatedMovement(cursor, way);
  return metric === null || predicate === null ? null : { metric, predicate, conditions };
}

function bring(cursor: Cursor): Predicate | null {
  if (cursor.takeWord('down')) return parseMovement(cursor, 'fall');
  if (cursor.takeWord('up')) return parseMovement(cursor, 'rise');
  return parseFromTo(cursor, null) ?? (cursor.sees('below') ? parseMovement(cursor, 'fall') : cursor.sees('above') ? parseMovement(cursor, 'rise') : null);
}

function turn(cursor: Cursor, way: Way): Predicate | null {
  if (way === 'fall' && cursor.take('halves')) return multiplied(1 / 2);
  return parseMovement(cursor, way);
}

function parseNounFirst(cursor: Cursor, leading: Conditions): Spoken | null {
  const found = attempt(cursor, () => parseNoRegression(cursor)) ?? attempt(cursor, () => parseNone(cursor)) ?? attempt(cursor, () => parseCounted(cursor)) ?? attempt(cursor, () => parseChangeOf(cursor));
  return found === null ? null : { ...found, conditions: leading };
}

type Found = Omit<Spoken, 'conditions'>;

/** `no increase in error_rate`, `no regression in p95(checkout)`. */
function parseNoRegression(cursor: Cursor): Found | null {
  if (!cursor.takeWord('no', 'without')) return null;
  cursor.takeWord('significant', 'measurable', 'further', 'any');
  const side = cursor.take('regression') ? 'worse' : cursor.take('increaseNoun') ? '<=' : cursor.take('decreaseNoun') ? '>=' : cursor.take('changeNoun') ? null : undefined;
  const metric = side !== undefined && cursor.takeWord('in', 'of', 'on', 'to', 'for') ? parseMetric(cursor) : null;
  if (side === undefined || metric === null) return null;
  return { metric, predicate: { expects: { kind: 'unchanged', side }, role: 'guardrail' } };
}

/** `no more oom_kills`, `no oom_kills`, `zero oom_kills`. */
function parseNone(cursor: Cursor): Found | null {
  if (cursor.sees('atMost') || cursor.sees('notLess')) return null;
  const number = cursor.peek();
  if (number?.kind === 'number' && number.value === 0) cursor.next();
  else if (!cursor.takeWord('no', 'zero')) return null;
  cursor.takeWord('more', 'new', 'further', 'additional');
  const token = cursor.peek();
  if (token?.kind === 'word' && ['worse', 'higher', 'lower', 'change', 'later', 'slower'].includes(token.lower)) return null;
  const metric = parseMetric(cursor);
  const than = cursor.peek();
  if (metric !== null && than?.kind === 'word' && than.lower === 'than') return cursor.refuse('ambiguous', 'none at all, or no more than before', 'write `does not rise`, or `no more` with the name alone');
  // `no error_rate increase` is about its level
  const side = cursor.take('regression') ? 'worse' : cursor.take('increaseNoun') ? '<=' : cursor.take('decreaseNoun') ? '>=' : cursor.take('changeNoun') ? null : undefined;
  if (metric !== null && side !== undefined) return { metric, predicate: { expects: { kind: 'unchanged', side }, role: 'guardrail' } };
  return metric === null ? null : { metric, predicate: { expects: { kind: 'events', atMost: null, per: null }, role: 'goal' } };
}

/** `at most 2 oom_kills per week`. */
function parseCounted(cursor: Cursor): Found | null {
  const comparator = parseComparator(cursor);
  const number = comparator?.op === '<=' ? cursor.next() : undefined;
  if (number?.kind !== 'number') return null;
  const metric = parseMetric(cursor);
  const per = metric === null ? null : parsePer(cursor);
  const predicate = per === null ? null : events(cursor, number.value, { per, strict: comparator?.strict === true });
  return metric === null || predicate === null ? null : { metric, predicate };
}

/** `30% lower p95(checkout)`, `a 30% reduction in p95(checkout)`, `at most 5% increase in error_rate`. */
function parseChangeOf(cursor: Cursor): Found | null {
  cursor.takeWord('a', 'an');
  const comparator = parseComparator(cursor);
  cursor.takeWord('a', 'an');
  const predicate = parseNounOf(cursor, comparator) ?? parseAmountOf(cursor, comparator);
  cursor.takeWord('in', 'of', 'on');
  const metric = predicate === null ? null : parseMetric(cursor);
  return metric === null || predicate === null ? null : { metric, predicate };
}

/** `30% lower`, `30% reduction`. */
function parseAmountOf(cursor: Cursor, comparator: Comparator | null): Predicate | null {
  const amount = parseAmount(cursor);
  if (amount === null) return null;
  return comparator?.op === '<=' ? limited(cursor, amount) : parseComparative(cursor, amount, 'goal');
}

/** `drop of 30%`. */
function parseNounOf(cursor: Cursor, comparator: Comparator | null): Predicate | null {
  const start = cursor.position();
  const way = comparator !== null ? null : cursor.take('decreaseNoun') ? 'fall' : cursor.take('increaseNoun') ? 'rise' : null;
  const of = cursor.peek();
  if (way !== null && of?.kind === 'word' && of.lower === 'of') return parseMovement(cursor, way);
  cursor.reset(start);
  return null;
}

function limited(cursor: Cursor, amount: Amount): Predicate | null {
  if (cursor.take('increaseNoun')) return moved(amount, 'rise', 'limit');
  if (cursor.take('decreaseNoun')) return moved(amount, 'fall', 'limit');
  return parseComparative(cursor, amount, 'limit');
}

function attempt<T>(cursor: Cursor, rule: () => T | null): T | null {
  if (cursor.refusal() !== null) return null;
  const start = cursor.position();
  const found = rule();
  if (found === null && cursor.refusal() === null) cursor.reset(start);
  return found;
}
