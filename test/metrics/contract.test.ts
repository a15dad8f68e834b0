// What every provider keeps, over real HTTP, with answers in the shape each vendor documents.
import { afterEach, describe, expect, test } from 'vitest';
import { SetupError, TransientError } from '../../src/errors.ts';
import { createProvider } from '../../src/metrics/registry.ts';
import type { Source, SourceType } from '../../src/model/config.ts';
import type { SeriesQuery } from '../../src/ports.ts';
import { startSource, type Asked, type Reply, type SourceServer } from './source-server.ts';

type Row = readonly [number, number | null];
interface Vendor {
  readonly type: SourceType;
  readonly query: string;
  /** An answer with these series, as the vendor writes it. */
  readonly answer: (series: readonly (readonly Row[])[], asked: Asked) => object;
}

const prometheusValue = (value: number | null): string => (value === null ? 'NaN' : String(value));
const vendors: readonly Vendor[] = [
  {
    type: 'prometheus', query: 'max(latency)',
    answer: (series) => ({ status: 'success', data: { resultType: 'matrix', result: series.map((rows, i) => ({ metric: { pod: `p${i}` }, values: rows.map(([t, v]) => [t, prometheusValue(v)]) })) } }),
  },
  {
    type: 'datadog', query: 'avg:latency{*}.rollup(avg, 300)',
    answer: (series) => ({ status: 'ok', series: series.map((rows, i) => ({ scope: `pod:p${i}`, interval: 300, pointlist: rows.map(([t, v]) => [t * 1000, v]) })) }),
  },
  {
    type: 'influxdb', query: 'SELECT mean("v") FROM "db"."autogen"."m" WHERE time >= $from AND time <= $to GROUP BY time($step) fill(none)',
    answer: (series) => ({ results: [{ statement_id: 0, series: series.map((rows, i) => ({ name: 'm', tags: { pod: `p${i}` }, columns: ['time', 'mean'], values: rows })) }] }),
  },
  {
    type: 'graphite', query: 'servers.web.latency',
    answer: (series) => series.map((rows, i) => ({ target: `servers.p${i}`, datapoints: rows.map(([t, v]) => [v, t]) })),
  },
];

const from = 1_772_000_100;
const range = { from, to: from + 3600, step: 300, now: from + 90_000 };
const rows: readonly Row[] = [[from, 1], [from + 300, 2], [from + 600, null], [from + 900, 4]];

let server: SourceServer | null = null;
afterEach(() => server?.close());

async function read(vendor: Vendor, reply: (asked: Asked, nth: number) => Reply | null, more: { readonly range?: Partial<SeriesQuery>; readonly timeout?: number } = {}) {
  server = await startSource(reply);
  const source: Source = { name: 'src', type: vendor.type, url: server.url, headers: new Map([['Authorization', 'Bearer ${YARDSTICK_TOKEN}']]) };
  const { provider } = createProvider(source, { env: { YARDSTICK_TOKEN: 'hunter2-token' }, readFile: async () => '', pause: async () => undefined, timeout: more.timeout ?? 5 });
  return provider.readSeries({ query: vendor.query, ...range, ...more.range });
}

async function fault(vendor: Vendor, reply: (asked: Asked, nth: number) => Reply | null, timeout = 5): Promise<Error> {
  return read(vendor, reply, { timeout }).then(() => new Error('read after all'), (error: Error) => error);
}

describe.each(vendors.map((vendor) => [vendor.type, vendor] as const))('%s', (_, vendor) => {
  const good = (asked: Asked): Reply => ({ body: vendor.answer([rows], asked) });

  test('gives the finite points in order, and counts the others', async () => {
    const { points, conditions } = await read(vendor, (asked) => ({ body: vendor.answer([rows.toReversed()], asked) }));
    expect(points).toEqual([[from, 1], [from + 300, 2], [from + 900, 4]]);
    expect(conditions).toContainEqual({ kind: 'dropped', count: 1 });
  });

  test('sends the secret, and only once where nothing fails', async () => {
    await read(vendor, good);
    expect(server?.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer hunter2-token']);
  });

  test.each([['no series', []], ['a series without points', [[]]]])('%s is no data', async (...[, series]) => {
    expect(await read(vendor, (asked) => ({ body: vendor.answer(series, asked) }))).toMatchObject({ points: [], conditions: [{ kind: 'no-data' }] });
  });

  test('several series are refused and named', async () => {
    const { points, conditions } = await read(vendor, (asked) => ({ body: vendor.answer([rows, rows], asked) }));
    expect(points).toEqual([]);
    expect(conditions).toMatchObject([{ kind: 'several-series', count: 2, examples: [expect.stringContaining('p0'), expect.stringContaining('p1')] }]);
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
    ['a log-in page', { body: '<html>Log in</html>' }, SetupError, /not JSON/],
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

  test('silence ends', async () => {
    expect((await fault(vendor, () => null, 0.05)).message).toMatch(/no whole answer in 0.05 s/);
  });

  test.each([{}, [], { data: 7 }, 'null', '7', { results: 'x', series: 'y', status: 'success' }])('an answer of another shape never crashes: %j', async (body) => {
    const result = await read(vendor, () => ({ body })).catch((error: unknown) => error);
    if (result instanceof Error) expect(result).toBeInstanceOf(SetupError);
    else expect(result).toMatchObject({ points: [], conditions: [{ kind: 'no-data' }] });
  });
});

describe('Prometheus', () => {
  const [prometheus] = vendors as readonly [Vendor];

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

  test('counts no point that only repeats an older sample', async () => {
    const even: readonly Row[] = [[from, 1], [from + 600, 1]];
    const { points, conditions } = await read({ ...prometheus, query: 'up{job="x"}' }, ({ body }) => ({ body: prometheus.answer([body.includes('count_over_time') ? even : [[from, 5], [from + 300, 5], [from + 600, 6], [from + 900, 6]]], {} as Asked) }));
    expect(points).toEqual([[from, 5], [from + 600, 6]]);
    expect(conditions).toContainEqual({ kind: 'repeated', count: 2 });
  });
});

test.each(vendors.slice(1).map((vendor) => [vendor.type, vendor] as const))('%s: the newest bucket counts only when it is over', async (_, vendor) => {
  const { points, conditions } = await read(vendor, (asked) => ({ body: vendor.answer([[[from, 1], [from + 300, 2]]], asked) }), { range: { now: from + 400 } });
  expect(points).toEqual([[from, 1]]);
  expect(conditions).toContainEqual({ kind: 'partial-newest', at: from + 300 });
});

test.each(['http://169.254.169.254', 'http://[fe80::1]', 'http://[::ffff:169.254.169.254]', 'http://[fd00:ec2::254]'])('%s is refused before anything is sent', async (url) => {
  const { provider } = createProvider({ name: 'src', type: 'prometheus', url, headers: new Map() }, { env: {}, readFile: async () => '' });
  await expect(provider.readSeries({ query: 'up', ...range })).rejects.toThrow(/cloud’s own services/);
});

test('a secret that is not set is named', () => {
  expect(() => createProvider({ name: 'src', type: 'prometheus', url: '${YARDSTICK_URL}', headers: new Map() }, { env: {}, readFile: async () => '' })).toThrow(/YARDSTICK_URL, which is not set/);
});
