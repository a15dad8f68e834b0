// The measured outcome over HTTP: the built Action from the merge to the verdict, on a moved clock, with a real Prometheus where it is installed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moveClock } from '../../sandbox/clock.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { type Actors, actIn } from '../../sandbox/life/actors.ts';
import { renderCsv, samplesOf } from '../../sandbox/life/series.ts';
import { CALENDAR, EFFECT_AT, SERIES, shopFiles, SILENT, UNCLEAR } from '../../sandbox/life/shop.ts';
import { openCsv, openSource, type Source } from '../../sandbox/life/source.ts';
import { deviations } from '../../sandbox/openapi/contract.ts';
import { readScene } from '../../sandbox/play.ts';
import type { ActionRun } from '../../sandbox/run-action.ts';
import { addPrivateRepository, openOrganisation, openPull } from '../../sandbox/seed/organisation.ts';
import { type FragileSource, type Mood, openFragileSource } from './fragile-source.ts';
import { installed } from '../metrics/real-server.ts';
import { writes } from './stage.ts';

const SLOW = { timeout: 300_000 };
const PROMISE = '## Hypothesis\nMore pods make the checkout faster, because four of them wait for CPU.\n\n- p95(checkout) falls by 25%\n- guardrail: error_rate(checkout) stays below 0.5%\n';

const present = installed('Prometheus', [['prometheus', '--version'], ['promtool', '--version']], 'prometheus');

let github: GitHub;
let source: Source;
let fragile: FragileSource | null = null;
let repositories = 0;

beforeAll(async () => {
  moveClock(CALENDAR.before);
  [github, source] = await Promise.all([openOrganisation(), openSource(SERIES, EFFECT_AT)]);
  if (source.kind === 'prometheus') fragile = await openFragileSource(source.url);
});
afterAll(async () => {
  await github.close();
  await fragile?.close();
  await source.close();
});

interface Bet {
  readonly repository: string;
  readonly number: number;
  readonly actors: Actors;
}

/** A repository of its own with one bet, merged; the clock stands at the merge. */
async function bet(pull: Partial<typeof UNCLEAR.pull> = {}, measuredBy: Source = source): Promise<Bet> {
  moveClock(CALENDAR.before);
  repositories += 1;
  const repository = await addPrivateRepository(github, `shop-${repositories}`, shopFiles(measuredBy));
  const actors = actIn(github, repository);
  await actors.deploy();
  moveClock(CALENDAR.opened);
  const files = { 'charts/checkout/values.yaml': 'replicaCount: 12\n' };
  const number = await openPull(github, repository, { ...UNCLEAR.pull, slug: 'checkout-12', title: 'Scale checkout to 12 replicas', body: PROMISE, files, ...pull });
  moveClock(CALENDAR.merged);
  await actors.merge(number);
  return { repository, number, actors };
}

/** The same, locked, deployed and started; the clock stands at the due time. */
async function dueBet(pull: Partial<typeof UNCLEAR.pull> = {}, measuredBy: Source = source): Promise<Bet> {
  const found = await bet(pull, measuredBy);
  await found.actors.lock(found.number);
  moveClock(CALENDAR.deployed);
  await found.actors.deploy();
  await found.actors.hearDeployment();
  moveClock(CALENDAR.due);
  return found;
}

const see = ({ repository, number }: Bet) => readScene(github, repository, number);
const verdicts = async (on: Bet): Promise<readonly string[]> => (await see(on)).comments.filter((body) => body.startsWith('<!-- yardstick:verdict'));
const expectSound = (...runs: readonly ActionRun[]): void => {
  for (const run of runs) {
    expect(run.exitCode, run.log).toBe(0);
    expect(run.requests.flatMap(deviations)).toEqual([]);
  }
};

describe.each([
  ['a Prometheus where it is installed', () => source],
  ['a CSV file in the repository', () => openCsv(renderCsv(SERIES, EFFECT_AT))],
])('measured by %s', (_, measuredBy) => {
  test('from the merge to the verdict, each step told once', SLOW, async () => {
    const on = await bet({}, measuredBy());
    const locked = await on.actors.lock(on.number);
    expect((await see(on)).labels).toEqual(['outcome: pending']);
    expect(writes(await on.actors.lock(on.number))).toEqual([]);

    moveClock(CALENDAR.deployed);
    await on.actors.deploy();
    const started = await on.actors.hearDeployment();
    expect((await see(on)).comments[0]).toContain('Measuring until Tue 10 Mar 15:00 UTC');

    moveClock(CALENDAR.due);
    const judged = await on.actors.tick();
    const { labels } = await see(on);
    const [verdict = '', ...more] = await verdicts(on);
    expect([labels, more]).toEqual([['outcome: validated'], []]);
    expect(verdict).toContain('Validated');

    moveClock(CALENDAR.later);
    const again = await on.actors.tick();
    expect(writes(again)).toEqual([]);
    expectSound(locked, started, judged, again);
  });
});

