// InfluxDB 1.x: InfluxQL over `/query`. The operator writes `$from`, `$to` and `$step` where the range belongs.
import { SetupError } from '../errors.ts';
import type { Source } from '../model/config.ts';
import type { MetricProvider, Series, SeriesQuery } from '../ports/metrics.ts';
import { at, listAt, parseAnswer, textAt } from './answer.ts';
import type { Ask } from './request.ts';
import { finishSeries, refuseSeveral, type RawPoint } from './series.ts';

export function createInfluxDb(ask: Ask, { database }: Source): MetricProvider {
  return { readSeries: (query) => readSeries(ask, database, query) };
}

async function readSeries(ask: Ask, database: string | null, query: SeriesQuery): Promise<Series> {
  const statement = ranged(query);
  // GET can't write: InfluxDB refuses SELECT INTO, DROP and their like on it.
  const answer = parseAnswer(await ask({ method: 'GET', path: '/query', query: { q: statement, epoch: 's', db: database ?? databaseOf(query.query) } }), 'InfluxDB');
  const [result] = listAt(answer, 'results');
  const refused = textAt(result, 'error');
  if (refused !== '') throw new SetupError(`InfluxDB refuses the query: ${refused.slice(0, 300)}`, 'Try the query in InfluxDB itself, and correct it in the metric catalogue.');
  const rows = listAt(result, 'series');
  if (at(result, 'partial') === true || rows.some((row) => at(row, 'partial') === true)) throw new SetupError('InfluxDB cut its answer at its `max-row-limit`', 'Raise the limit in InfluxDB, or take a wider step.');
  if (rows.length > 1) return refuseSeveral(rows.map((row) => `${textAt(row, 'name')} ${JSON.stringify(at(row, 'tags') ?? {})}`), query);
  const columns = listAt(rows[0], 'columns');
  if (columns.length > 2) return refuseSeveral(columns.slice(1).map(String), query);
  return finishSeries({ points: listAt(rows[0], 'values').flatMap(pointOf), step: query.step, stands: 'for-bucket' }, query);
}

function ranged({ query, from, to, step }: SeriesQuery): string {
  if (!query.includes('$from') || !query.includes('$to')) throw new SetupError('the query names no range of time', 'Write for example: SELECT mean("value") FROM "db"."autogen"."cpu" WHERE time >= $from AND time <= $to GROUP BY time($step) fill(none)');
  return query.replaceAll('$from', `${from}s`).replaceAll('$to', `${to}s`).replaceAll('$step', `${step}s`);
}

/** `FROM "db"."policy"."measurement"` names a database; InfluxDB wants it beside the query all the same. */
function databaseOf(query: string): string {
  return /\bFROM\s{1,9}"?([A-Za-z0-9_-]{1,100})"?\."?[A-Za-z0-9_-]{0,100}"?\./i.exec(query)?.[1] ?? '';
}

function pointOf(pair: unknown): readonly RawPoint[] {
  const [time, value] = [at(pair, '0'), at(pair, '1')];
  return typeof time === 'number' ? [[time, typeof value === 'number' ? value : null]] : [];
}
