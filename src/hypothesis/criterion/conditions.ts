// What may follow (or lead) a predicate: at peak, when, on days, compared with, for each, today's value in brackets.
import type { Comparison, Hours, MetricRef } from '../../model/hypothesis.ts';
import { parseQuantity } from './amount.ts';
import type { Cursor } from './cursor.ts';
import { parseMetric } from './metric-ref.ts';
import { NO_CONDITIONS, type Conditions } from './reading.ts';

const COUNTS: ReadonlyMap<string, number> = new Map(Object.entries({ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, eight: 8 }));

/** Takes every condition that stands here, in any order; each may stand once. */
export function parseConditions(cursor: Cursor, before: Conditions = NO_CONDITIONS): Conditions {
  let conditions = before;
  for (;;) {
    const start = cursor.position();
    const open = cursor.takeSign('(', '[');
    if (open) {
      const inside = parseConditions(cursor, conditions);
      if (inside !== conditions && cursor.takeSign(')', ']')) {
        conditions = inside;
        continue;
      }
      cursor.reset(start);
    }
    cursor.takeSign(',');
    const hours = takeToday(cursor) ? undefined : parseHours(cursor);
    const against = hours === null ? parseComparison(cursor) : null;
    const forEach = hours === null && against === null ? parseForEach(cursor) : null;
    if (hours === null && against === null && forEach === null) {
      cursor.reset(start);
      return conditions;
    }
    if ((hours && conditions.hours) || (against && conditions.against) || (forEach && conditions.forEach)) {
      cursor.refuse('two-conditions', 'one condition of a kind', 'write one criterion for each condition');
      return conditions;
    }
    conditions = { hours: hours ?? conditions.hours, against: against ?? conditions.against, forEach: forEach ?? conditions.forEach };
  }
}

function parseHours(cursor: Cursor): Hours | null {
  const busiest = parseBusiest(cursor);
  if (busiest !== null) return { kind: 'peak', busiest };
  if (cursor.take('peak')) {
    const follows = cursor.peek();
    if (follows?.kind === 'word' && ['load', 'traffic', 'demand', 'usage'].includes(follows.lower)) {
      cursor.refuse('unknown-condition', '`at peak` (the busiest hours of the metric itself) or `when`', 'write `at peak`, or `when rps > 500`');
    }
    return { kind: 'peak', busiest: 4 };
  }
  return parseWhen(cursor) ?? parseDates(cursor);
}

/** `at the 2 busiest hours`, `during the busiest hour`. */
function parseBusiest(cursor: Cursor): number | null {
  const start = cursor.position();
  if (cursor.take('busiestLead')) {
    const first = takeCount(cursor);
    const named = cursor.takeWord('busiest', 'peak');
    const count = first ?? takeCount(cursor);
    const hour = named && cursor.takeWord('hours', 'hour');
    if (hour && (count !== null || cursor.peek(-1)?.text.toLowerCase() === 'hour')) {
      const busiest = count ?? 1;
      if (!Number.isInteger(busiest) || busiest < 1 || busiest > 12) cursor.refuse('unknown-condition', '1 to 12 busiest hours', 'write `at the 2 busiest hours`');
      cursor.takeWord('of');
      if (cursor.peek(-1)?.text === 'of' && !(cursor.takeWord('the', 'each') && cursor.takeWord('day'))) cursor.refuse('unknown-condition', 'hours of the day', 'write `at the 2 busiest hours`');
      return busiest;
    }
  }
  cursor.reset(start);
  return null;
}

function takeCount(cursor: Cursor): number | null {
  const token = cursor.peek();
  const count = token?.kind === 'number' ? token.value : token?.kind === 'word' ? COUNTS.get(token.lower) : undefined;
  if (count === undefined) return null;
  cursor.next();
  return count;
}

/** `when rps(checkout) > 500`. */
function parseWhen(cursor: Cursor): Hours | null {
  const start = cursor.position();
  if (!cursor.take('when')) return null;
  const metric = parseMetric(cursor);
  if (metric !== null) {
    cursor.take('aux');
    const op = takeWhenOp(cursor);
    const bound = op === null ? null : parseQuantity(cursor);
    if (op !== null && bound !== null) return { kind: 'when', metric, op, bound };
  }
  cursor.reset(start);
  cursor.refuse('unknown-condition', 'a metric with a bound after `when`', 'write `when rps > 500`');
  return null;
}

