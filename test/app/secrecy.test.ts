// No secret leaves the process: not by a line of the log, not by /metrics, not by an answer, whatever fails around it.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRedaction, secretsOf } from '../../app/redaction.ts';
import { parseSettings } from '../../app/settings.ts';
import { openOrganisation, openPull } from '../../sandbox/seed/organisation.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { CALENDAR, REFUTED } from '../../sandbox/life/shop.ts';
import { environmentOf } from './app-process.ts';
import { openShop } from './bookkeeping.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { removeFolder, send, SECRET, settingsFor, until } from './running-app.ts';
import { spawnApp } from './spawned.ts';

const CLOCK = join(import.meta.dirname, '../../sandbox/clock.ts');
const SOURCE_TOKEN = 'a-token-of-the-source';
const SIGNING_KEY = 'a-key-that-signs-records';
const OLD_SECRET = 'a-secret-that-is-replaced';
const COLLECTOR_KEY = 'a-key-of+the-collector';
const PASSWORD = 'pass%40word-of-the-database';

/** A source that fails, and says all it was asked with. */
const source = createServer((request, response) => {
  asked += 1;
  response.writeHead(400).end(`bad query at ${request.url} with ${JSON.stringify(request.headers)}`);
});
let asked = 0;
let github: GitHub;
let postgres: Postgres | null = null;
beforeAll(async () => {
  await new Promise<void>((ready) => source.listen(0, '127.0.0.1', ready));
  github = await openOrganisation();
  postgres = HAS_POSTGRES ? await startPostgres() : null;
}, 180_000);
afterAll(async () => {
  source.close();
  await postgres?.stop();
  await github.close();
});

/** Every secret in the forms that a text may hold it in. */
function secretsIn(text: string): readonly string[] {
  const secrets = [SECRET, OLD_SECRET, SOURCE_TOKEN, COLLECTOR_KEY, SIGNING_KEY, PASSWORD, decodeURIComponent(PASSWORD), ...github.upstream.privateKey.split('\n').filter((line) => line.length > 40 && !line.startsWith('---'))];
  return [...secrets.filter((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret))), ...(/\bgh[pousr]_\w{16,}|\beyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(text) ?? [])];
}

test('of an App that works and fails in every way at once', async () => {
  const shop = await openShop(github, 'shop');
  const base = settingsFor(github, postgres ? (await postgres.database()).replace('postgres@', `postgres:${PASSWORD}@`) : null);
  writeFileSync(join(base.dataFolder, 'sources.yml'), `allow:\n  - repositories: [${shop.repository}]\n    sources:\n      ops: { type: prometheus, queries: repository, url: 'http://127.0.0.1:${(source.address() as AddressInfo).port}/\${YARDSTICK_OPS}', headers: { authorization: 'Bearer \${YARDSTICK_OPS}' } }\n`);
  const env = { ...environmentOf(base), LOG_LEVEL: 'debug', WEBHOOK_SECRET_OLD: OLD_SECRET, OTEL_EXPORTER_OTLP_HEADERS: `x-team=gate,authorization=Bearer%20${encodeURIComponent(COLLECTOR_KEY)}`, YARDSTICK_SIGNING_KEY: SIGNING_KEY, YARDSTICK_OPS: SOURCE_TOKEN, YARDSTICK_SOURCES: join(base.dataFolder, 'sources.yml') };
  let said = '';
  const live = async (at: string): Promise<{ readonly url: string; readonly end: () => Promise<void> }> => {
    const app = spawnApp({ ...env, SANDBOX_NOW: at }, { node: ['--import', CLOCK], cwd: base.dataFolder });
    const url = (await app.listening()) ?? '';
    github.store.hooks.set(YARDSTICK_APP, { url: `${url}/api/github/webhooks`, secret: SECRET });
    return { url, end: async () => {
      said += `${await (await fetch(`${url}/metrics`)).text()}${await (await fetch(`${url}/readyz`)).text()}\n`;
      app.signal('SIGTERM');
      await app.ended;
      said += app.said();
    } };
  };

  const opened = await live(CALENDAR.opened);
  // What GitHub itself says may hold whatever it was sent.
  const echo = `bad credentials: ${SOURCE_TOKEN} ${OLD_SECRET} ${COLLECTOR_KEY} Bearer ghs_0123456789abcdefghijABCDEFGHIJ456789, https://x-access-token:ghs_0123456789abcdefghijABCDEFGHIJ456789@github.example/x`;
  github.faults.set({ on: /^POST \/graphql/, status: 401, message: echo, times: 2 }, { on: /^POST .*\/access_tokens/, status: 500, message: echo, times: 1 }, { on: /^POST .*\/check-runs/, status: 422, message: echo, times: 1 });
  const number = await openPull(github, shop.repository, REFUTED.pull);
  expect(await shop.labelled(number, 'hypothesis: linked')).toBe(true);
  expect(await send(opened.url, { event: 'pull_request', payload: { token: 'x' }, secret: 'another secret' })).toBe(401);
  expect(await send(opened.url, { event: 'pull_request', payload: `{"action":"opened" ${SECRET}` })).toBe(202);
  expect(await send(opened.url, { event: 'ping', payload: {}, secret: OLD_SECRET })).toBe(202);
  said += `${await (await fetch(`${opened.url}/nothing?token=${SOURCE_TOKEN}`)).text()}\n`;
  await opened.end();

  const deployed = await live(CALENDAR.deployed);
  await shop.merge(number);
  expect(await shop.labelled(number, 'outcome: pending')).toBe(true);
  await shop.deploy();
  await until(async () => (await (await fetch(`${deployed.url}/metrics`)).text()).includes('yardstick_bets{stage="measuring"} 1\n'), Boolean, 60_000);
  await deployed.end();

  const later = await live(CALENDAR.later);
  await until(async () => asked, (count) => count > 1, 60_000);
  await new Promise((resolve) => void setTimeout(resolve, 1000));
  await later.end();

  expect(asked).toBeGreaterThan(0);
  const lines = said.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
  // What the test is about has happened: turns that went well and that failed, and a webhook that was refused.
  expect([...new Set(lines.map(({ msg }) => msg))]).toEqual(expect.arrayContaining(['listening', 'turn', 'turn failed, tried again', 'the signature does not fit']));
  expect(said).toContain('[secret]');
  expect(secretsIn(said)).toEqual([]);
  // From the door to the turn a delivery is called by GitHub's id.
  expect(lines.filter(({ msg, look }) => msg === 'turn' && look === undefined).every(({ delivery, deliveries }) => typeof delivery === 'string' || deliveries === 0)).toBe(true);
  removeFolder(base);
}, 240_000);

