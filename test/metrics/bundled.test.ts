// The libraries that are loaded late work inside the command's bundle too: signing, JMESPath, PostgreSQL's protocol.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cliBuild } from '../../cli/build-options.ts';
import { startSource, type SourceServer } from './source-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'yardstick-bundled-'));
const bundle = join(folder, 'yardstick.mjs');
let server: SourceServer;

beforeAll(async () => {
  server = await startSource(({ url }) => ({ body: url.pathname === '/series' ? { rows: [{ at: 1_772_000_100, v: 7 }] } : { MetricDataResults: [{ Id: 'm', Label: 'x', StatusCode: 'Complete', Timestamps: [1_772_000_100], Values: [7] }] } }));
  await build({ ...cliBuild, outfile: bundle });
  writeFileSync(join(folder, 'yardstick.yml'), `sources:
  any: { type: http, url: '${server.url}' }
  aws: { type: cloudwatch, region: eu-west-1, url: '${server.url}' }
  sql: { type: postgresql, url: 'postgres://x:\${YARDSTICK_PASSWORD}@127.0.0.1:9/z?sslmode=disable' }
metrics:
  json: { source: any, query: "/series?from=$from\\nrows[].[at, v]" }
  cloud: { source: aws, query: '{"Namespace": "N", "MetricName": "M"}' }
  rows: { source: sql, query: 'SELECT at, v FROM t WHERE at BETWEEN $1 AND $2' }
`);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (metric: string): Promise<{ stdout: string; stderr: string }> => promisify(execFile)(process.execPath, [bundle, 'query', metric, '--config', 'yardstick.yml', '--from', '2026-02-25', '--to', '2026-02-26'], { cwd: folder, env: { ...process.env, AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'B', YARDSTICK_PASSWORD: 'secret' } })
  .catch((error: unknown) => error as { stdout: string; stderr: string });

test.each([['json', '2026-02-25T06:15:00Z  7'], ['cloud', '2026-02-25T06:15:00Z  7'], ['rows', 'could not be reached (ECONNREFUSED)']])('%s', async (...[metric, said]) => {
  const { stdout, stderr } = await run(metric);
  expect(stdout + stderr).toContain(said);
});
