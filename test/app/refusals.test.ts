// What is not GitHub's, not new, too large or not permitted: refused, logged and harmless, through the real App.
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import examples from '@octokit/webhooks-examples';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp } from '../../app/app.ts';
import type { App } from '../../app/app.ts';
import { openDesk } from '../../app/desk/desk.ts';
import type { Settings } from '../../app/settings.ts';
import { pullPayload } from '../../sandbox/event.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { installationOf, personToken } from '../../sandbox/github/upstream.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { API, useStage } from '../e2e/stage.ts';
import { withStore } from './bookkeeping.ts';
import { checksOf, removeFolder, SECRET, send, settingsFor, until } from './running-app.ts';

const stage = useStage();
const lines: Record<string, unknown>[] = [];
let settings: Settings;
let app: App;

beforeAll(async () => {
  settings = settingsFor(stage.github(), null);
  const log = pino({ level: 'info' }, new Writable({ write: (line: Buffer, _, done) => (lines.push(JSON.parse(line.toString()) as Record<string, unknown>), done()) }));
  app = await startApp(settings, log, openDesk);
  stage.github().store.hooks.set(YARDSTICK_APP, { url: `${app.url}/api/github/webhooks`, secret: SECRET });
}, 120_000);
afterAll(async () => {
  await app?.stop();
  removeFolder(settings);
});

interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  readonly body: string;
}

let opened = 0;
/** A pull request that was told that it needs a hypothesis. */
async function unsaid(): Promise<number> {
  opened += 1;
  const number = await stage.open({ title: `Scale orders, refused ${opened}` });
  await until(() => comments(number), (found) => found.length > 0);
  await quiet();
  return number;
}

const comments = (number: number) => stage.github().call<readonly Comment[]>('GET', `${API}/issues/${number}/comments`);
const labels = async (number: number) => (await stage.github().call<readonly { readonly name: string }[]>('GET', `${API}/issues/${number}/labels`)).map(({ name }) => name);
const payload = async (number: number) => ({ ...(await pullPayload(stage.github(), REPOSITORY, { number, action: 'synchronize' })), installation: { id: installationOf(YARDSTICK_APP) } });
const logged = (delivery: string) => lines.filter((line) => line['delivery'] === delivery);
/** Everything that is seen of it. */
const see = async (number: number) => ({ comments: (await comments(number)).map(({ user, body }) => [user.login, body]), labels: await labels(number), checks: (await checksOf(stage.github(), number)).map(({ id, conclusion }) => [id, conclusion]) });

/** Nothing waits, and nothing new comes. */
async function quiet(): Promise<void> {
  for (let told = -1; told !== stage.github().store.deliveries.length; ) {
    told = stage.github().store.deliveries.length;
    await new Promise((resolve) => void setTimeout(resolve, 1200));
    await until(async () => (await (await fetch(`${app.url}/metrics`)).text()).includes('yardstick_queue_depth 0\n'), Boolean);
  }
}

test('what another secret signed', async () => {
  const number = await unsaid();
  const before = await see(number);
  const id = randomUUID();
  expect(await send(app.url, { event: 'pull_request', payload: await payload(number), id, secret: 'guessed' })).toBe(401);
  await quiet();
  expect(logged(id)).toMatchObject([{ outcome: 'forged' }]);
  expect(await see(number)).toEqual(before);
});

test('an old delivery again, by its id or by another', async () => {
  const number = await unsaid();
  const before = await see(number);
  const body = JSON.stringify(await payload(number));
  const id = randomUUID();
  for (const each of [id, id, id, randomUUID(), randomUUID()]) expect(await send(app.url, { event: 'pull_request', payload: body, id: each })).toBe(202);
  await quiet();
  expect(await see(number)).toEqual(before);
});

test.each([
  ['too large', 'content-length: 26214401', '413', 'oversized'],
  ['of no length', 'transfer-encoding: chunked', '411', 'refused'],
])('a body %s, before it has come', async (_, head, status, outcome) => {
  const id = randomUUID();
  const { hostname, port } = new URL(app.url);
  const first = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(`POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\nx-github-event: push\r\nx-github-delivery: ${id}\r\nx-hub-signature-256: sha256=${'0'.repeat(64)}\r\n${head}\r\n\r\n`));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().split('\r\n', 1)[0] ?? '');
    });
  });
  expect(first).toContain(status);
  expect(logged(id)).toMatchObject([{ outcome }]);
});

