// Graphite: the render API, one target a query.
import type { MetricProvider, Series, SeriesQuery } from '../ports/metrics.ts';
import { at, listAt, parseAnswer, textAt } from './answer.ts';
import type { Ask } from './request.ts';
import { finishSeries, refuseSeveral, type RawPoint } from './series.ts';

export function createGraphite(ask: Ask): MetricProvider {
  return { readSeries: (query) => readSeries(ask, query) };
}

async function readSeries(ask: Ask, query: SeriesQuery): Promise<Series> {
  // `from` is exclusive in Graphite.
  const text = await ask({ method: 'GET', path: '/render', query: { target: query.query, from: String(query.from - 1), until: String(query.to), format: 'json' } });
  const answer = parseAnswer(text, 'Graphite');
  const rows = Array.isArray(answer) ? (answer as readonly unknown[]) : [];
  if (rows.length > 1) return refuseSeveral(rows.map((row) => textAt(row, 'target')), query);
  const points = listAt(rows[0], 'datapoints').flatMap(pointOf);
  return finishSeries({ points, step: stepOf(points, query.step), stands: 'for-bucket' }, query);
}

/** The value stands before the time. */
function pointOf(pair: unknown): readonly RawPoint[] {
  const [value, time] = [at(pair, '0'), at(pair, '1')];
  return typeof time === 'number' ? [[time, typeof value === 'number' ? value : null]] : [];
}

/** Graphite chooses the step by the age of the oldest point asked for; gaps are null rows, so neighbours are one step apart. */
function stepOf(points: readonly RawPoint[], asked: number): number {
  const [first, second] = points;
  return first === undefined || second === undefined ? asked : second[0] - first[0];
}
