// Datadog: timeseries points of API v1; `url` is the site's API, `headers` hold DD-API-KEY and DD-APPLICATION-KEY.
import { SetupError } from '../errors.ts';
import type { MetricProvider, Series, SeriesQuery } from '../ports/metrics.ts';
import { at, listAt, parseAnswer, textAt } from './answer.ts';
import type { Ask } from './request.ts';
import { finishSeries, refuseSeveral, type RawPoint } from './series.ts';

export function createDatadog(ask: Ask): MetricProvider {
  return { readSeries: (query) => readSeries(ask, query) };
}

async function readSeries(ask: Ask, query: SeriesQuery): Promise<Series> {
  const text = await ask({ method: 'GET', path: '/api/v1/query', query: { query: query.query, from: String(query.from), to: String(query.to) } });
  const answer = parseAnswer(text, 'Datadog');
  // A wrong query is answered with 200 and this.
  const refused = textAt(answer, 'error');
  if (refused !== '') throw new SetupError(`Datadog refuses the query: ${refused.slice(0, 300)}`, 'Try the query in a Datadog notebook, and correct it in the metric catalogue.');
  const rows = listAt(answer, 'series');
  if (rows.length > 1) return refuseSeveral(rows.map((row) => textAt(row, 'scope') || textAt(row, 'expression')), query);
  const points = listAt(rows[0], 'pointlist').flatMap(pointOf);
  return finishSeries({ points, step: intervalOf(at(rows[0], 'interval'), points, query.step), stands: 'for-bucket', unit: unitOf(rows[0], query.query) }, query);
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
