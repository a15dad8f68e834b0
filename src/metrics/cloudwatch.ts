// CloudWatch: GetMetricData over AWS's JSON protocol; the query is a metric with its statistic, a list of MetricDataQueries, or an expression.
import { SetupError, TransientError } from '../errors.ts';
import type { MetricProvider, Series, SeriesCondition, SeriesQuery } from '../ports/metrics.ts';
import { at, listAt, parseAnswer, textAt } from './answer.ts';
import type { Ask } from './request.ts';
import { finishSeries, refuseSeveral, type RawPoint } from './series.ts';

const DAY = 86_400;
/** More pages than a series of ours has; a token that never ends is no answer. */
const PAGES_MAX = 50;
const EXAMPLE = '{"Namespace": "AWS/RDS", "MetricName": "CPUUtilization", "Dimensions": {"DBInstanceIdentifier": "orders"}, "Stat": "Average"}';

interface Gathered {
  /** By id and label. */
  readonly series: Map<string, RawPoint[]>;
  readonly warnings: Set<string>;
}

export function createCloudWatch(ask: Ask): MetricProvider {
  return { readSeries: (query) => readSeries(ask, query) };
}

async function readSeries(ask: Ask, query: SeriesQuery): Promise<Series> {
  const period = periodOf(query);
  const gathered: Gathered = { series: new Map(), warnings: new Set() };
  const from = Math.floor(query.from / period) * period;
  const asked = { MetricDataQueries: dataQueries(query.query, period), StartTime: from, EndTime: query.to + period, ScanBy: 'TimestampAscending' };
  let token: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    token = await readPage(ask, token === null ? asked : { ...asked, NextToken: token }, gathered);
    if (token === null) break;
  }
  const { series } = gathered;
  if (series.size > 1) return refuseSeveral([...series.keys()], query);
  const conditions = [...gathered.warnings].map((text): SeriesCondition => ({ kind: 'warning', text: text.slice(0, 200) }));
  return finishSeries({ points: [...series.values()][0] ?? [], step: period, stands: 'for-bucket', conditions }, query);
}

/** One-minute values are kept for 15 days, five-minute ones for 63, hourly ones for longer: a finer period gives nothing back there. */
function periodOf({ from, now, step }: SeriesQuery): number {
  const least = now - from > 63 * DAY ? 3600 : now - from > 15 * DAY ? 300 : 60;
  return Math.ceil(Math.max(step, least) / least) * least;
}

/** What GetMetricData takes: the operator's own words, with the period where none is written. */
function dataQueries(text: string, period: number): readonly object[] {
  if (!/^\s{0,99}[[{]/.test(text)) return [{ Id: 'm', Expression: text, Period: period }];
  const written = parseQuery(text);
  if (Array.isArray(written)) return written.map((one: unknown) => withPeriod(one, period));
  const metric = { Namespace: textAt(written, 'Namespace'), MetricName: textAt(written, 'MetricName'), Dimensions: dimensionsOf(at(written, 'Dimensions')) };
  if (metric.Namespace === '' || metric.MetricName === '') throw new SetupError('the query names no `Namespace` and `MetricName`', `Write for example: ${EXAMPLE}`);
  return [{ Id: 'm', MetricStat: { Metric: metric, Period: at(written, 'Period') ?? period, Stat: textAt(written, 'Stat') || 'Average' } }];
}

function parseQuery(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new SetupError('the query begins like JSON and is none', `Write for example: ${EXAMPLE}`);
  }
}

function withPeriod(one: unknown, period: number): object {
  const stat = at(one, 'MetricStat');
  return stat === undefined ? { Period: period, ...(one as object) } : { ...(one as object), MetricStat: { Period: period, ...(stat as object) } };
}

/** The API's list of names and values, or the shorter mapping. */
function dimensionsOf(written: unknown): readonly unknown[] {
  return Array.isArray(written) ? written : Object.entries((written ?? {}) as Record<string, unknown>).map(([Name, Value]) => ({ Name, Value }));
}

/** Adds a page's points; gives the token of the next one. */
async function readPage(ask: Ask, request: object, { series, warnings }: Gathered): Promise<string | null> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData' };
  const answer = parseAnswer(await ask({ method: 'POST', path: '/', headers, body: JSON.stringify(request) }), 'CloudWatch');
  for (const result of listAt(answer, 'MetricDataResults')) {
    const [name, status, said] = [`${textAt(result, 'Id')} ${textAt(result, 'Label')}`.trim(), textAt(result, 'StatusCode'), listAt(result, 'Messages').map((message) => textAt(message, 'Value')).join('; ')];
    if (status === 'InternalError') throw new TransientError(`CloudWatch could not compute ${name.slice(0, 80)}`);
    if (status === 'Forbidden') throw new SetupError(`CloudWatch forbids reading ${name.slice(0, 80)}${said === '' ? '' : `: ${said.slice(0, 200)}`}`, 'Allow the role `cloudwatch:GetMetricData`, for the account that owns the metric.');
    const values = listAt(result, 'Values');
    const points = listAt(result, 'Timestamps').flatMap((time, i): readonly RawPoint[] => (typeof time === 'number' ? [[time, numberOf(values[i])]] : []));
    series.set(name, [...(series.get(name) ?? []), ...points]);
    if (said !== '') warnings.add(said);
  }
  for (const message of listAt(answer, 'Messages')) warnings.add(textAt(message, 'Value'));
  return textAt(answer, 'NextToken') || null;
}

/** JSON knows no NaN: AWS's protocol writes it as a text. */
function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
