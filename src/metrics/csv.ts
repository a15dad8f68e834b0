// CSV: two columns, time and value, with or without a head; the file is read by the host that has it.
import { SetupError } from '../errors.ts';
import type { MetricProvider, Series, SeriesQuery } from '../ports/metrics.ts';
import { parseCsvRow } from './csv-row.ts';
import { finishSeries, stepOf, type RawPoint } from './series.ts';

/** Reads the text of a path in the repository. */
export type ReadFile = (path: string) => Promise<string>;

/** The query names the column of the value; empty for the second one. */
export function createCsv(path: string, readFile: ReadFile): MetricProvider {
  if (path.startsWith('/') || path.includes('\\') || path.split('/').includes('..')) throw new SetupError(`the CSV file ${path.slice(0, 80)} lies outside of the repository`, 'Write its path from the repository’s root on: `metrics/orders.csv`.');
  return { readSeries: async (query) => parseSeries(await readFile(path), path, query) };
}

function parseSeries(text: string, path: string, query: SeriesQuery): Series {
  const rows = text.replace(/^\uFEFF/, '').split(/\r?\n/).filter((line) => line.trim() !== '').map(parseCsvRow);
  const head = rows[0] !== undefined && parseInstant(rows[0][0] ?? '') === null ? rows[0] : null;
  const column = columnOf(query.query, head, path);
  const points = rows.slice(head === null ? 0 : 1).map((row, index): RawPoint => {
    const time = parseInstant(row[0] ?? '');
    if (time === null) throw new SetupError(`${path}, line ${index + (head === null ? 1 : 2)}: "${(row[0] ?? '').slice(0, 40)}" is no instant`, 'Write epoch seconds or ISO 8601 in UTC: 2026-03-01T10:00:00Z.');
    const cell = row[column] ?? '';
    return [time, cell === '' ? null : Number(cell)];
  });
  return finishSeries({ points, step: stepOf(points, query.step), stands: 'for-instant' }, query);
}

function columnOf(query: string, head: readonly string[] | null, path: string): number {
  if (query === '') return 1;
  const index = head?.indexOf(query) ?? -1;
  if (index < 1) throw new SetupError(`${path} has no column "${query.slice(0, 60)}"`, `Name one of its columns as the query: ${(head ?? []).slice(1, 20).join(', ') || 'it has no head, so leave the query out'}.`);
  return index;
}

/** Epoch seconds, or ISO 8601 with a zone: a time without one would mean another instant on every machine. */
function parseInstant(text: string): number | null {
  if (/^\d{9,11}(?:\.\d{1,9})?$/.test(text)) return Number(text);
  const zoned = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2}))?$/.test(text);
  const instant = zoned ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  return Number.isNaN(instant) ? null : instant / 1000;
}
