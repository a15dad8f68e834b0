// The problem of a line that can't be read: where it begins, what was found, and the nearest right form ready to copy.
import type { Place, Problem } from '../../model/problem.ts';
import { quoteLine } from './quote.ts';
import type { Refusal } from './cursor.ts';
import { nearestForm } from './nearest-form.ts';
import type { Reading } from './reading.ts';

/** Makes the problem of a refused line; `read` is what could be read before it. */
export function explain(line: { readonly text: string; readonly place: Place }, { refusal, read }: { readonly refusal: Refusal; readonly read: Reading | null }): Problem {
  const nearest = nearestForm(line.text, { refusal, read });
  const found = line.text.slice(refusal.at, refusal.to).trim();
  const whole = quoteLine(line.text);
  return {
    code: nearest.code ?? refusal.code,
    place: { ...line.place, column: line.place.column + Math.min(refusal.at, line.text.length) },
    found: found === '' || found.length >= line.text.trim().length ? whole : `${quoteLine(found)} in ${whole}`,
    expected: nearest.expected ?? refusal.expected,
    remedy: nearest.remedy,
    ...(nearest.copy !== undefined && { copy: nearest.copy }),
  };
}
