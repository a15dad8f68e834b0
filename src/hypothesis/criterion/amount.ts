// Numbers with units as a criterion holds them: quantities, amounts of a change, ranges, durations.
import type { Quantity } from '../../model/hypothesis.ts';
import { parseDuration } from '../../quantity/duration.ts';
import { parseUnit } from '../../quantity/unit.ts';
import { CURRENCIES } from '../../quantity/unit-table.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './tokens.ts';

/** How much something moves: by a share of itself, by percentage points, or by a quantity. */
export type Amount =
  /** A fraction of today's value; `explicit` where the text says so, and not just `%`. */
  | { readonly kind: 'share'; readonly value: number; readonly explicit: boolean }
  /** Percentage points come as a quantity in `%`. */
  | { readonly kind: 'quantity'; readonly quantity: Quantity };

const FRACTIONS = [['half', 1 / 2], ['third', 1 / 3], ['twoThirds', 2 / 3], ['quarter', 1 / 4], ['threeQuarters', 3 / 4]] as const;

/** `300 ms`, `$200/month`, `2,000 requests per second`, `0.5%`, `70`. */
export function parseQuantity(cursor: Cursor): Quantity | null {
  const start = cursor.position();
  const currency = takeCurrency(cursor);
  const token = cursor.peek();
  if (token?.kind === 'bad') return refuseBad(cursor, token);
  if (token?.kind !== 'number') {
    cursor.reset(start);
    return null;
  }
  cursor.next();
  if (currency !== null) return { value: token.value, unit: currency + takePeriod(cursor, currency) };
  const behind = cursor.peek();
  const code = behind?.kind === 'sign' ? CURRENCIES.get(behind.text) : undefined;
  if (code === undefined) return { value: token.value, unit: takeUnit(cursor) };
  cursor.next();
  return { value: token.value, unit: code + takePeriod(cursor, code) };
}

/** An amount after `by`: `30%`, `5 percentage points`, `50 ms`, `half`. */
export function parseAmount(cursor: Cursor): Amount | null {
  for (const [meaning, value] of FRACTIONS) {
    if (cursor.take(meaning)) {
      takeOfItself(cursor);
      return { kind: 'share', value, explicit: true };
    }
  }
  const points = parsePoints(cursor);
  if (points !== null) return { kind: 'quantity', quantity: points };
  const quantity = parseQuantity(cursor);
  if (quantity === null) return null;
  if (quantity.unit !== '%') return { kind: 'quantity', quantity };
  return { kind: 'share', value: quantity.value / 100, explicit: takeOfItself(cursor) };
}

/** `of its value`, `of baseline`; the "relative" of "relative to pool_b" begins a condition. */
function takeOfItself(cursor: Cursor): boolean {
  if (cursor.sees('compared')) return false;
  const start = cursor.position();
  if (cursor.takeWord('of') && cursor.take('baseline')) return true;
  cursor.reset(start);
  return cursor.take('ofItself');
}

/** `40% and 60%`, `40-60%`, `40 to 60 %`, `40..60`: lower end first; a unit said once holds for both. */
export function parseRange(cursor: Cursor): readonly [Quantity, Quantity] | null {
  const start = cursor.position();
  const first = parseQuantity(cursor);
  const joined = first !== null && (cursor.takeWord('and', 'to') || cursor.takeSign('-', '..', '—'));
  const second = joined ? parseQuantity(cursor) : null;
  if (first === null || second === null) {
    cursor.reset(start);
    return null;
  }
  const low = { value: first.value, unit: first.unit ?? second.unit };
  const high = { value: second.value, unit: second.unit ?? first.unit };
  return [low, high];
}

/** `5m`, `5 minutes`, `1 hour` in seconds. */
export function parseSeconds(cursor: Cursor): number | null {
  const start = cursor.position();
  const number = cursor.next();
  if (number?.kind === 'number') {
    cursor.takeWord('consecutive', 'straight');
    const unit = cursor.peek();
    const seconds = unit?.kind === 'word' ? parseDuration(`${number.value} ${unit.lower}`) : null;
    if (seconds !== null) {
      cursor.next();
      return seconds;
    }
  }
  cursor.reset(start);
  return null;
}

/** Refuses what the tokenizer could not read, in its own words. */
export function refuseBad(cursor: Cursor, token: Token & { readonly kind: 'bad' }): null {
  return cursor.refuse(token.code, token.code === 'placeholder' ? 'a criterion that is filled in' : `${token.reason} can't be used here`, token.remedy);
}

/** Percentage points: `5 percentage points`, `5 pp`, `5 %-points`. */
function parsePoints(cursor: Cursor): Quantity | null {
  const start = cursor.position();
  const number = cursor.next();
  if (number?.kind === 'number') {
    if (cursor.takeSign('%')) cursor.takeSign('-');
    if (cursor.take('points')) return { value: number.value, unit: '%' };
  }
  cursor.reset(start);
  return null;
}

function takeCurrency(cursor: Cursor): string | null {
  const token = cursor.peek();
  const code = token?.kind === 'sign' || token?.kind === 'word' ? CURRENCIES.get(token.text) : undefined;
  const follows = cursor.peek(1)?.kind;
  if (code === undefined || (follows !== 'number' && follows !== 'bad')) return null;
  cursor.next();
  return code;
}

/** `/month`, `per month`, `a month`: what a price is for. */
function takePeriod(cursor: Cursor, currency: string): string {
  const start = cursor.position();
  if (cursor.takeSign('/') || cursor.takeWord('per', 'a', 'each', 'every')) {
    const word = cursor.next();
    const unit = word?.kind === 'word' ? parseUnit(`${currency}/${word.lower}`) : null;
    if (unit !== null) return unit.symbol.slice(currency.length);
  } else {
    const word = cursor.peek();
    const unit = word?.kind === 'word' && word.lower.endsWith('ly') ? parseUnit(`${currency}/${word.lower}`) : null;
    if (unit !== null) {
      cursor.next();
      return unit.symbol.slice(currency.length);
    }
  }
  cursor.reset(start);
  return '';
}

function takeUnit(cursor: Cursor): string | null {
  if (cursor.takeSign('%') || cursor.take('percent')) return '%';
  const first = cursor.peek();
  if (first?.kind !== 'word') return null;
  const joint = cursor.peek(1);
  const second = cursor.peek(2);
  const joined = (joint?.kind === 'sign' && joint.sign === '/') || (joint?.kind === 'word' && (joint.lower === 'per' || joint.lower === 'a'));
  if (joined && second?.kind === 'word') {
    const unit = parseUnit(`${first.text}/${second.text}`);
    if (unit !== null) return takeTokens(cursor, 3, unit.symbol);
    if (joint.kind === 'sign') return null; // `300 req/week`: half a unit is none
  }
  if (first.text === 'm') return cursor.refuse('unknown-unit', 'a unit with one reading', '`m` may be minutes or thousandths: write `min`, or `millicores`');
  const unit = parseUnit(first.text);
  if (unit === null) return null;
  return takeTokens(cursor, 1, unit.dimension === 'rate' && first.text.length <= 5 ? first.text : unit.symbol);
}

function takeTokens(cursor: Cursor, count: number, unit: string): string {
  for (let taken = 0; taken < count; taken++) cursor.next();
  return unit;
}
