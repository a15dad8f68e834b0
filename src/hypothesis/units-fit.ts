// Brings a criterion's numbers into the unit of its metric, or says why they don't fit.
import type { Metric } from '../model/config.ts';
import type { Quantity } from '../model/hypothesis.ts';
import { convert, parseUnit, renderQuantity } from '../quantity/unit.ts';

export type Fitted = { readonly ok: true; readonly quantity: Quantity } | { readonly ok: false; readonly found: string; readonly expected: string; readonly remedy: string };

/** Dimensions in which a bare number has two readings: 0.3 may be 0.3 s or 0.3 ms, 0.5 may be half or half a per cent. */
const NEEDS_UNIT = /^(?:time|bytes|byte-rate|money)/;

/** Converts a quantity into the metric's unit; without one in the catalogue it stays as written. */
export function fitQuantity(quantity: Quantity, metric: Metric): Fitted {
  const { unit } = metric;
  if (unit === null) return { ok: true, quantity };
  if (quantity.unit === null || (quantity.unit === 'count' && parseUnit(unit)?.dimension === 'rate')) return fitBare(quantity.value, metric, unit);
  const value = convert(quantity.value, quantity.unit, unit) ?? convertMoney(quantity, unit);
  if (value !== null) return { ok: true, quantity: { value, unit } };
  return { ok: false, found: `\`${renderQuantity(quantity.value, quantity.unit)}\` against \`${metric.name}\`, which is in \`${unit}\``, expected: `a value in \`${unit}\``, remedy: `write the value in \`${unit}\`` };
}

function fitBare(value: number, metric: Metric, unit: string): Fitted {
  const dimension = parseUnit(unit)?.dimension ?? '';
  const percent = unit === '%';
  if (value !== 0 && (NEEDS_UNIT.test(dimension) || percent)) return { ok: false, found: `\`${value}\` without a unit against \`${metric.name}\``, expected: `a value in \`${unit}\``, remedy: `write \`${renderQuantity(value, unit)}\`, if that is what you mean` };
  return { ok: true, quantity: { value, unit } };
}

/** `$200` on a metric in USD/month is $200 a month: the metric says for how long. */
function convertMoney(quantity: Quantity, unit: string): number | null {
  const from = parseUnit(quantity.unit ?? '');
  const to = parseUnit(unit);
  const currency = from?.dimension.startsWith('money:') ? from.symbol : null;
  return currency !== null && to?.dimension === `money-rate:${currency}` ? quantity.value : null;
}
