// Against a real Graphite: carbon-cache takes the series in, graphite-web gives it out, and the provider reads every point of it.
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProvider } from '../../src/metrics/registry.ts';
import type { Series } from '../../src/ports/metrics.ts';
import { freePort, installed, openWorkshop, until } from './real-server.ts';
import { sourceAt } from './vendors.ts';

/** Debian's own, which has Graphite's modules, whatever else is called python3. */
const PYTHON = '/usr/bin/python3';
const present = installed('Graphite', [['carbon-cache', '--help'], [PYTHON, '-c', 'import graphite, whisper, django']], 'graphite-carbon graphite-web');

/** It keeps by age, so that the series has to end about now. */
const end = Math.floor(Date.now() / 300_000) * 300 - 600;
const begin = end - 7 * 86_400;
const times = Array.from({ length: (end - begin) / 300 }, (_, i) => begin + i * 300).filter((time) => time < end - 20_000 || time >= end - 9200);
const value = (time: number): number => 100 + Math.round(50 * Math.sin(time / 13_751));

describe.skipIf(!present)('a real Graphite', () => {
  const workshop = openWorkshop('graphite');
  let url = '';

  beforeAll(async () => {
    await takeIn();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    writeFileSync(join(workshop.folder, 'desk_settings.py'), `SECRET_KEY = 'of a test'
ALLOWED_HOSTS = ['*']
TIME_ZONE = 'UTC'
STORAGE_DIR = CONF_DIR = WHISPER_DIR = '${workshop.folder}'
WHISPER_DIR = '${workshop.folder}/whisper'
LOG_DIR = '${workshop.folder}'
LOG_ROTATION = False
INDEX_FILE = '${workshop.folder}/index'
CARBONLINK_HOSTS = []
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': '${workshop.folder}/graphite.db'}}
`);
    const serve = "import sys; from wsgiref.simple_server import make_server; from graphite.wsgi import application; make_server('127.0.0.1', int(sys.argv[1]), application).serve_forever()";
    workshop.start(PYTHON, ['-c', serve, String(port)], { env: { ...process.env, PYTHONPATH: workshop.folder, GRAPHITE_SETTINGS_MODULE: 'desk_settings' } });
    await until('Graphite has the whole series', async () => (await Promise.all([read('web.orders.p95'), read('web.search.p95')])).every(({ points }) => points.length === times.length));
  });
  afterAll(workshop.close);

  async function takeIn(): Promise<void> {
    const { folder } = workshop;
    const [line, pickle, link] = [await freePort(), await freePort(), await freePort()];
    mkdirSync(join(folder, 'whisper'));
    writeFileSync(join(folder, 'storage-schemas.conf'), '[all]\npattern = .*\nretentions = 5m:60d\n');
    writeFileSync(join(folder, 'storage-aggregation.conf'), '[all]\npattern = .*\nxFilesFactor = 0\naggregationMethod = average\n');
    writeFileSync(join(folder, 'carbon.conf'), `[cache]
STORAGE_DIR = ${folder}
LOCAL_DATA_DIR = ${folder}/whisper
CONF_DIR = ${folder}
LOG_DIR = ${folder}
PID_DIR = ${folder}
USER =
MAX_UPDATES_PER_SECOND = inf
MAX_CREATES_PER_MINUTE = inf
LINE_RECEIVER_INTERFACE = 127.0.0.1
LINE_RECEIVER_PORT = ${line}
PICKLE_RECEIVER_INTERFACE = 127.0.0.1
PICKLE_RECEIVER_PORT = ${pickle}
CACHE_QUERY_INTERFACE = 127.0.0.1
CACHE_QUERY_PORT = ${link}
CARBON_METRIC_INTERVAL = 0
`);
    workshop.start('carbon-cache', ['--config', join(folder, 'carbon.conf'), '--nodaemon', '--pidfile', join(folder, 'carbon.pid'), 'start'], { cwd: folder, env: { ...process.env, GRAPHITE_ROOT: folder } });
    const lines = times.flatMap((time) => ['orders', 'search'].map((service, i) => `web.${service}.p95 ${value(time) + i} ${time}\n`)).join('');
    await until('carbon takes the series in', async () => {
      const socket = connect(line, '127.0.0.1');
      await once(socket, 'connect');
      socket.end(lines);
      await once(socket.resume(), 'close');
      return true;
    });
  }

  const read = (query: string, step = 300): Promise<Series> => createProvider(sourceAt(url, { type: 'graphite', headers: new Map() }), { env: {}, readFile: async () => '' })
    .readSeries({ query, from: begin, to: end, step, now: end + 600 });

  test('every point, and the hole as a hole', async () => {
    const { points, step, conditions } = await read('web.orders.p95');
    expect(step).toBe(300);
    expect(points).toEqual(times.map((time) => [time, value(time)]));
    expect(conditions).toEqual([{ kind: 'dropped', count: (end - begin) / 300 + 1 - times.length }]);
  });

  test('it chooses the step itself, and that is said', async () => {
    const { points, conditions } = await read('scale(web.orders.p95, 10)', 60);
    expect(points).toEqual(times.map((time) => [time, 10 * value(time)]));
    expect(conditions).toContainEqual({ kind: 'coarser-step', step: 300 });
  });

  test.each([['several series', 'web.*.p95', 'several-series'], ['no data', 'web.nothing', 'no-data']])('%s', async (...[, query, kind]) => {
    expect(await read(query)).toMatchObject({ points: [], conditions: [{ kind }] });
  });

  test('what it refuses is told', async () => {
    await expect(read('noSuchFunction(web.orders.p95)')).rejects.toThrow(/refuses the query|in trouble/);
  });
});
