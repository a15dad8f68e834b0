// In the App a repository's own source is never asked: it stands inside the operator's network, and its text is a stranger's.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sourcesFor } from '../../app/sources.ts';
import { compose } from '../../src/compose.ts';
import { completeConfig } from '../../src/config/complete.ts';
import type { Config } from '../../src/model/config.ts';

const REPO = { owner: 'acme', repo: 'infra' };
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.url ?? ''} ${request.headers['x-key'] ?? ''}`);
  response.end('{"status":"success","data":{"resultType":"matrix","result":[]}}');
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

/** What a repository's configuration says. */
function hostile(): Config {
  return completeConfig([{ sources: { prom: { type: 'prometheus', url, headers: { 'x-key': '${YARDSTICK_SECRET}' } } }, metrics: { p95: { source: 'prom', query: 'up' } } }]);
}

async function read(allowed: Config['sources'] | undefined) {
  const { metrics } = compose({
    transport: async () => ({ status: 404, headers: {}, body: {} }), home: null, configPath: '.github/yardstick.yml', unconfigured: 'silent', check: 'check-run', intention: 'apply', onError: 'pass', signingKey: null,
    sources: { env: { YARDSTICK_SECRET: 'hunter2' }, repo: REPO, ...(allowed && { allowed }) },
  });
  const config = hostile();
  const [metric] = (await metrics?.lock([{ name: 'p95', args: [] }], config)) ?? [];
  if (!metric) throw new Error('not locked');
  return metrics?.read([{ ...metric, queries: ['up'] }], config.sources, { from: 0, to: 600, step: 300, now: 600, patienceMs: 5_000 });
}

describe('a source that a repository defines', () => {
  test('is refused where the operator allows none, and no secret leaves', async () => {
    expect(await read(sourcesFor(REPO, new Map()))).toMatchObject([{ kind: 'failed', lasting: 'setup' }]);
    expect(asked).toEqual([]);
  });

  test('is another one where the operator has its own of that name', async () => {
    const own = completeConfig([{ sources: { prom: { type: 'prometheus', url: `${url}/operator` } } }]).sources;
    await read(sourcesFor(REPO, new Map([['acme', own]])));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every((line) => line.startsWith('/operator/') && !line.includes('hunter2'))).toBe(true);
  });

  test('is asked in a workflow, where the base branch is the team’s own', async () => {
    asked.length = 0;
    await read(undefined);
    expect(asked.some((line) => line.endsWith('hunter2'))).toBe(true);
  });
});
