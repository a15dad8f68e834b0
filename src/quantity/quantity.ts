// A number with its unit as a person answers: `410 USD`, `$410`, `300ms`, `0.4%`, `1,200`.
import type { Quantity } from '../model/hypothesis.ts';
import { parseUnit } from './unit.ts';

/** Null where the text is no number, its unit is unknown, or its comma could be read two ways (`1,2`). */
export function parseQuantity(text: string): Quantity | null {
  const match = /^([-+−]?)\s{0,3}([$€£]?)\s{0,3}([-+−]?)(\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,12})?)\s{0,3}([^\d\s][^\d]{0,30})?$/u.exec(text.trim());
  if (match === null) return null;
  const [, before = '', currency = '', after = '', digits = '', written] = match;
  if (before !== '' && after !== '') return null;
  const spelled = `${currency}${written?.trim() ?? ''}`;
  const unit = spelled === '' ? null : (parseUnit(spelled)?.symbol ?? undefined);
  if (unit === undefined) return null;
  const value = Number(digits.replaceAll(',', ''));
  return { value: /[-−]/.test(before + after) ? -value : value, unit };
}
