// The tokens of installations: asked for once, over the App's own way, kept while they last.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createConnections } from '../../app/github/connections.ts';
import { createInstallationTokens } from '../../app/github/installation-tokens.ts';
import { createPace } from '../../app/github/pace.ts';
import { SetupError, TransientError } from '../../src/errors.ts';
import type { ApiRequest, ApiResponse } from '../../src/github/transport.ts';

const HOUR = 3_600_000;

function tokens(answer: (nth: number) => ApiResponse) {
  const asked: string[] = [];
  let now = Date.parse('2026-03-02T09:00:00Z');
  const app = async ({ method, path }: ApiRequest): Promise<ApiResponse> => {
    asked.push(`${method} ${path}`);
    return answer(asked.length);
  };
  return { asked, of: createInstallationTokens(app, () => now), pass: (ms: number) => void (now += ms), ends: () => new Date(now + HOUR).toISOString() };
}

test('one is asked for once, however many want it, and again before it ends', async () => {
  const { asked, of, pass, ends } = tokens((nth) => ({ status: 201, headers: {}, body: { token: `ghs_${nth}`, expires_at: ends() } }));
  expect(await Promise.all([of(7), of(7), of(8)])).toEqual(['ghs_1', 'ghs_1', 'ghs_2']);
  pass(HOUR - 3 * 60_000);
  expect(await of(7)).toBe('ghs_1');
  pass(2 * 60_000);
  expect(await of(7)).toBe('ghs_3');
  expect(asked).toEqual(['POST /app/installations/7/access_tokens', 'POST /app/installations/8/access_tokens', 'POST /app/installations/7/access_tokens']);
});

test.each([
  ['gone', 404, 'Not Found', SetupError, 'installation 7 is suspended or gone (404)'],
  ['suspended', 403, 'This installation has been suspended', SetupError, 'installation 7 is suspended or gone (403)'],
  ['refused for the moment', 403, 'You have exceeded a secondary rate limit.', TransientError, 'no token for installation 7 (403: You have exceeded'],
  ['not answered', 502, '', TransientError, 'no token for installation 7 (502: )'],
])('what is %s is not kept', async (_, status, message, kind, text) => {
  const { of, ends } = tokens((nth) => (nth === 1 ? { status, headers: {}, body: { message } } : { status: 201, headers: {}, body: { token: 'ghs_later', expires_at: ends() } }));
  const failed = await of(7).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(kind);
  expect((failed as Error).message).toContain(text);
  expect(await of(7)).toBe('ghs_later');
});

test('they go through the proxy, as everything does', async () => {
  const seen: string[] = [];
  const proxy = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ token: 'ghs_x', expires_at: new Date(Date.now() + HOUR).toISOString() }));
  });
  await new Promise<void>((ready) => void proxy.listen(0, '127.0.0.1', ready));
  const before = { ...process.env };
  Object.assign(process.env, { HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, NO_PROXY: '', no_proxy: '' });
  try {
    const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
    const { of, close } = createConnections({ appId: '1', privateKey, apiUrl: 'http://github.example/api/v3' }, createPace());
    await of(7)({ method: 'GET', path: '/repos/acme/shop' });
    await close();
  } finally {
    process.env = before;
    proxy.close();
  }
  expect(seen).toEqual(['POST http://github.example/api/v3/app/installations/7/access_tokens', 'GET http://github.example/api/v3/repos/acme/shop']);
});