function takeWhenOp(cursor: Cursor): '<' | '<=' | '>' | '>=' | null {
  if (cursor.takeSign('<=') || cursor.take('atMost')) return '<=';
  if (cursor.takeSign('>=') || cursor.take('atLeast') || cursor.take('notLess') || cursor.take('reach')) return '>=';
  if (cursor.take('below') || cursor.take('undercut')) return '<';
  return cursor.take('above') || cursor.take('exceed') ? '>' : null;
}

/** `on 2026-11-27`, `on 2026-11-27..30`, `from 2026-11-27 to 2026-11-30`: whole days in UTC. */
function parseDates(cursor: Cursor): Hours | null {
  const start = cursor.position();
  const open = cursor.takeWord('from', 'between');
  const lead = open || cursor.takeWord('on', 'during');
  const first = cursor.peek();
  if (!lead || first?.kind !== 'date') {
    cursor.reset(start);
    return null;
  }
  cursor.next();
  const from = first.text;
  let to = from;
  const joint = cursor.position();
  const joined = cursor.takeSign('..', '-', '—') || cursor.takeWord('to', 'until', 'and', 'through');
  const ends = cursor.peek();
  if (joined && (ends?.kind === 'date' || ends?.kind === 'number' || ends?.kind === 'bad')) {
    const last = cursor.next();
    to = last?.kind === 'date' ? last.text : last?.kind === 'number' && /^[0-9]{2}$/.test(last.text) ? from.slice(0, 8) + last.text : '';
  }
  else {
    cursor.reset(joint);
    if (open) cursor.refuse('unknown-condition', 'the last day too', 'write `on 2026-11-27..30`');
  }
  if (!isDay(from) || !isDay(to) || to < from) cursor.refuse('impossible-date', 'days that exist, the earlier first', 'write `on 2026-11-27..30`');
  return { kind: 'dates', from, to };
}

/** `compared with pool_b`, `than pool_b`, `compared with 2025-11-28`, `compared with baseline`. */
function parseComparison(cursor: Cursor): Comparison | null {
  const start = cursor.position();
  if (!cursor.take('compared') && !cursor.takeWord('than')) return null;
  if (cursor.take('baseline')) return { kind: 'baseline' };
  const token = cursor.peek();
  if (token?.kind === 'date') {
    cursor.next();
    if (!isDay(token.text)) cursor.refuse('impossible-date', 'a day that exists', 'write `compared with 2025-11-28`');
    return { kind: 'date', date: token.text };
  }
  const metric = parseMetric(cursor);
  if (metric !== null && !isVague(metric)) return { kind: 'control', metric };
  cursor.reset(start);
  cursor.refuse('unknown-condition', 'a control metric or a day after `compared with`', 'write `compared with pool_b` or `compared with 2025-11-28`');
  return null;
}

/** `for each service`; `per week` is none. */
function parseForEach(cursor: Cursor): string | null {
  const start = cursor.position();
  if (!cursor.take('forEach')) return null;
  const token = cursor.next();
  if (token?.kind === 'word' && !/^(?:second|minute|hour|day|week|month|year|cent|case|request|req|call|query|transaction|user|session|item|message|time|deploy|deployment|release)s?$/.test(token.lower)) return token.lower;
  cursor.reset(start);
  return null;
}

/** `(today 480 ms)`, `[480 ms]`, `(currently: 480 ms)`: what is measured anyway, so it changes nothing. */
function takeToday(cursor: Cursor): boolean {
  const start = cursor.position();
  const comma = cursor.peek(-1);
  // `, down from 480 ms`: without brackets only behind a comma and with its word
  if (comma?.kind === 'sign' && comma.sign === ',' && cursor.take('today')) {
    cursor.takeSign(':');
    if (parseQuantity(cursor) !== null) return true;
    cursor.reset(start);
  }
  if (cursor.takeSign('(', '[')) {
    while (cursor.take('today') || cursor.takeSign(':', '~', '=') || cursor.take('about'));
    if (parseQuantity(cursor) !== null) {
      while (cursor.take('today'));
      if (cursor.takeSign(')', ']')) return true;
    }
  }
  cursor.reset(start);
  return false;
}

/** "last week" and its kin name no metric. */
function isVague({ name, args }: MetricRef): boolean {
  return args.length === 0 && /^(?:last|previous|prior|yesterday|earlier|same|other|control|competitors?)$/i.test(name);
}

function isDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}
