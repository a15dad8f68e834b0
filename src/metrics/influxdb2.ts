// InfluxDB 2: Flux over `/api/v2/query`, with the variables that its own query editor fills in. `account` is the organisation.
import { SetupError } from '../errors.ts';
import type { Source } from '../model/config.ts';
import type { MetricProvider, Series, SeriesQuery } from '../ports/metrics.ts';
import { parseCsvRow } from './csv-row.ts';
import type { Ask } from './request.ts';
import { finishSeries, refuseSeveral, type RawPoint } from './series.ts';

/** Columns that Flux adds itself: the others are what tells series apart. */
const OWN_COLUMNS = new Set(['', 'result', 'table', '_start', '_stop', '_time', '_value']);

export function createInfluxDb2(ask: Ask, { account, name }: Source): MetricProvider {
  if (account === null) throw new SetupError(`the source \`${name}\` has no organisation`, 'Add `account:` with the name of the organisation in InfluxDB.');
  return { readSeries: (query) => readSeries(ask, account, query) };
}

async function readSeries(ask: Ask, account: string, query: SeriesQuery): Promise<Series> {
  const body = ranged(query);
  const text = await ask({ method: 'POST', path: '/api/v2/query', query: { org: account }, headers: { accept: 'application/csv', 'content-type': 'application/vnd.flux' }, body });
  const tables = parseTables(text);
  if (tables.size > 1) return refuseSeveral([...tables.keys()], query);
  // A window's time is its end unless `timeSrc: "_start"` says otherwise.
  const stands = /timeSrc\s{0,9}:\s{0,9}"_start"/.test(query.query) || !query.query.includes('aggregateWindow') ? 'for-bucket' : 'for-instant';
  return finishSeries({ points: [...tables.values()][0] ?? [], step: query.step, stands }, query);
}

/** Only whole windows: the one that is not over would be a value of its own kind. */
function ranged({ query, from, to, step, now }: SeriesQuery): string {
  if (!query.includes('v.timeRangeStart') || !query.includes('v.timeRangeStop')) throw new SetupError('the query names no range of time', 'Write for example: from(bucket: "web") |> range(start: v.timeRangeStart, stop: v.timeRangeStop) |> filter(fn: (r) => r._field == "p95") |> aggregateWindow(every: v.windowPeriod, fn: mean, createEmpty: false, timeSrc: "_start")');
  const stop = Math.floor(Math.min(to + step, now) / step) * step;
  return query.replaceAll('v.timeRangeStart', instant(Math.min(from, stop - step))).replaceAll('v.timeRangeStop', instant(stop)).replaceAll('v.windowPeriod', `${step}s`);
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** Annotated CSV: tables after one another, each with its own head; an error is a table too. */
function parseTables(text: string): ReadonlyMap<string, readonly RawPoint[]> {
  const tables = new Map<string, RawPoint[]>();
  let head: readonly string[] | null = null;
  for (const line of text.split('\n').map((row) => row.trimEnd())) {
    if (line === '' || line.startsWith('#')) {
      head = null;
      continue;
    }
    const cells = parseCsvRow(line);
    if (head === null) head = readHead(cells);
    else addRow(tables, head, cells);
  }
  return tables;
}

/** @throws SetupError where the answer is no CSV of InfluxDB's */
function readHead(cells: readonly string[]): readonly string[] {
  if (cells.includes('error') || (cells.includes('_time') && cells.includes('_value'))) return cells;
  throw new SetupError(`InfluxDB answered without \`_time\` and \`_value\`: ${cells.join(',').slice(0, 80)}`, 'Check `url` of the source; a query that ends in `keep` or `pivot` has to leave both columns.');
}

function addRow(tables: Map<string, RawPoint[]>, head: readonly string[], cells: readonly string[]): void {
  const cell = (name: string): string => cells[head.indexOf(name)] ?? '';
  if (head.includes('error')) throw new SetupError(`InfluxDB refuses the query: ${cell('error').slice(0, 300)}`, 'Try the query in InfluxDB itself, and correct it in the metric catalogue.');
  const time = Date.parse(cell('_time'));
  if (Number.isNaN(time)) return;
  const tags = head.flatMap((name, i) => (OWN_COLUMNS.has(name) ? [] : [`${name}=${cells[i] ?? ''}`])).join(', ');
  const key = `table ${cell('table')} ${tags}`.trim();
  const points = tables.get(key) ?? [];
  points.push([time / 1000, cell('_value') === '' ? null : Number(cell('_value'))]);
  tables.set(key, points);
}