test('the numbers of the comment are those of the API, computed by hand', SLOW, async () => {
  const on = await dueBet();
  await on.actors.tick();
  const day = 86_400;
  const [before, after] = await Promise.all([levelOf(EFFECT_AT - 7 * day, EFFECT_AT), levelOf(EFFECT_AT + 3600, EFFECT_AT + 3600 + 7 * day)]);
  const [row = ''] = (await verdicts(on)).join('').split('\n').filter((line) => line.includes('p95(checkout) falls by 25%`'));
  const cells = row.split('|').map((cell) => cell.trim());
  expect(cells.slice(2, 4)).toEqual([`${Math.round(before)} ms`, `${Math.round(after)} ms`]);
  const change = Number(/^[−+-]?(?<number>[\d.]+)%/.exec(cells[4] ?? '')?.groups?.['number']);
  expect(Math.abs(change - 100 * (1 - after / before))).toBeLessThan(1);
});

/** The median of the values every five minutes in [from, to), as the API of the source says them. */
async function levelOf(from: number, to: number): Promise<number> {
  const values = source.kind === 'csv' ? samplesOf(SERIES[0]!, EFFECT_AT).filter(([time]) => time >= from && time < to).map(([, value]) => value) : await askPrometheus(from, to);
  const ordered = values.toSorted((a, b) => a - b);
  expect(ordered.length).toBe((to - from) / 300);
  return ((ordered[(ordered.length - 1) >> 1] ?? 0) + (ordered[ordered.length >> 1] ?? 0)) / 2;
}

async function askPrometheus(from: number, to: number): Promise<readonly number[]> {
  const query = new URLSearchParams({ query: 'p95{service="checkout"}', start: String(from), end: String(to - 300), step: '300' });
  const answer = (await (await fetch(`${source.url}/api/v1/query_range?${query.toString()}`)).json()) as { data: { result: { values: [number, string][] }[] } };
  return (answer.data.result[0]?.values ?? []).map(([, text]) => Number(text));
}

test('a small change is measured in silence', SLOW, async () => {
  const on = await dueBet({ body: SILENT.pull.body, files: { 'charts/checkout/values.yaml': 'replicaCount: 6\n' } });
  const judged = await on.actors.tick();
  expect(judged.log).toContain('judged, validated');
  expect(await see(on)).toEqual({ comments: [], labels: [] });
  expect(writes(await on.actors.tick())).toEqual([]);
});

