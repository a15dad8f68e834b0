// The transport against a real server: retries, limits, redirects, time-outs, and where the token goes.
import { afterEach, describe, expect, it } from 'vitest';
import { SetupError, TransientError } from '../../src/errors.ts';
import { expectOk } from '../../src/github/answers.ts';
import { createTransport } from '../../src/github/http.ts';
import type { TransportOptions } from '../../src/github/http.ts';
import { startServer } from './fake-server.ts';
import type { Asked, FakeServer, Reply } from './fake-server.ts';

const open: FakeServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(reply: (asked: Asked, before: number) => Reply): Promise<FakeServer> {
  const server = await startServer(reply);
  open.push(server);
  return server;
}

function connect(server: FakeServer, options: Partial<TransportOptions> = {}) {
  const pauses: number[] = [];
  const transport = createTransport({ apiUrl: server.url, token: 't0ken', pause: async (seconds) => void pauses.push(seconds), ...options });
  return { transport, pauses };
}

const GET = { method: 'GET', path: '/repos/acme/shop' } as const;
const POST = { method: 'POST', path: '/repos/acme/shop/issues/1/comments', body: { body: 'hello' } } as const;

describe('what is sent', () => {
  it('sends token, query and JSON', async () => {
    const server = await serve(() => ({ body: { ok: 1 } }));
    const { transport } = connect(server);
    await transport({ ...GET, query: { per_page: 100, q: 'a b&c' } });
    await transport(POST);
    expect(server.asked[0]).toMatchObject({ method: 'GET', url: '/repos/acme/shop?per_page=100&q=a+b%26c' });
    expect(server.asked[0]?.headers).toMatchObject({ authorization: 'Bearer t0ken', accept: 'application/vnd.github+json', 'user-agent': 'yardstick' });
    expect(server.asked[1]?.body).toEqual({ body: 'hello' });
  });

  it.each([
    ['', '/graphql'],
    ['/api/v3', '/api/graphql'],
    ['/api/v3/', '/api/graphql'],
  ])('finds GraphQL beside %j', async (root, expected) => {
    const server = await serve(() => ({}));
    const { transport } = connect(server, { apiUrl: server.url + root });
    await transport({ method: 'POST', path: '/graphql', body: {} });
    expect(server.asked[0]?.url).toBe(expected);
  });

  it('keeps one connection for requests that follow each other, and trusts none that was idle for long', async () => {
    const server = await serve(() => ({}));
    const { transport } = connect(server);
    for (const idleMs of [0, 0, 2100]) {
      await new Promise((done) => setTimeout(done, idleMs));
      await transport(POST);
    }
    const [first, second, third] = server.asked.map(({ port }) => port);
    expect([second === first, third === first]).toEqual([true, false]);
  });
});

describe('faults', () => {
  it.each<[string, (before: number) => Reply, number]>([
    ['a 502 that passes', (before) => (before === 0 ? { status: 502, body: '<html>' } : { body: { ok: 1 } }), 2],
    ['a broken connection that passes', (before) => (before === 0 ? { hangUp: true } : { body: { ok: 1 } }), 2],
    ['a short limit', (before) => (before === 0 ? { status: 429, headers: { 'retry-after': '2' } } : { body: { ok: 1 } }), 2],
  ])('tries a read again after %s', async (_, reply, requests) => {
    const server = await serve((_asked, before) => reply(before));
    const { transport } = connect(server);
    expect((await transport(GET)).body).toEqual({ ok: 1 });
    expect(server.asked).toHaveLength(requests);
  });

  it('gives up after two more tries, with a TransientError', async () => {
    const server = await serve(() => ({ status: 502, body: '<html>' }));
    const { transport, pauses } = connect(server);
    const response = await transport(GET);
    expect(() => expectOk(response, 'the repository')).toThrow(TransientError);
    expect(() => expectOk(response, 'the repository')).toThrow('GitHub answered 502 for the repository');
    expect([server.asked.length, pauses.length]).toEqual([3, 2]);
  });

  it.each<[string, Reply]>([
    ['a 502', { status: 502 }],
    ['a broken connection', { hangUp: true }],
  ])('never repeats a write after %s: it may have been done', async (_, reply) => {
    const server = await serve(() => reply);
    const { transport } = connect(server);
    await transport(POST).catch(() => undefined);
    expect(server.asked).toHaveLength(1);
  });

  it('repeats a write that a short limit refused: it was not done', async () => {
    const server = await serve((_asked, before) => (before === 0 ? { status: 403, headers: { 'retry-after': '1' } } : { status: 201 }));
    const { transport } = connect(server);
    expect((await transport(POST)).status).toBe(201);
  });

  it('waits out a secondary limit that names no pause, and says so', async () => {
    const server = await serve((_asked, before) => (before < 2 ? { status: 403, body: { message: 'You have exceeded a secondary rate limit' } } : { status: 201 }));
    const told: number[] = [];
    const { transport, pauses } = connect(server, { patience: 180, onLimit: (seconds) => void told.push(seconds) });
    expect((await transport(POST)).status).toBe(201);
    expect([pauses, told]).toEqual([[60, 120], [60, 120]]);
  });

  it('turns silence into a TransientError', async () => {
    const server = await serve(() => ({ silent: true }));
    const { transport } = connect(server, { timeout: 0.05 });
    await expect(transport(POST)).rejects.toThrow(/no answer from 127\.0\.0\.1:\d+ for 0\.05 s/);
  });

  it('turns an unreachable server into a TransientError', async () => {
    const server = await startServer(() => ({}));
    await server.close();
    await expect(connect(server).transport(GET)).rejects.toThrow(TransientError);
  });
});