test.each(['waive I may do that', 'waive'])('a command by somebody who only reads: %s', async (command) => {
  const number = await unsaid();
  const before = await see(number);
  await stage.github().call('POST', `${API}/issues/${number}/comments`, { token: personToken('eve'), body: { body: `/yardstick ${command}` } });
  await quiet();
  const after = await see(number);
  expect(after.labels).toEqual(before.labels);
  expect(after.checks).toEqual([[expect.any(Number), 'failure']]);
  expect(after.comments.filter(([by]) => by === 'eve')).toHaveLength(1);
  // The answer is in the one comment that stands there already.
  expect(after.comments.filter(([by]) => by === 'yardstick[bot]')).toHaveLength(1);
  const trail = await auditOf(number);
  expect(trail.some(({ actor }) => actor?.split(', ').includes('eve'))).toBe(true);
});

test("somebody's edit of the App's comment, and its deletion", async () => {
  const number = await unsaid();
  const [own] = await comments(number);
  await stage.github().call('PATCH', `${API}/issues/comments/${own?.id}`, { token: personToken('ana'), body: { body: own?.body.replace('"waived":{}', '"waived":{"1":["rule=diff"]}').replace('needs a hypothesis', 'may merge as it is') } });
  await stage.github().call('POST', `${API}/issues/${number}/labels`, { token: personToken('ana'), body: { labels: ['looked-at'] } });
  await quiet();
  expect((await checksOf(stage.github(), number)).map(({ conclusion }) => conclusion)).toEqual(['failure']);
  expect((await comments(number)).map(({ body }) => body)).toEqual([expect.stringContaining('needs a hypothesis')]);

  await stage.github().call('DELETE', `${API}/issues/comments/${own?.id}`, { token: personToken('ana') });
  await stage.github().call('POST', `${API}/issues/${number}/labels`, { token: personToken('ana'), body: { labels: ['looked-at-again'] } });
  await quiet();
  expect((await checksOf(stage.github(), number)).map(({ conclusion }) => conclusion)).toEqual(['failure']);
  expect((await comments(number)).filter(({ user }) => user.login === 'yardstick[bot]')).toHaveLength(1);
});

/** Read from a copy of the store, since the App is on it. */
async function auditOf(number: number): Promise<readonly { readonly actor: string | null; readonly detail: unknown }[]> {
  await app.stop();
  const rows = await withStore(settings, (db) => db.selectFrom('audit').where('subject', '=', `${REPOSITORY}#${number}`).select(['actor', 'detail']).execute());
  app = await startApp(settings, pino({ level: 'silent' }), openDesk);
  stage.github().store.hooks.set(YARDSTICK_APP, { url: `${app.url}/api/github/webhooks`, secret: SECRET });
  return rows;
}

describe('every example of a webhook that GitHub publishes', () => {
  test('is taken, and worked off or ignored for a reason that can be read', async () => {
    const sent = (examples as unknown as readonly { readonly name: string; readonly examples: readonly object[] }[]).flatMap(({ name, examples: payloads }) => payloads.map((each) => ({ id: randomUUID(), event: name, payload: each })));
    for (const each of sent) expect(await send(app.url, each), each.event).toBe(202);
    await quiet();
    await app.stop();
    const rows = await withStore(settings, (db) => db.selectFrom('delivery').where('id', 'in', sent.map(({ id }) => id)).select(['event', 'outcome', 'done_at', 'work_key']).execute());
    app = await startApp(settings, pino({ level: 'silent' }), openDesk);
    expect(rows).toHaveLength(sent.length);
    // Without a key it is ignored, and the reason stands in the delivery log for good.
    const ignored = rows.filter(({ work_key: key }) => key === null);
    expect(ignored.filter(({ outcome, done_at: done }) => done === null || !/^[^\n]{5,300}$/.test(outcome ?? ''))).toEqual([]);
    const reasons = [...new Set(ignored.map(({ outcome }) => outcome?.replace(/(?:event|of) \w+/, 'event …')))].toSorted();
    expect(reasons).toMatchSnapshot();
    expect([...new Set(rows.filter(({ work_key: key }) => key !== null).map(({ event }) => event))].toSorted()).toMatchSnapshot();
  }, 120_000);
});
