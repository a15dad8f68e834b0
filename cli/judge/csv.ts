// A series from a CSV file: instant and value, and the whole of a rate.
import { SetupError } from '../../src/errors.ts';
import type { Point } from '../../src/judge/trial.ts';

/** Instants as epoch seconds, epoch milliseconds or ISO 8601 (UTC where nothing else is said). A first line of names is skipped. @throws SetupError where no line can be read */
export function parseCsv(text: string, file: string): readonly Point[] {
  const points = text.split(/\r?\n/).flatMap((line): readonly Point[] => {
    const [first, ...rest] = line.split(/[,;\t]/).map((cell) => cell.trim());
    const time = first === undefined || first === '' ? Number.NaN : parseInstant(first);
    return Number.isFinite(time) && rest.length > 0 ? [[time, ...rest.map((cell) => (cell === '' ? Number.NaN : Number(cell)))]] : [];
  });
  if (points.length === 0) throw new SetupError(`${file} holds no line that begins with an instant and a value`, 'Write lines such as 1772409600,312.5 or 2026-03-02T00:00:00Z,312.5.');
  return points;
}

/** Epoch seconds; NaN for what is no instant. */
export function parseInstant(text: string): number {
  if (/^\d{1,11}(?:\.\d{1,9})?$/.test(text)) return Number(text);
  if (/^\d{13}$/.test(text)) return Number(text) / 1000;
  const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  if (iso === null) return Number.NaN;
  const zoned = iso[1] !== undefined || text.length === 10 ? text : `${text}Z`;
  return Date.parse(zoned.replace(' ', 'T')) / 1000;
}