describe('told once, whatever befalls', () => {
  test.each([
    ['before its label is set', { on: /^POST .*\/labels$/, cut: 'before' }, 0],
    ['before its comment', { on: /^POST .*\/issues\/\d+\/comments$/, cut: 'before' }, 0],
    ['after its comment', { on: /^POST .*\/issues\/\d+\/comments$/, cut: 'after' }, 1],
  ] as const)('a run that is killed %s: the next one goes on', SLOW, async (_, fault, told) => {
    const on = await dueBet();
    github.faults.set({ ...fault, times: 1 });
    await on.actors.tick();
    github.faults.clear();
    expect(await verdicts(on)).toHaveLength(told);
    moveClock(CALENDAR.later);
    expectSound(await on.actors.tick());
    expect(await verdicts(on)).toHaveLength(1);
    expect((await see(on)).labels).toEqual(['outcome: validated']);
    expect(writes(await on.actors.tick())).toEqual([]);
  });

  test('a lock whose label is refused: the next one finds the record by itself', SLOW, async () => {
    const on = await bet();
    github.faults.set({ on: /^POST .*\/labels$/, cut: 'before' });
    await on.actors.lock(on.number);
    github.faults.clear();
    await on.actors.lock(on.number);
    const { comments, labels } = await see(on);
    expect(comments.filter((body) => body.includes('yardstick:record'))).toHaveLength(1);
    expect(labels).toContain('outcome: pending');
  });

  test('two runs at once', SLOW, async () => {
    const on = await dueBet();
    await Promise.all([on.actors.tick(), on.actors.tick()]);
    moveClock(CALENDAR.later);
    await on.actors.tick();
    expect(await verdicts(on)).toHaveLength(1);
    expect((await see(on)).labels).toEqual(['outcome: validated']);
  });

  test('two first locks at once: neither bet is lost, whoever made the dashboard', SLOW, async () => {
    const on = await bet();
    const second = await openPull(github, on.repository, { ...UNCLEAR.pull, slug: 'search-12', body: PROMISE.replaceAll('checkout', 'search'), files: { 'charts/search/values.yaml': 'replicaCount: 12\n' } });
    await on.actors.merge(second);
    await Promise.all([on.actors.lock(on.number), on.actors.lock(second)]);
    moveClock(CALENDAR.deployed);
    await on.actors.deploy();
    await on.actors.hearDeployment();
    moveClock(CALENDAR.due);
    await on.actors.tick();
    moveClock(CALENDAR.later);
    await on.actors.tick();
    const other = { ...on, number: second };
    expect([(await see(on)).labels, (await verdicts(on)).length]).toEqual([['outcome: validated'], 1]);
    expect([(await see(other)).labels, (await verdicts(other)).length]).toEqual([['outcome: refuted'], 1]);
    const { body } = await github.call<{ body: string }>('GET', `/repos/${on.repository}/issues/${await dashboard(on)}`);
    for (const number of [on.number, second]) expect(body).toContain(`#${number}`);
    expect(writes(await on.actors.tick())).toEqual([]);
  });

  test('a locked conversation: on the dashboard issue', SLOW, async () => {
    const on = await dueBet();
    await github.call('PUT', `/repos/${on.repository}/issues/${on.number}/lock`, { body: {} });
    await on.actors.tick();
    moveClock(CALENDAR.later);
    await on.actors.tick();
    const board = await dashboard(on);
    expect((await readScene(github, on.repository, board)).comments.filter((body) => body.startsWith('<!-- yardstick:verdict'))).toHaveLength(1);
    expect([(await see(on)).labels, await verdicts(on)]).toEqual([['outcome: validated'], []]);
  });

  test.each([
    ['deleted', (path: string) => github.call('DELETE', path)],
    ['edited', (path: string) => github.call('PATCH', path, { body: { body: 'never promised' } })],
  ])('the record was %s by somebody: restored from its copy, and judged as agreed', SLOW, async (_, touch) => {
    const on = await dueBet();
    const comments = await github.call<{ id: number; body: string }[]>('GET', `/repos/${on.repository}/issues/${on.number}/comments`);
    await touch(`/repos/${on.repository}/issues/comments/${comments.find(({ body }) => body.includes('yardstick:record'))?.id}`);
    await on.actors.tick();
    expect((await see(on)).comments.filter((body) => body.includes('yardstick-record/1'))).toHaveLength(1);
    expect(await verdicts(on)).toHaveLength(1);
    moveClock(CALENDAR.later);
    expect(writes(await on.actors.tick())).toEqual([]);
  });
});

describe('a source on a bad day, when the verdict is due', () => {
  const LATER = { hours: '2026-03-10T18:17:00Z', days: '2026-03-13T16:17:00Z', extended: '2026-03-17T15:17:00Z' };
  /** A bet that is due, measured through the door. */
  const dueBehindDoor = async (mood: Mood): Promise<{ readonly on: Bet; readonly door: FragileSource }> => {
    if (fragile === null) throw new Error('no Prometheus');
    fragile.mood = 'well';
    const on = await dueBet({}, { ...source, yaml: `{ type: prometheus, url: '${fragile.url}' }` });
    fragile.mood = mood;
    return { on, door: fragile };
  };

  test.skipIf(!present).each([
    ['down', /could not be reached/],
    ['throttled', /429/],
  ] as const)('%s: waited for, named, and told as soon as it is well again', SLOW, async (mood, words) => {
    const { on, door } = await dueBehindDoor(mood);
    const waiting = await on.actors.tick();
    expect(waiting.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message).join()).toMatch(words);
    expect([(await see(on)).labels, await verdicts(on)]).toEqual([['outcome: pending'], []]);
    door.mood = 'well';
    moveClock(LATER.hours);
    await on.actors.tick();
    expect([(await see(on)).labels, (await verdicts(on)).length]).toEqual([['outcome: validated'], 1]);
  });

  test.skipIf(!present).each([
    ['down', LATER.days, /could not be reached/],
    ['half', LATER.extended, /Too much of the observation is missing/],
    ['two series', CALENDAR.later, /Several series/],
    ['other', CALENDAR.later, /another past/],
    ['seconds', CALENDAR.later, /another past/],
  ] as const)('%s, and it stays so: inconclusive with its reason, never a pass', SLOW, async (mood, end, words) => {
    const { on } = await dueBehindDoor(mood);
    await on.actors.tick();
    moveClock(end);
    await on.actors.tick();
    expect([(await see(on)).labels, (await verdicts(on)).length]).toEqual([['outcome: inconclusive'], 1]);
    expect((await verdicts(on))[0]).toMatch(words);
    expect(writes(await on.actors.tick())).toEqual([]);
  });
});

async function dashboard({ repository }: Bet): Promise<number> {
  const issues = await github.call<{ number: number; labels: { name: string }[] }[]>('GET', `/repos/${repository}/issues?state=all`);
  return Math.min(...issues.filter(({ labels }) => labels.some(({ name }) => name === 'yardstick: dashboard')).map(({ number }) => number));
}