describe('refusals', () => {
  const soon = String(Math.ceil(Date.now() / 1000) + 1800);
  it.each<[string, Reply, typeof SetupError | typeof TransientError, string]>([
    ['bad token', { status: 401, body: { message: 'Bad credentials' } }, SetupError, 'GitHub refuses the token (401: Bad credentials)'],
    ['missing permission', { status: 403, headers: { 'x-accepted-github-permissions': 'pull_requests=write; issues=write' }, body: { message: 'Resource not accessible by integration' } }, SetupError, 'GitHub does not permit the thing (403: Resource not accessible by integration)'],
    ['not found', { status: 404, body: { message: 'Not Found' } }, SetupError, 'GitHub does not find the thing (404)'],
    ['rejected', { status: 422, body: { message: 'Validation Failed' } }, SetupError, 'GitHub rejects the thing (422: Validation Failed)'],
    ['primary limit', { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': soon }, body: { message: 'API rate limit exceeded' } }, TransientError, "GitHub's rate limit is used up (403)"],
    ['secondary limit', { status: 403, body: { message: 'You have exceeded a secondary rate limit' } }, TransientError, 'it opens again in 60 s'],
    ['told to wait', { status: 429, headers: { 'retry-after': '120' } }, TransientError, 'it opens again in 120 s'],
  ])('%s', async (_, reply, kind, text) => {
    const server = await serve(() => reply);
    const response = await connect(server).transport(GET);
    expect(() => expectOk(response, 'the thing')).toThrow(kind);
    expect(() => expectOk(response, 'the thing')).toThrow(text);
    expect(server.asked).toHaveLength(1);
  });

  it('names the permission as a workflow writes it', async () => {
    const server = await serve(() => ({ status: 403, headers: { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' } }));
    const response = await connect(server).transport(GET);
    expect(() => expectOk(response, 'x')).toThrow(expect.objectContaining({ remedy: 'Give the token the permission `pull-requests: write`: in a workflow under `permissions:`.' }));
  });

  it('refuses an answer without end', async () => {
    const server = await serve(() => ({ body: 'x'.repeat(33 * 1024 * 1024) }));
    await expect(connect(server).transport(GET)).rejects.toThrow("GitHub's answer is over 32 MiB");
  });
});

describe('redirects', () => {
  it('follows a renamed repository, keeping method and body', async () => {
    const server = await serve(({ url }) => (url.startsWith('/repositories/') ? { status: 201 } : { status: 307, headers: { location: '/repositories/1/issues/1/comments' } }));
    expect((await connect(server).transport(POST)).status).toBe(201);
    expect(server.asked[1]).toMatchObject({ method: 'POST', url: '/repositories/1/issues/1/comments', body: { body: 'hello' } });
  });

  it('takes an archive from another host without the token', async () => {
    const storage = await serve(() => ({ body: new Uint8Array([1, 2, 3]) }));
    const server = await serve(() => ({ status: 302, headers: { location: `${storage.url}/blob?sig=x` } }));
    const { body } = await connect(server).transport({ ...GET, expects: 'bytes' });
    expect(body).toEqual(new Uint8Array([1, 2, 3]));
    expect(storage.asked[0]?.headers.authorization).toBeUndefined();
  });

  it('follows nothing else to another host, and no circle', async () => {
    const other = await serve(() => ({}));
    const away = await serve(() => ({ status: 302, headers: { location: `${other.url}/x` } }));
    const circle = await serve(({ url }) => ({ status: 301, headers: { location: url } }));
    expect((await connect(away).transport(GET)).status).toBe(302);
    expect((await connect(circle).transport(GET)).status).toBe(301);
    expect([other.asked.length, circle.asked.length]).toEqual([0, 4]);
  });
});
