// What every provider keeps, over real HTTP, with answers in the shape each vendor documents.
import { afterEach, describe, expect, test } from 'vitest';
import { SetupError, TransientError } from '../../src/errors.ts';
import { guardedLookup } from '../../src/metrics/address.ts';
import { createProvider } from '../../src/metrics/registry.ts';
import type { SeriesQuery } from '../../src/ports/metrics.ts';
import { startSource, type Asked, type Reply, type SourceServer } from './source-server.ts';
import { env, sourceAt, vendors, type Row, type Vendor } from './vendors.ts';

const from = 1_772_000_100;
const range = { from, to: from + 3600, step: 300, now: from + 90_000 };
const rows: readonly Row[] = [[from, 1], [from + 300, 2], [from + 600, null], [from + 900, 4]];

let server: SourceServer | null = null;
afterEach(() => server?.close());

const endless = 'x'.repeat(33 * 1024 * 1024);

type Answering = (asked: Asked, nth: number) => Reply | null;

async function read(vendor: Vendor, reply: Answering, more: { readonly range?: Partial<SeriesQuery>; readonly timeout?: number } = {}) {
  server = await startSource(reply);
  const provider = createProvider(sourceAt(server.url, vendor.source), { env, readFile: async () => '', pause: async () => undefined, timeout: more.timeout ?? 5 });
  return provider.readSeries({ query: vendor.query, ...range, ...more.range });
}

async function fault(vendor: Vendor, reply: Answering, timeout = 5): Promise<Error> {
  return read(vendor, reply, { timeout }).then(() => new Error('read after all'), (error: Error) => error);
}

/** The vendor's row of the table. */
function named(name: string): Vendor {
  const vendor = vendors.find((candidate) => candidate.name === name);
  if (vendor === undefined) throw new Error(name);
  return vendor;
}

describe.each(vendors.map((vendor) => [vendor.name, vendor] as const))('%s', (_, vendor) => {
  const good = (asked: Asked): Reply => ({ body: vendor.answer([rows], asked) });

  test('gives the finite points in order, and counts the others', async () => {
    const { points, conditions } = await read(vendor, (asked) => ({ body: vendor.answer([rows.toReversed()], asked) }));
    expect(points).toEqual([[from, 1], [from + 300, 2], [from + 900, 4]]);
    expect(conditions).toContainEqual({ kind: 'dropped', count: 1 });
  });

  test('sends the secret, and only once where nothing fails', async () => {
    await read(vendor, good);
    expect(server?.asked.map(vendor.shows)).toEqual(['Bearer hunter2-token']);
  });

  test.each([['no series', []], ['a series without points', [[]]]])('%s is no data', async (...[, series]) => {
    expect(await read(vendor, (asked) => ({ body: vendor.answer(series, asked) }))).toMatchObject({ points: [], conditions: [{ kind: 'no-data' }] });
  });

  test('several series are refused and named', async () => {
    const { points, conditions } = await read(vendor, (asked) => ({ body: vendor.answer([rows, rows], asked) }));
    expect(points).toEqual([]);
    expect(conditions).toMatchObject([{ kind: 'several-series', count: 2, examples: vendor.unnamed ? [expect.stringContaining('two values at 2026-02-25T06:15:00'), expect.any(String)] : [expect.stringContaining('p0'), expect.stringContaining('p1')] }]);
  });

  test('429 and 5xx are tried again', async () => {
    const { points } = await read(vendor, (asked, nth) => (nth === 1 ? { status: 429, headers: { 'retry-after': '1' }, body: '' } : nth === 2 ? { status: 503, body: '' } : good(asked)));
    expect(points).toHaveLength(3);
  });

  test.each([
    ['429 for an hour', { status: 429, headers: { 'retry-after': '3600' }, body: '' }, TransientError, /less often/],
    ['a source in trouble', { status: 500, body: 'oops' }, TransientError, /in trouble \(500\)/],
    ['an expired token', { status: 401, body: 'bad token hunter2-token' }, SetupError, /refuses the token \(401\): bad token \[secret\]/],
    ['a wrong query', { status: 400, body: '{"error":"parse error"}' }, SetupError, /refuses the query \(400\).*parse error/],
    ['a wrong address', { status: 404, body: '' }, SetupError, /404/],
    ['a redirect', { status: 302, headers: { location: 'http://169.254.169.254/latest?t=hunter2-token' }, body: '' }, SetupError, /redirects are not followed/],
    ['a log-in page', { body: '<html>Log in</html>' }, SetupError, /not JSON|without `_time`/],
  ] as const)('%s has its own message', async (...[, reply, kind, message]) => {
    const error = await fault(vendor, () => reply);
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('hunter2');
  });

  test('an hour is not waited for', async () => {
    expect(await fault(vendor, () => ({ status: 429, headers: { 'retry-after': '3600' }, body: '' }))).toMatchObject({ retryAfter: 3600 });
    expect(server?.asked).toHaveLength(1);
  });

  test('an answer without end is cut', async () => {
    const error = await fault(vendor, () => ({ body: endless }), 15);
    expect(error).toBeInstanceOf(SetupError);
    expect(error.message).toMatch(/over 32 MiB/);
  });

  test('a source that is not there may come back', async () => {
    const provider = createProvider(sourceAt('http://127.0.0.1:9', vendor.source), { env, readFile: async () => '', pause: async () => undefined });
    await expect(provider.readSeries({ query: vendor.query, ...range })).rejects.toThrow(/could not be reached \(ECONNREFUSED\)/);
  });

  test('silence ends', async () => {
    expect((await fault(vendor, () => null, 0.05)).message).toMatch(/no whole answer in 0.05 s/);
  });

  test.each([{}, [], { data: 7 }, 'null', '7', { results: 'x', series: 'y', status: 'success' }, { data: { actor: { account: { q0: { results: [7, null] } } } } }, { MetricDataResults: [null, { Timestamps: [1] }] }, { data: [null, { a: null }] }])('an answer of another shape never crashes: %j', async (body) => {
    const result = await read(vendor, () => ({ body })).catch((error: unknown) => error);
    if (result instanceof Error) expect(result).toBeInstanceOf(SetupError);
    else expect(result).toMatchObject({ points: [], conditions: [{ kind: 'no-data' }] });
  });
});

