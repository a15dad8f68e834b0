// Datadog: timeseries points of API v1; `url` is the site's API, `headers` hold DD-API-KEY and DD-APPLICATION-KEY.
import { SetupError } from '../errors.ts';
import type { MetricProvider, Series, SeriesQuery } from '../ports.ts';
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
  const interval = at(rows[0], 'interval');
  // The bucket grows with the span unless the query has `.rollup()`: told as a coarser step.
  return finishSeries({ points: listAt(rows[0], 'pointlist').flatMap(pointOf), step: typeof interval === 'number' ? interval : query.step, stands: 'for-bucket' }, query);
}

/** Times come in milliseconds. */
function pointOf(pair: unknown): readonly RawPoint[] {
  const [time, value] = [at(pair, '0'), at(pair, '1')];
  return typeof time === 'number' ? [[Math.round(time / 1000), typeof value === 'number' ? value : null]] : [];
}