describe('the last net', () => {
  test('finds a secret where a line is cut, too', () => {
    const script = `const { briefly, createLog } = await import(${JSON.stringify(join(import.meta.dirname, '../../app/log.ts'))});
      createLog('info', (text) => text.replaceAll('hunter2-hunter2', '[secret]')).error({ err: briefly(new Error('x'.repeat(280) + 'hunter2-hunter2')), stack: 'y'.repeat(1490) + 'hunter2-hunter2' }, 'failed');`;
    expect(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })).not.toContain('hunter');
  });

  const redact = createRedaction(['s3cret "with" quotes\n', 'short', 'per%cent & more']);
  test.each<[string, string]>([
    [JSON.stringify({ err: 's3cret "with" quotes\n' }), '{"err":"[secret]"}'],
    ['https://x/?q=per%25cent%20%26%20more', 'https://x/?q=[secret]'],
    ['postgres://app:pw@host/db', 'postgres://[secret]host/db'],
    ['Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiI3In0xyz.c2lnbmF0dXJlLQ', 'Bearer [secret]'],
    ['token ghs_16C7e42F292c6912E7710c838347Ae178B4a.', 'token [secret]'],
    ['cut short, at https://host/a@b', 'cut short, at https://host/a@b'],
  ])('of %s', (text, shown) => {
    expect(redact(text)).toBe(shown);
  });

  test('knows what sources and the collector of traces are given', () => {
    const inline = "allow: [{ repositories: [acme], sources: { prom: { type: prometheus, url: 'http://prom/${YARDSTICK_PATH_KEY}', headers: { authorization: 'Bearer ${YARDSTICK_PROM}' } } } }]";
    const env = {
      APP_ID: '7', PRIVATE_KEY: github.upstream.privateKey, WEBHOOK_SECRET: SECRET, WEBHOOK_SECRET_OLD: OLD_SECRET, YARDSTICK_SOURCES_INLINE: inline, YARDSTICK_PROM: SOURCE_TOKEN, YARDSTICK_PATH_KEY: 'a-key-in-a-path',
      OTEL_EXPORTER_OTLP_HEADERS: `x-team=gate,authorization=Bearer%20${encodeURIComponent(COLLECTOR_KEY)}`, OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-key=a-key-for-traces',
    };
    const told = createRedaction(secretsOf(parseSettings(env)));
    for (const secret of [SECRET, OLD_SECRET, SOURCE_TOKEN, 'a-key-in-a-path', COLLECTOR_KEY, 'a-key-for-traces']) expect(told(`bad key ${secret} given`)).toBe('bad key [secret] given');
  });

  test('is fast on hostile text', () => {
    const began = performance.now();
    for (const text of ['://', 'eyJ', 'ghs_', 'eyJaaaaaaaaa.', 'a@']) redact(text.repeat(65_536 / text.length));
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