describe('Prometheus', () => {
  const prometheus = named('prometheus');

  test('pages at 11,000 points and joins what it got', async () => {
    const to = from + 60 * 25_000;
    const { points } = await read(prometheus, ({ body }) => {
      const form = new URLSearchParams(body);
      const [start, end] = [Number(form.get('start')), Number(form.get('end'))];
      expect((end - start) / 60).toBeLessThan(11_000);
      return { body: prometheus.answer([Array.from({ length: (end - start) / 60 + 1 }, (_, i): Row => [start + i * 60, i])], { body } as Asked) };
    }, { range: { to, step: 60, now: to + 60 } });
    expect(server?.asked).toHaveLength(3);
    expect(new Set(points.map(([time]) => time)).size).toBe(points.length);
    expect(points.length).toBe(25_001);
  });

  test.each([
    ['a lone name', 'up', 'sum(count_over_time(up[299999ms]))'],
    ['a selector', 'up{job="x"}', 'sum(count_over_time(up{job="x"}[299999ms]))'],
    ['selectors of an expression', 'sum(a{x="}"}) / sum by (y) (b{x=\'"\'})', 'sum(count_over_time(a{x="}"}[299999ms])) or sum(count_over_time(b{x=\'"\'}[299999ms]))'],
    ['a name in braces alone', 'max({__name__=~"a|b"})', 'sum(count_over_time({__name__=~"a|b"}[299999ms]))'],
    ['a range looks no further than it says', 'rate(a{x="y"}[5m])', null],
    ['bare names inside an expression may be functions or labels', 'sum(a) by (b)', null],
  ])('%s: counts no point that only repeats an older sample', async (...[, query, counting]) => {
    const even: readonly Row[] = [[from, 1], [from + 600, 1]];
    const seen: (string | null)[] = [];
    const { points, conditions } = await read({ ...prometheus, query }, ({ body }) => {
      const asked = new URLSearchParams(body).get('query') ?? '';
      seen.push(asked);
      return { body: prometheus.answer([asked.includes('count_over_time') ? even : [[from, 5], [from + 300, 5], [from + 600, 6], [from + 900, 6]]], {} as Asked) };
    });
    expect(seen).toEqual(counting === null ? [query] : [query, counting]);
    if (counting === null) return expect(points).toHaveLength(4);
    expect(points).toEqual([[from, 5], [from + 600, 6]]);
    expect(conditions).toContainEqual({ kind: 'repeated', count: 2 });
  });

  test('with a region it is signed for Amazon Managed Prometheus', async () => {
    await read({ ...prometheus, source: { type: 'prometheus', region: 'eu-west-1', headers: new Map() } }, (asked) => ({ body: prometheus.answer([rows], asked) }));
    expect(server?.asked[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIAHUNTER2\/\d{8}\/eu-west-1\/aps\/aws4_request/);
  });
});

describe('CloudWatch', () => {
  const cloudwatch = named('cloudwatch');
  const bodyOf = (asked: Asked | undefined) => JSON.parse(asked?.body ?? '{}') as { StartTime: number; EndTime: number; NextToken?: string; MetricDataQueries: { Id: string; Expression?: string; Period?: number; MetricStat?: { Period: number; Stat: string; Metric: object } }[] };

  test('follows the token to the last page', async () => {
    const { points } = await read(cloudwatch, (asked, nth) => ({ body: { ...(cloudwatch.answer([nth === 1 ? rows.slice(0, 2) : rows.slice(2)], asked) as object), ...(nth === 1 ? { NextToken: 'more' } : {}) } }));
    expect(points).toHaveLength(3);
    expect(server?.asked.map((asked) => bodyOf(asked).NextToken)).toEqual([undefined, 'more']);
  });

  test.each([['28 days', 28, 300], ['a week of minutes', 7, 60], ['a hundred days', 100, 3600]])('%s: asks for no finer values than are kept', async (...[, days, period]) => {
    await read(cloudwatch, (asked) => ({ body: cloudwatch.answer([], asked) }), { range: { from: range.now - days * 86_400, step: 60 } });
    expect(bodyOf(server?.asked[0])).toMatchObject({ StartTime: Math.floor((range.now - days * 86_400) / period) * period, EndTime: range.to + period });
    expect(bodyOf(server?.asked[0]).MetricDataQueries[0]?.MetricStat).toEqual({ Metric: { Namespace: 'AWS/RDS', MetricName: 'CPUUtilization', Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'orders' }] }, Period: period, Stat: 'p95' });
  });

  test('an expression and a list of the API’s own queries go as they are', async () => {
    const good = (asked: Asked): Reply => ({ body: cloudwatch.answer([rows], asked) });
    await read({ ...cloudwatch, query: 'SELECT AVG(CPUUtilization) FROM "AWS/RDS"' }, good);
    expect(bodyOf(server?.asked[0]).MetricDataQueries).toEqual([{ Id: 'm', Expression: 'SELECT AVG(CPUUtilization) FROM "AWS/RDS"', Period: 300 }]);
    await read({ ...cloudwatch, query: '[{"Id":"e","Expression":"a/b"},{"Id":"a","ReturnData":false,"MetricStat":{"Stat":"Sum"}}]' }, good);
    expect(bodyOf(server?.asked[0]).MetricDataQueries).toEqual([{ Period: 300, Id: 'e', Expression: 'a/b' }, { Id: 'a', ReturnData: false, MetricStat: { Period: 300, Stat: 'Sum' } }]);
  });

  test.each([
    ['throttled', { status: 400, body: { __type: 'com.amazonaws.cloudwatch#ThrottlingException', message: 'Rate exceeded' } }, TransientError, /less often/],
    ['an expired token', { status: 400, body: { __type: 'ExpiredTokenException', message: 'The security token hunter2-token is expired' } }, SetupError, /refuses the token \(403\).*\[secret\] is expired/],
    ['a metric that failed inside', { body: { MetricDataResults: [{ Id: 'm', Label: 'x', StatusCode: 'InternalError', Timestamps: [], Values: [] }] } }, TransientError, /could not compute/],
    ['another account’s metric', { body: { MetricDataResults: [{ Id: 'm', Label: 'x', StatusCode: 'Forbidden', Messages: [{ Code: 'Forbidden', Value: 'no link' }], Timestamps: [], Values: [] }] } }, SetupError, /forbids.*no link/],
  ] as const)('%s', async (...[, reply, kind, message]) => {
    const error = await fault(cloudwatch, () => reply);
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(message);
  });

  test.each([[{ ...env, AWS_SECRET_ACCESS_KEY: '' }, 'eu-west-1', /AWS_SECRET_ACCESS_KEY/], [env, null, /no region/]])('what is not set is named', (variables, region, message) => {
    expect(() => createProvider(sourceAt(null, { type: 'cloudwatch', region }), { env: variables, readFile: async () => '' })).toThrow(message);
  });
});

