// Measured numbers as people read them: as many digits as they are sure of, a real minus, a unit, an interval in words.
import { renderMoney } from '../quantity/money.ts';
import { renderQuantity } from '../quantity/unit.ts';
import { cutLine } from './budget.ts';
import { escapeText } from './escape.ts';

export type Interval = readonly [number, number];

/** Markdown: a number with its unit; `decimals` null: three digits, which is as much as a measurement says. */
export function renderLevel(value: number, unit: string | null, decimals: number | null = null): string {
  const [, currency, period = ''] = /^([A-Z]{3})(\/\w{1,9})?$/.exec(unit ?? '') ?? [];
  if (currency !== undefined) return `${value < 0 ? '−' : ''}${renderMoney(value, currency)}${period}`;
  const named = unit === null || unit === 'count' ? null : escapeText(cutLine(unit, 20));
  return renderQuantity(decimals === null ? threeDigits(value) : Number(value.toFixed(decimals)), named);
}

/** A fraction in per cent, without its sign: `8%`, `29.8%`. */
export function renderShare(fraction: number, decimals: number | null = null): string {
  const percent = Math.abs(fraction) * 100;
  return renderLevel(percent, '%', decimals ?? (percent >= 1 ? 1 : null));
}

/** `−25 ms`, `+0.1%`, `±0`: a difference in a unit. */
export function renderDifference(value: number, unit: string | null, decimals: number | null = null): string {
  const size = renderLevel(Math.abs(value), unit, decimals);
  return `${/[1-9]/.test(size) ? (value < 0 ? '−' : '+') : '±'}${size}`;
}

/** Decimals for an estimate and the ends of its interval: two digits of the interval's width. */
export function decimalsOf([low, high]: Interval, scale = 1): number {
  const width = Math.abs(high - low) * scale;
  return width === 0 || !Number.isFinite(width) ? 2 : Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(width))));
}

/** `between 2% and 14%`; `between a fall of 10% and a rise of 3%` where the sign is open. */
export function renderSpread([low, high]: Interval, amount: (size: number) => string): string {
  if (low < 0 && high > 0) return `between a fall of ${amount(-low)} and a rise of ${amount(high)}`;
  const [near, far] = [Math.abs(low), Math.abs(high)].toSorted((a, b) => a - b);
  return `between ${amount(near ?? 0)} and ${amount(far ?? 0)}`;
}

/** `fell by 8%`, `rose by 3 ms`, `did not move`. */
export function renderMove(value: number, amount: (size: number) => string): string {
  const size = amount(Math.abs(value));
  return /[1-9]/.test(size) ? `${value < 0 ? 'fell' : 'rose'} by ${size}` : 'did not move';
}

/** Whole numbers from 100 on; what is smaller than a millionth is nothing. */
function threeDigits(value: number): number {
  const size = Math.abs(value);
  if (size < 1e-6) return 0;
  return size >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
