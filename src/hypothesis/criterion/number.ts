// Numbers as people write them; one that has two readings is refused with both.

/** Why a number can't be read, and how to write it. */
export interface NumberFault {
  readonly reason: string;
  readonly remedy: string;
}

/** Digits with `.`, `,` and `_` between them → a number. In per cent `99.999` has one reading only, elsewhere `1.200` has two. */
export function parseNumber(digits: string, context: 'percent' | 'plain'): number | NumberFault {
  if (digits.length > 24) return { reason: 'a number of more than 24 digits', remedy: 'use a larger unit' };
  if (/^[0-9]+$/.test(digits)) return Number(digits);
  if (/^[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?$/.test(digits)) return Number(digits.replaceAll(',', ''));
  if (/^[0-9]{1,3}(?:_[0-9]{3})+(?:\.[0-9]+)?$/.test(digits)) return Number(digits.replaceAll('_', ''));
  if (/^[0-9]+\.[0-9]+$/.test(digits)) {
    if (context === 'percent' || !/^[1-9][0-9]{0,2}\.[0-9]{3}$/.test(digits)) return Number(digits);
    return { reason: 'a number with two readings', remedy: `write \`${digits.replace('.', '')}\` or \`${String(Number(digits))}\`` + (String(Number(digits)) === digits ? ' with another number of decimals' : '') };
  }
  if (/^[0-9]+,[0-9]+$/.test(digits)) return { reason: 'a decimal comma', remedy: `write \`${digits.replace(',', '.')}\`` };
  if (/^[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+$/.test(digits)) return { reason: 'a decimal comma', remedy: `write \`${digits.replaceAll('.', '').replace(',', '.')}\`` };
  if (/^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}$/.test(digits)) return { reason: 'a date in this form', remedy: 'write days as year, month, day, such as 2026-11-27' };
  return { reason: 'no number', remedy: `write \`${digits.replaceAll(/[.,_]/g, '')}\`, with one decimal point at most` };
}