describe('New Relic', () => {
  const newrelic = named('newrelic');

  test('pages by time, 366 buckets a query and five queries a request', async () => {
    const step = 300;
    const to = from + step * 366 * 6;
    const { points } = await read(newrelic, ({ body }) => {
      const { account, ...queries } = (JSON.parse(body) as { variables: Record<string, string> }).variables;
      expect(account).toBe(1_234_567);
      const results = Object.entries(queries).map(([name, nrql]) => {
        const [, since, until] = /SINCE (\d+) UNTIL (\d+) TIMESERIES 300 seconds$/.exec(nrql) ?? [];
        const count = (Number(until) - Number(since)) / 1000 / step;
        expect(count).toBeLessThanOrEqual(366);
        return [name, { results: Array.from({ length: count }, (_, i) => ({ beginTimeSeconds: Number(since) / 1000 + i * step, endTimeSeconds: 0, 'percentile.duration': { 95: i } })) }];
      });
      return { body: { data: { actor: { account: Object.fromEntries(results) } } } };
    }, { range: { to, now: to + step } });
    expect(server?.asked).toHaveLength(2);
    expect(points.length).toBe(366 * 6 + 1);
    expect(new Set(points.map(([time]) => time)).size).toBe(points.length);
  });

  test.each([
    ['throttled inside a 200', 'Too many requests', TransientError, /less often/],
    ['too slow', 'NRQL query timed out', TransientError, /in trouble \(503\)/],
    ['a wrong key', 'Invalid API key hunter2-token', SetupError, /refuses the token \(401\).*\[secret\]/],
    ['a wrong query', 'NRQL Syntax Error: Error at line 1', SetupError, /refuses the query \(400\).*Syntax Error/],
  ] as const)('%s', async (...[, message, kind, said]) => {
    const error = await fault(newrelic, () => ({ body: { data: { actor: { account: { q0: null } } }, errors: [{ message, path: ['actor'] }] } }));
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(said);
  });

  test('an account is asked for, the range is ours', async () => {
    expect(() => createProvider(sourceAt(null, { type: 'newrelic' }), { env, readFile: async () => '' })).toThrow(/no account/);
    expect((await fault({ ...newrelic, query: 'SELECT count(*) FROM T SINCE 1 day ago' }, () => ({ body: {} }))).message).toMatch(/SINCE/);
  });
});

