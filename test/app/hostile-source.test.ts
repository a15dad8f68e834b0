// In the App a repository's own source is never asked: it stands inside the operator's network, and its text is a stranger's. Nor is its query, unless the operator lets it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { offerFor, readOffers } from '../../app/offers.ts';
import { compose } from '../../src/compose.ts';
import type { FailedReading } from '../../src/compose.ts';
import { admit } from '../../src/config/admit.ts';
import { completeConfig } from '../../src/config/complete.ts';
import type { Config, Offer } from '../../src/model/config.ts';

const REPO = { owner: 'acme', repo: 'infra' };
const asked: string[] = [];
const failed: FailedReading[] = [];
let answer = '{"status":"success","data":{"resultType":"matrix","result":[]}}';
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    asked.push(`${request.url ?? ''} ${request.headers['x-key'] ?? ''} ${new URLSearchParams(body).get('query') ?? ''}`);
    response.writeHead(answer === '' ? 403 : 200).end(answer);
  });
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => void [asked, failed].map((each) => each.splice(0)));
afterAll(() => new Promise((closed) => server.close(closed)));

/** What a repository's configuration says. */
function hostile(): Config {
  return completeConfig([{ sources: { prom: { type: 'prometheus', url, headers: { 'x-key': '${YARDSTICK_SECRET}' } } }, metrics: { p95: { source: 'prom', query: 'secrets' } } }]);
}

function offered(...allow: readonly object[]): Offer {
  const problems: string[] = [];
  const offer = offerFor(REPO, readOffers(JSON.stringify({ allow }), 'sources.yml', { env: {}, problems }));
  expect(problems).toEqual([]);
  return offer;
}

/** Reads `p95` through the door. `locked`: as an older record has it, whatever the catalogue says now. */
async function read(offer: Offer | null, { locked = false } = {}) {
  const { metrics } = compose({
    transport: async () => ({ status: 404, headers: {}, body: {} }), home: null, configPath: '.github/yardstick.yml', unconfigured: 'silent', offer, check: 'check-run', intention: 'apply', onError: 'pass', signingKey: null,
    sources: { env: { YARDSTICK_SECRET: 'hunter2' }, repo: REPO, onFailed: (each) => failed.push(each) },
  });
  const config = hostile();
  const [metric] = (await metrics?.lock([{ name: 'p95', args: [] }], config)) ?? [];
  if (!metric) throw new Error('not locked');
  return metrics?.read([locked ? { ...metric, source: 'prom', queries: ['secrets'] } : metric], config.sources, { from: 0, to: 600, step: 300, now: 600, patienceMs: 5_000 });
}

describe('a source that a repository defines', () => {
  test.each([[false], [true]])('is refused where the operator allows none, and no secret leaves (from a record: %s)', async (locked) => {
    expect(await read(offered(), { locked })).toMatchObject([{ kind: 'failed', lasting: 'setup', message: expect.stringMatching(/operator/) }]);
    expect(await read(offered({ repositories: ['mallory', 'acme/other', '!acme/infra'], sources: { prom: { type: 'prometheus', url } } }), { locked })).toMatchObject([{ kind: 'failed', lasting: 'setup' }]);
    expect(asked).toEqual([]);
  });

  test('is another one where the operator has its own of that name', async () => {
    await read(offered({ repositories: ['acme'], sources: { prom: { type: 'prometheus', url: `${url}/operator`, queries: 'repository' } } }));
    expect(asked).toEqual(['/operator/api/v1/query_range  secrets']);
  });

  test('is asked in a workflow, where the base branch is the team’s own', async () => {
    await read(null);
    expect(asked.some((line) => line.includes('hunter2'))).toBe(true);
  });
});

describe('a query that a repository writes', () => {
  test.each([[false], [true]])('is refused unless the operator lets it (from a record: %s)', async (locked) => {
    expect(await read(offered({ repositories: ['acme'], sources: { prom: { type: 'prometheus', url } } }), { locked })).toMatchObject([{ kind: 'failed', lasting: 'setup' }]);
    expect(asked).toEqual([]);
  });

  test('gives way to the operator’s of the same name', async () => {
    await read(offered({ repositories: ['acme/*'], sources: { prom: { type: 'prometheus', url } }, metrics: { p95: { source: 'prom', query: 'fine' } } }));
    expect(asked.map((line) => line.split(' ').at(-1))).toEqual(['fine']);
  });

  test('fails where its source refuses: that is told as a failure, what is not offered is not', async () => {
    const offer = offered({ repositories: ['acme'], sources: { prom: { type: 'prometheus', url, queries: 'repository' } } });
    answer = '';
    expect(await read(offer)).toMatchObject([{ kind: 'failed', lasting: 'setup' }]);
    expect(failed).toEqual([{ type: 'prometheus', lasting: 'setup' }]);
    await read(offered(), { locked: true });
    expect(failed).toHaveLength(1);
  });

  test('is never SQL, although an offer says so', async () => {
    const offer: Offer = { sources: completeConfig([{ sources: { prom: { type: 'postgresql', url: url.replace('http', 'postgres') } } }]).sources, metrics: new Map(), open: new Set(['prom']) };
    expect(await read(offer)).toMatchObject([{ kind: 'failed', lasting: 'setup' }]);
    expect(await read(offer, { locked: true })).toMatchObject([{ kind: 'failed', lasting: 'setup', message: expect.stringMatching(/operator alone writes queries/) }]);
    expect(asked).toEqual([]);
  });

  test('stays a name with its unit, and why it is withheld is known', () => {
    const config = admit(hostile(), offered({ repositories: ['*'], sources: { other: { type: 'prometheus', url } }, metrics: { cpu: { source: 'other', query: 'cpu' } } }));
    expect([...config.metrics.keys()]).toEqual(['p95', 'cpu']);
    expect(config.metrics.get('p95')).toMatchObject({ source: null, query: null });
    expect(config.withheld).toEqual(new Map([['p95', { source: 'prom', why: 'source' }]]));
    expect([...config.sources.keys()]).toEqual(['other']);
  });
});
