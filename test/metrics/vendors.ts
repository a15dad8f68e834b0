// Answers in the shape each vendor gives them, with where the shape was taken from.
import type { Source, SourceType } from '../../src/model/config.ts';
import type { Asked, Reply } from './source-server.ts';

export type Row = readonly [number, number | null];

export interface Vendor {
  readonly name: string;
  readonly source: Partial<Source> & { readonly type: SourceType };
  readonly query: string;
  /** What the request carries of the secret. */
  readonly shows: (asked: Asked) => string | undefined;
  /** An answer with these series. */
  readonly answer: (series: readonly (readonly Row[])[], asked: Asked) => Reply['body'];
  /** Series are told by their rows alone, so that two of them are two values at one instant. */
  readonly unnamed?: true;
}

/** A source of this kind at an address. */
export function sourceAt(url: string | null, said: Partial<Source> & { readonly type: SourceType }): Source {
  return { name: 'src', url, headers: new Map([['Authorization', 'Bearer ${YARDSTICK_TOKEN}']]), version: null, database: null, region: null, account: null, ...said };
}

/** What the environment holds in these tests; no message may show it. */
export const env = { YARDSTICK_TOKEN: 'hunter2-token', AWS_ACCESS_KEY_ID: 'AKIAHUNTER2', AWS_SECRET_ACCESS_KEY: 'hunter2-secret', AWS_SESSION_TOKEN: 'hunter2-token' };

const authorization = ({ headers }: Asked): string | undefined => headers.authorization;
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

export const vendors: readonly Vendor[] = [
  {
    // Prometheus, "Range queries" of its HTTP API; the real server is asked in prometheus-real.test.ts.
    name: 'prometheus', source: { type: 'prometheus' }, query: 'max(latency)', shows: authorization,
    answer: (series) => ({ status: 'success', data: { resultType: 'matrix', result: series.map((rows, i) => ({ metric: { pod: `p${i}` }, values: rows.map(([t, v]) => [t, v === null ? 'NaN' : String(v)]) })) } }),
  },
  {
    // DataDog/datadog-api-client-go, recorded answer "Query timeseries points returns OK": interval in seconds, times in milliseconds.
    name: 'datadog', source: { type: 'datadog' }, query: 'avg:latency{*}.rollup(avg, 300)', shows: authorization,
    answer: (series) => ({ status: 'ok', resp_version: 1, series: series.map((rows, i) => ({ metric: 'latency', scope: `pod:p${i}`, interval: 300, aggr: null, tag_set: [], length: rows.length, pointlist: rows.map(([t, v]) => [t * 1000, v]), unit: null })), res_type: 'time_series', message: '' }),
  },
  {
    // "GetMetricData" and "MetricDataResult" of the CloudWatch API reference, "Make API requests" of its guide for the JSON protocol.
    name: 'cloudwatch', source: { type: 'cloudwatch', region: 'eu-west-1', headers: new Map() }, query: '{"Namespace": "AWS/RDS", "MetricName": "CPUUtilization", "Dimensions": {"DBInstanceIdentifier": "orders"}, "Stat": "p95"}',
    shows: ({ headers }) => (/^AWS4-HMAC-SHA256 Credential=AKIAHUNTER2\/\d{8}\/eu-west-1\/monitoring\/aws4_request, SignedHeaders=\S*x-amz-target, Signature=[0-9a-f]{64}$/.test(headers.authorization ?? '') ? `Bearer ${String(headers['x-amz-security-token'])}` : headers.authorization),
    answer: (series) => ({ MetricDataResults: series.map((rows, i) => ({ Id: 'm', Label: `p${i}`, Timestamps: rows.map(([t]) => t), Values: rows.map(([, v]) => v ?? 'NaN'), StatusCode: 'Complete', Messages: [] })), Messages: [] }),
  },
  {
    // "NerdGraph tutorial: query your data with NRQL": rows of beginTimeSeconds, endTimeSeconds and the value by its name.
    name: 'newrelic', source: { type: 'newrelic', account: '1234567' }, query: 'SELECT average(duration) FROM Transaction WHERE appName = \'checkout\'', shows: authorization,
    answer: (series) => ({ data: { actor: { account: { q0: { results: series.flatMap((rows, i) => rows.map(([t, v]) => ({ beginTimeSeconds: t, endTimeSeconds: t + 300, 'average.duration': v, ...(series.length > 1 ? { facet: `p${i}` } : {}) }))) } } } } }),
  },
  {
    // "Query data with InfluxQL" of InfluxDB 1's guide; the real server is asked in influxdb-real.test.ts.
    name: 'influxdb', source: { type: 'influxdb' }, query: 'SELECT mean("v") FROM "db"."autogen"."m" WHERE time >= $from AND time <= $to GROUP BY time($step) fill(none)', shows: authorization,
    answer: (series) => ({ results: [{ statement_id: 0, series: series.map((rows, i) => ({ name: 'm', tags: { pod: `p${i}` }, columns: ['time', 'mean'], values: rows })) }] }),
  },
  {
    // "Annotated CSV" of InfluxDB 2's reference.
    name: 'influxdb 2', source: { type: 'influxdb', version: 2, account: 'acme' }, shows: authorization,
    query: 'from(bucket: "web") |> range(start: v.timeRangeStart, stop: v.timeRangeStop) |> aggregateWindow(every: v.windowPeriod, fn: mean, timeSrc: "_start")',
    answer: (series) => series.filter((rows) => rows.length > 0).map((rows, i) => [',result,table,_start,_stop,_time,_value,_field,pod', ...rows.map(([t, v]) => `,_result,${i},2026-02-25T06:00:00Z,2026-02-25T07:00:00Z,${iso(t)},${v ?? ''},"p 95",p${i}`), '', ''].join('\r\n')).join(''),
  },
  {
    // "The Render URL API", format=json; the real server is asked in graphite-real.test.ts.
    name: 'graphite', source: { type: 'graphite' }, query: 'servers.web.latency', shows: authorization,
    answer: (series) => series.map((rows, i) => ({ target: `servers.p${i}`, tags: { name: `servers.p${i}` }, datapoints: rows.map(([t, v]) => [v, t]) })),
  },
  {
    // "API examples" and the OpenAPI description of OpenCost (`/allocation`): a list of sets, each by name.
    name: 'opencost', source: { type: 'opencost' }, query: 'aggregate=namespace&filter=namespace:"orders"&per=hour', shows: authorization,
    answer: (series) => ({ code: 200, status: 'success', data: (series[0] ?? []).map(([t], nth) => Object.fromEntries(series.map((rows, i) => [`p${i}`, { name: `p${i}`, window: { start: iso(t), end: iso(t + 300) }, start: iso(t), end: iso(t + 300), minutes: 5, cpuCost: 0, totalCost: rows[nth]?.[1] == null ? null : (rows[nth][1] ?? 0) / 12 }]))) }),
  },
  {
    name: 'http', source: { type: 'http' }, query: '/series?from=$from&to=$to_ms&begin=$from_iso&step=$step\ndata.points[].[time, value]', shows: authorization, unnamed: true,
    answer: (series) => ({ data: { points: series.flatMap((rows, i) => rows.map(([time, value]) => ({ time: i === 0 ? time * 1000 : time, value: value === null || i === 0 ? value : value + 1 }))) } }),
  },
];
