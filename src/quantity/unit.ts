// Real units: read, converted, printed. `0.3 s` and `300 ms` are equal; `300 ms` against USD is no quantity at all.
import { CURRENCIES, PERIODS, UNIT_ROWS, type Unit } from './unit-table.ts';

const EXACT = new Map<string, Unit>();
const ANY_CASE = new Map<string, Unit>();
for (const [symbol, dimension, factor, spellings] of UNIT_ROWS) {
  const unit: Unit = { symbol, dimension, factor };
  for (const spelling of [symbol, ...spellings.split(' ').filter((word) => word !== '')]) {
    EXACT.set(spelling, unit);
    // Two or three letters in another case may be another unit (`Mb`, `mS`); words and rates can't.
    if (spelling.length > 3 || unit.dimension === 'time' || unit.dimension === 'rate') ANY_CASE.set(spelling.toLowerCase(), unit);
  }
}

/** A unit by any of its spellings (`ms`, `requests per second`, `USD/month`, `$ per month`), or null where the text is none. */
export function parseUnit(text: string): Unit | null {
  if (text.length > 40) return null;
  const plain = text.trim().replaceAll(/\s{1,9}per\s{1,9}/g, '/').replaceAll(/\s/g, '');
  return EXACT.get(plain) ?? moneyUnit(plain) ?? ANY_CASE.get(plain.toLowerCase().replace(/\/(?:sec|second)$/, '/s').replace(/\/minute$/, '/min').replace(/\/hour$/, '/h')) ?? null;
}

/** The value in another unit; null where the units measure different things or one is unknown. Equal texts always convert. */
export function convert(value: number, fromUnit: string, toUnit: string): number | null {
  if (fromUnit === toUnit) return value;
  const from = parseUnit(fromUnit);
  const to = parseUnit(toUnit);
  if (from === null || to === null || from.dimension !== to.dimension) return null;
  return from.factor === to.factor ? value : tidy((value * from.factor) / to.factor);
}

/** A number with its unit as a reader expects it: `300 ms`, `0.5%`, `$200/month`. */
export function renderQuantity(value: number, unit: string | null): string {
  const number = String(tidy(value)).replace('-', '−');
  if (unit === null) return number;
  if (unit === '%') return `${number}%`;
  if (unit === 'USD' || unit.startsWith('USD/')) return `${value < 0 ? '−' : ''}$${tidy(Math.abs(value))}${unit.slice(3)}`;
  return `${number} ${unit}`;
}

function moneyUnit(plain: string): Unit | null {
  const slash = plain.indexOf('/');
  const currency = CURRENCIES.get(slash < 0 ? plain : plain.slice(0, slash)) ?? CURRENCIES.get(plain.slice(0, slash < 0 ? undefined : slash).toLowerCase()) ?? upperCurrency(slash < 0 ? plain : plain.slice(0, slash));
  if (currency === undefined) return null;
  if (slash < 0) return { symbol: currency, dimension: `money:${currency}`, factor: 1 };
  const period = PERIODS.get(plain.slice(slash + 1).toLowerCase());
  return period === undefined ? null : { symbol: `${currency}/${period.name}`, dimension: `money-rate:${currency}`, factor: 1 / period.hours };
}

function upperCurrency(text: string): string | undefined {
  return text.length === 3 ? CURRENCIES.get(text.toUpperCase()) : undefined;
}

/** Cuts the noise of binary fractions: 0.3 s is 300 ms, not 299.99999999999994. */
function tidy(value: number): number {
  return Number(value.toPrecision(14));
}