describe('InfluxDB 2', () => {
  const influx = named('influxdb 2');

  test('fills in the variables of its own editor, and asks only for whole windows', async () => {
    await read(influx, () => ({ body: '\r\n' }), { range: { from: 1_772_000_100, to: 1_772_003_700, now: 1_772_001_150 } });
    expect(server?.asked[0]?.url.searchParams.get('org')).toBe('acme');
    expect(server?.asked[0]?.body).toContain('range(start: 2026-02-25T06:15:00.000Z, stop: 2026-02-25T06:30:00.000Z) |> aggregateWindow(every: 300s,');
  });

  test('an error in the middle of the answer, and a query without a range', async () => {
    expect((await fault(influx, () => ({ body: ',error,reference\n,"bucket ""web"" not found",897\n' }))).message).toMatch(/refuses the query: bucket "web" not found/);
    expect((await fault({ ...influx, query: 'from(bucket: "web")' }, () => ({ body: '' }))).message).toMatch(/no range of time/);
  });
});

describe('HTTP JSON', () => {
  const http = named('http');
  const seen = async (expression: string, body: object | string): Promise<unknown> => (await read({ ...http, query: `/x?$from\n${expression}` }, () => ({ body }))).points;

  test('fills in the range', async () => {
    await read(http, (asked) => ({ body: http.answer([rows], asked) }));
    expect(server?.asked[0]?.url.search).toBe(`?from=${from}&to=${(from + 3600) * 1000}&begin=2026-02-25T06:15:00Z&step=300`);
  });

  test.each([
    ['two lists beside each other', 'zip(t, v)', { t: [from, from + 300], v: [1, 2] }],
    ['times as text, values too', 'rows', { rows: [['2026-02-25T06:15:00Z', '1'], ['2026-02-25T08:20:00+02:00', '2.0']] }],
    ['microseconds', '@', [[from * 1e6, 1], [(from + 300) * 1e6, 2]]],
    ['nanoseconds', '@', [[from * 1e9, 1], [`${from + 300}000000000`, 2]]],
  ])('%s', async (...[, expression, body]) => {
    expect(await seen(expression, body)).toEqual([[from, 1], [from + 300, 2]]);
  });

  test.each([
    ['a single number', 'value', { value: 7 }, /gives a single number, 7, no series/],
    ['an object', '@', { value: 7 }, /gives a single object/],
    ['values without times', 'v', { v: [1, 2] }, /gives 1 where \[time, value\] is expected/],
    ['times without a zone', 'v', { v: [['2026-02-25T06:15:00', 1]] }, /where \[time, value\]/],
    ['no JMESPath', 'v[', {}, /can't be used/],
  ])('%s is refused with an explanation', async (...[, expression, body, message]) => {
    await expect(seen(expression, body)).rejects.toThrow(message);
  });

  test.each([['no path', 'data', /not a path/], ['no range', '/x\ndata', /names no `\$from`/]])('%s is refused', async (...[, query, message]) => {
    expect((await fault({ ...http, query }, () => ({ body: {} }))).message).toMatch(message);
  });
});

test.each([
  ['as a rate a month unless said', 'aggregate=namespace', 730],
  ['a day', 'aggregate=namespace&per=day', 24],
])('OpenCost tells a cost %s', async (...[, query, factor]) => {
  const day = 1_772_064_000;
  const { points } = await read({ ...named('opencost'), query }, () => ({ body: { code: 200, data: [{ orders: { window: { start: '2026-02-26T00:00:00Z' }, totalCost: 24 } }] } }), { range: { from: day, to: day + 86_400, step: 86_400, now: day + 200_000 } });
  expect(points).toEqual([[day, factor]]);
  expect(server?.asked[0]?.url.searchParams.get('window')).toBe('2026-02-26T00:00:00Z,2026-02-28T00:00:00Z');
});

test.each([
  ['seconds, as it is answered', 300, 300],
  ['milliseconds, as the reference says', 300_000, 300],
])('Datadog’s interval in %s', async (...[, interval, step]) => {
  const datadog = named('datadog');
  const result = await read(datadog, () => ({ body: { status: 'ok', series: [{ interval, pointlist: rows.map(([t, v]) => [t * 1000, v]) }] } }));
  expect(result.step).toBe(step);
});

test.each(['avg:m{*}.rollup(avg, 300)', 'p95:m{*}.rollup(300)'])('%s: Datadog is asked in pages of fewer points than it gives, none of them cut', async (query) => {
  const datadog = { ...named('datadog'), query };
  const to = from + 28 * 86_400;
  const { points, step } = await read(datadog, ({ url }) => {
    const [first, last] = [Number(url.searchParams.get('from')), Number(url.searchParams.get('to'))];
    const begin = Math.ceil(first / 300) * 300;
    const buckets = Array.from({ length: Math.floor((last - begin) / 300) + 1 }, (_, i): Row => [begin + i * 300, begin + i * 300 + 300 > last && last !== to ? -1 : 1]);
    expect(buckets.length).toBeLessThanOrEqual(1500);
    return { body: datadog.answer([buckets], {} as Asked) };
  }, { range: { to, now: to + 900 } });
  expect(server?.asked.length).toBeGreaterThan(5);
  expect(step).toBe(300);
  expect(points).toEqual(Array.from({ length: 28 * 288 + 1 }, (_, i) => [from + i * 300, 1]));
});

test('without an interval Datadog chooses one for the whole range', async () => {
  const datadog = named('datadog');
  await read({ ...datadog, query: 'avg:latency{*}' }, (asked) => ({ body: datadog.answer([rows], asked) }), { range: { to: from + 28 * 86_400 } });
  expect(server?.asked).toHaveLength(1);
});

test('Datadog says in its own header how long it wants rest', async () => {
  expect(await fault(named('datadog'), () => ({ status: 429, headers: { 'x-ratelimit-reset': '1800' }, body: '' }))).toMatchObject({ retryAfter: 1800 });
});

test('an answer that InfluxDB cut is no series', async () => {
  expect((await fault(named('influxdb'), () => ({ body: { results: [{ series: [{ columns: ['time', 'mean'], values: [[from, 1]], partial: true }] }] } }))).message).toMatch(/cut its answer/);
});

test('OpenCost is not asked for a day that is not over', async () => {
  const day = 1_772_064_000;
  expect(await read(named('opencost'), () => null, { range: { from: day, to: day + 3600, step: 86_400, now: day + 3600 } })).toMatchObject({ points: [], conditions: [{ kind: 'no-data' }] });
  expect(server?.asked).toHaveLength(0);
});

test.each(vendors.slice(1).map((vendor) => [vendor.name, vendor] as const))('%s: the newest bucket counts only when it is over', async (_, vendor) => {
  const { points, conditions } = await read(vendor, (asked) => ({ body: vendor.answer([[[from, 1], [from + 300, 2]]], asked) }), { range: { now: from + 400 } });
  expect(points).toEqual([[from, 1]]);
  expect(conditions).toContainEqual({ kind: 'partial-newest', at: from + 300 });
});

test.each(['http://169.254.169.254', 'http://[fe80::1]', 'http://[::ffff:169.254.169.254]', 'http://[fd00:ec2::254]'])('%s is refused before anything is sent', async (url) => {
  const provider = createProvider(sourceAt(url, { type: 'prometheus' }), { env, readFile: async () => '' });
  await expect(provider.readSeries({ query: 'up', ...range })).rejects.toThrow(/cloud’s own services/);
});

test('a name that leads there is refused when it is resolved', async () => {
  const [outcome] = await new Promise<readonly unknown[]>((done) => guardedLookup('src')('2852039166', { all: true }, (...told) => done(told)));
  expect(outcome).toMatchObject({ message: expect.stringMatching(/leads to 169\.254\.169\.254/) });
  const [, addresses] = await new Promise<readonly unknown[]>((done) => guardedLookup('src')('127.0.0.1', { all: true }, (...told) => done(told)));
  expect(addresses).toEqual([{ address: '127.0.0.1', family: 4 }]);
});

test('a proxy of the environment is used', async () => {
  server = await startSource(() => ({ body: [] }));
  const provider = createProvider(sourceAt('http://graphite.example', { type: 'graphite' }), { env: { ...env, HTTP_PROXY: server.url }, readFile: async () => '' });
  await provider.readSeries({ query: 'x', ...range });
  expect(server.asked[0]?.url.host).toBe('graphite.example');
});

test('a secret that is not set is named', () => {
  expect(() => createProvider(sourceAt('${YARDSTICK_URL}', { type: 'prometheus' }), { env, readFile: async () => '' })).toThrow(/YARDSTICK_URL, which is not set/);
});

test('a secret inside an address may hold any character', async () => {
  server = await startSource(() => ({ body: '[]' }));
  const provider = createProvider(sourceAt(server.url.replace('//', '//${YARDSTICK_USER}:${YARDSTICK_PASSWORD}@'), { type: 'graphite', headers: new Map() }), { env: { YARDSTICK_USER: 'me', YARDSTICK_PASSWORD: 'a/b@c:d' }, readFile: async () => '' });
  await provider.readSeries({ query: 'x', ...range });
  expect(Buffer.from(server.asked[0]?.headers.authorization?.slice('Basic '.length) ?? '', 'base64').toString()).toBe('me:a/b@c:d');
});

test('a run that is over ends its requests', async () => {
  server = await startSource(() => null);
  const provider = createProvider(sourceAt(server.url, { type: 'graphite' }), { env, readFile: async () => '', signal: AbortSignal.timeout(50) });
  await expect(provider.readSeries({ query: 'x', ...range })).rejects.toThrow(/no whole answer in the time for all metrics/);
  expect(server.asked).toHaveLength(1);
});
