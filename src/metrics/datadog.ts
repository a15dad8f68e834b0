// Datadog: timeseries points of API v1; `url` is the site's API, `headers` hold DD-API-KEY and DD-APPLICATION-KEY.
import { SetupError } from '../errors.ts';
import type { MetricProvider, Series, SeriesQuery } from '../ports/metrics.ts';
import { at, listAt, parseAnswer, textAt } from './answer.ts';
import type { Ask } from './request.ts';
import { finishSeries, refuseSeveral, type RawPoint } from './series.ts';

/** Datadog gives at most 1,500 points a series, whatever `.rollup()` says: longer ranges are asked in pages. */
const POINTS_MAX = 1440;

export function createDatadog(ask: Ask): MetricProvider {
  return { readSeries: (query) => readSeries(ask, query) };
}

async function readSeries(ask: Ask, query: SeriesQuery): Promise<Series> {
  const rows: unknown[] = [];
  const series = new Map<string, RawPoint[]>();
  for (const { from, to, last } of pagesOf(query)) {
    for (const row of await readPage(ask, query.query, { from, to })) {
      const name = textAt(row, 'scope') || textAt(row, 'expression');
      const points = listAt(row, 'pointlist').flatMap(pointOf).filter(([time]) => last || time < to);
      series.set(name, [...(series.get(name) ?? []), ...points]);
      rows.push(row);
    }
  }
  if (series.size > 1) return refuseSeveral([...series.keys()], query);
  const points = [...series.values()][0] ?? [];
  return finishSeries({ points, step: intervalOf(at(rows[0], 'interval'), points, query.step), stands: 'for-bucket', unit: unitOf(rows[0], query.query) }, query);
}

interface Page {
  readonly from: number;
  readonly to: number;
  readonly last: boolean;
}

/** Pages end where buckets do, so that none is cut; without an interval in `.rollup()` Datadog chooses one for the whole range. */
function pagesOf({ query, from, to }: SeriesQuery): readonly Page[] {
  const intervals = [...query.matchAll(/\.rollup\(\s{0,9}(?:[a-z]\w{0,20}\s{0,9},\s{0,9})?(\d{1,7})\s{0,9}\)/g)].map(([, interval]) => Number(interval)).filter((interval) => interval > 0);
  if (intervals.length === 0) return [{ from, to, last: true }];
  const span = POINTS_MAX * Math.min(...intervals);
  const pages: Page[] = [];
  for (let start = from; start <= to; ) {
    const end = Math.min(to, (Math.floor(start / span) + 1) * span);
    pages.push({ from: start, to: end, last: end === to });
    start = end === to ? to + 1 : end;
  }
  return pages;
}

async function readPage(ask: Ask, query: string, { from, to }: Pick<Page, 'from' | 'to'>): Promise<readonly unknown[]> {
  const answer = parseAnswer(await ask({ method: 'GET', path: '/api/v1/query', query: { query, from: String(from), to: String(to) } }), 'Datadog');
  // A wrong query is answered with 200 and this.
  const refused = textAt(answer, 'error');
  if (refused !== '') throw new SetupError(`Datadog refuses the query: ${refused.slice(0, 300)}`, 'Try the query in a Datadog notebook, and correct it in the metric catalogue.');
  return listAt(answer, 'series');
}

/**
 * The bucket grows with the span unless the query has `.rollup()`: told as a coarser step. The reference says milliseconds, the API answers in seconds:
 * no two points are nearer than one bucket, so that a number which is larger than their distance can't be seconds.
 */
function intervalOf(interval: unknown, points: readonly RawPoint[], asked: number): number {
  if (typeof interval !== 'number' || interval <= 0) return asked;
  const nearest = points.reduce((least, [time], i) => Math.min(least, i === 0 ? Infinity : time - (points[i - 1]?.[0] ?? 0)), Infinity);
  return interval > nearest ? interval / 1000 : interval;
}

/** `[{"name": "millisecond"}, null]`; two for "byte per second". Arithmetic keeps the unit of what it began with, so only a plain query's is believed. */
function unitOf(row: unknown, query: string): string | null {
  const plain = !/[*/+]|\s-\s/.test(query.replaceAll(/\{[^{}]{0,1000}\}/g, ''));
  return plain && at(row, 'unit', '1') == null ? textAt(row, 'unit', '0', 'name') || null : null;
}

/** Times come in milliseconds. */
function pointOf(pair: unknown): readonly RawPoint[] {
  const [time, value] = [at(pair, '0'), at(pair, '1')];
  return typeof time === 'number' ? [[Math.round(time / 1000), typeof value === 'number' ? value : null]] : [];
}
