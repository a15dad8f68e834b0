// The life after the merge over a hand-made GitHub: locked, started, measured, told once; every run twice, and the second writes nothing.
import { beforeEach, describe, expect, test } from 'vitest';
import { decodeLedger } from '../../src/experiment/ledger.ts';
import { handle, type Host, type Outcome } from '../../src/flows/handle.ts';
import type { Effect } from '../../src/model/effect.ts';
import type { Trigger } from '../../src/model/trigger.ts';
import type { EvidenceReader, EvidenceReading, MetricReader, MetricReading } from '../../src/ports/metrics.ts';
import { createReader, createWorld, createWriter, file, say } from './fake-forge.ts';
import type { World } from './fake-forge.ts';
import { commentsOf, ME, REPO } from './fake-world.ts';
import { edit } from './fake-writes.ts';
import { createMetrics, type Metrics } from './fake-metrics.ts';

const MERGED = '2026-05-05T12:00:00Z';
const DUE = '2026-05-12T14:00:00Z';
const SHA = 'c'.repeat(40);
const HYPOTHESIS = `## Hypothesis
More replicas cut checkout latency, because the pods are CPU bound.

- p95(checkout) falls by 20%
- guardrail: errors does not rise by more than 20%
`;
const CONFIG = `
sources: { prom: { type: prometheus, url: 'https://prometheus.example.com' } }
metrics:
  p95: { unit: ms, better: lower, source: prom, query: 'p95{s="{service}"}', parameters: { service: { values: [checkout, orders] } } }
  errors: { unit: count, better: lower, source: prom, query: errors }
`;
const bigger = file('charts/checkout/values.yaml', ' web:', '-  replicaCount: 4', '+  replicaCount: 20');

let world: World;
let metrics: Metrics;

beforeEach(() => {
  world = createWorld({ title: 'Scale checkout', body: HYPOTHESIS, state: 'merged', merged: { at: MERGED, by: 'ada', sha: SHA } });
  world.files = [bigger];
  world.texts.set('acme/infra:.github/yardstick.yml', CONFIG);
  metrics = createMetrics({ 'p95(checkout)': 480, errors: 3 }, Date.parse(MERGED) / 1000);
});

function hostOf(given: Partial<Host> = {}): Host {
  return { reader: createReader(world), writer: createWriter(world), configPath: '.github/yardstick.yml', unconfigured: 'defaults-apply', offer: null, check: 'job', intention: 'apply', onError: 'pass', metrics: metrics.reader, evidence: null, signingKey: null, ...given };
}

function trigger(at: string, given: Partial<Trigger & { kind: 'tend' }> = {}): Trigger {
  return { kind: 'tend', repo: REPO, change: null, issue: null, because: 'the clock', openChanges: 'left', event: 'schedule', delivery: null, at, ...given };
}

function tended(outcome: Outcome): (Outcome & { kind: 'tended' })['result'] {
  if (outcome.kind !== 'tended') throw new Error(`expected records, got ${outcome.kind}`);
  return outcome.result;
}

/** Runs, runs again a minute later, and holds the second run to write nothing. */
async function tend(at: string, given: Partial<Trigger & { kind: 'tend' }> = {}) {
  world.now = at;
  const first = tended(await handle(trigger(at, given), hostOf()));
  const before = world.effects.length;
  const later = new Date(Date.parse(at) + 60_000).toISOString();
  await handle(trigger(later, given), hostOf());
  expect(world.effects.slice(before)).toEqual([]);
  return first;
}

const lock = () => tend('2026-05-05T12:01:00Z', { change: world.change.ref });
const ours = (number = 7): readonly string[] => commentsOf(world, number).filter(({ mine }) => mine).map(({ body }) => body);
const verdicts = (number = 7): readonly string[] => ours(number).filter((body) => body.startsWith('<!-- yardstick:verdict'));
const entries = () => {
  const decoded = decodeLedger(world.dashboard?.body ?? '');
  return decoded.ok ? decoded.ledger.entries : [];
};
const kinds = (effects: readonly Effect[]): readonly string[] => effects.map(({ kind }) => kind);

describe('at the merge', () => {
  test('what was promised is locked: record, copy, label, dashboard', async () => {
    const { tended: [record] } = await lock();
    expect(record).toMatchObject({ key: 'acme/infra#7', from: null, to: 'measuring', outcome: null, waits: null });
    expect(ours()).toHaveLength(1);
    expect(ours()[0]).toContain('falls by 20%');
    expect(world.change.labels).toEqual(['outcome: pending']);
    expect(ours(world.dashboard?.number)).toHaveLength(1);
    expect(entries()).toMatchObject([{ key: 'acme/infra#7', stage: 'measuring', changes: [7], metrics: ['p95(checkout)', 'errors'] }]);
  });

  test.each([
    ['edited after the approval', HYPOTHESIS.replace('20%\n- guard', '40%\n- guard'), 'edited after ben approved it on 5 May 2026 (gone: p95(checkout) falls by 40%. new: p95(checkout) falls by 20%)'],
    ['written after the approval', 'Scales checkout.', 'edited after ben approved it on 5 May 2026 (new: p95(checkout) falls by 20%; '],
    ['as it was approved', `Scales checkout.\n\n${HYPOTHESIS}`, null],
  ])('a hypothesis %s', async (_, body, amendment) => {
    world.approvals.set(7, [{ by: 'ben', at: '2026-05-05T11:00:00Z', body }]);
    await lock();
    expect(ours()[0]?.includes('approved it')).toBe(amendment !== null);
    expect(ours()[0]).toContain(amendment ?? 'falls by 20%');
    expect(world.reads.filter((read) => read.startsWith('approval'))).toEqual(['approval 7']);
  });

  test('the comment of the gate becomes the record', async () => {
    world.change = { ...world.change, state: 'open', merged: null, body: '' };
    await handle({ kind: 'gate', change: world.change.ref, hint: null, ownCheck: true, event: 'pull_request', delivery: null, at: '2026-05-05T10:00:00Z' }, hostOf());
    expect(ours()).toHaveLength(1);
    world.change = { ...world.change, body: HYPOTHESIS, state: 'merged', merged: { at: MERGED, by: 'ada', sha: SHA } };
    await lock();
    expect(ours()).toHaveLength(1);
    expect(ours()[0]).toContain('yardstick:record');
  });

  test.each([
    ['out of scope', () => (world.files = [file('src/a.ts', '-a', '+b')])],
    ['without a sound hypothesis', () => (world.change = { ...world.change, body: 'no words' })],
    ['waived', () => ((world.change = { ...world.change, body: '' }), say(world, 'ada', '/yardstick waive too urgent'))],
  ])('%s nothing is written', async (_, arrange) => {
    arrange();
    expect((await lock()).nothing).toHaveLength(1);
    expect(world.effects).toEqual([]);
  });

  test('a small change is measured silently: its record lives in the dashboard issue alone', async () => {
    world.files = [file('charts/checkout/values.yaml', ' web:', '-  replicaCount: 4', '+  replicaCount: 6')];
    world.change = { ...world.change, body: '' };
    await lock();
    expect([ours(), world.change.labels]).toEqual([[], []]);
    expect(ours(world.dashboard?.number)).toHaveLength(1);
    await tend(DUE);
    expect([ours(), world.change.labels]).toEqual([[], []]);
    expect(entries()).toMatchObject([{ key: 'acme/infra#7', stage: 'judged', silent: true, outcome: 'validated' }]);
  });

  test('what a lost event missed the clock finds', async () => {
    await tend('2026-05-05T12:30:00Z');
    expect(world.change.labels).toEqual(['outcome: pending']);
  });

  test('nothing from before the installation is touched', async () => {
    await tend('2026-05-15T00:00:00Z');
    expect(world.effects).toEqual([]);
  });
});

describe('when it is due', () => {
  test('a promise that came true is validated', async () => {
    metrics.after('p95(checkout)', 0.65);
    await lock();
    const { tended: [record] } = await tend(DUE);
    expect(record).toMatchObject({ from: 'measuring', to: 'judged', outcome: 'validated' });
    expect(verdicts()).toHaveLength(1);
    expect(verdicts()[0]).toContain('Validated');
    expect(world.change.labels).toEqual(['outcome: validated']);
  });

  test('one that did not is refuted', async () => {
    await lock();
    await tend(DUE);
    expect(verdicts()[0]).toContain('Refuted');
    expect(world.change.labels).toEqual(['outcome: refuted']);
  });

  test('harm is told at once, long before the end, and nothing else is', async () => {
    await lock();
    await tend('2026-05-07T13:10:00Z');
    expect(verdicts()).toEqual([]);
    metrics.after('errors', 4);
    await tend('2026-05-08T18:00:00Z');
    expect(verdicts()).toEqual([]);
    await tend('2026-05-09T13:10:00Z');
    expect(verdicts()).toHaveLength(1);
    expect(verdicts()[0]).toContain('before the window ended');
    await tend(DUE);
    expect(verdicts()).toHaveLength(1);
    expect(world.change.labels).toEqual(['outcome: refuted']);
  });

  test('without enough data the window is extended once, then it is inconclusive', async () => {
    metrics.hole('p95(checkout)', '2026-05-08T00:00:00Z', '2026-06-08T00:00:00Z');
    await lock();
    const { tended: [record] } = await tend(DUE);
    expect(record).toMatchObject({ to: 'measuring', waits: 'more data' });
    expect(verdicts()).toEqual([]);
    await tend('2026-05-19T14:00:00Z');
    expect(verdicts()).toHaveLength(1);
    expect(world.change.labels).toEqual(['outcome: inconclusive']);
  });

  test('a week of outage is caught up', async () => {
    metrics.after('p95(checkout)', 0.65);
    await lock();
    await tend('2026-05-20T00:00:00Z');
    expect(world.change.labels).toEqual(['outcome: validated']);
  });

  test('a source that fails is waited for, and named when it stays silent', async () => {
    await lock();
    metrics.fail('p95(checkout)', 'HTTP 503');
    expect((await tend(DUE)).tended[0]?.waits).toContain('HTTP 503');
    expect(verdicts()).toEqual([]);
    await tend('2026-05-16T00:00:00Z');
    expect(world.change.labels).toEqual(['outcome: inconclusive']);
    expect(verdicts()[0]).toContain('503');
  });

  test('another series than the one that was agreed is no evidence', async () => {
    metrics.after('p95(checkout)', 0.65);
    await lock();
    metrics.several('p95(checkout)');
    await tend(DUE);
    expect(world.change.labels).toEqual(['outcome: inconclusive']);
  });

  test.each([['another series', 0.4], ['another unit', 0.001]])('%s behind the same query is no evidence, however well it would look', async (_, factor) => {
    await lock();
    metrics.rescale('p95(checkout)', factor);
    await tend(DUE);
    expect(world.change.labels).toEqual(['outcome: inconclusive']);
    expect(verdicts()[0]).toContain('another past');
  });
});

describe('the clock', () => {
  const deploy = (id: number, at: string, sha: string) => world.deployments.push({ id, sha, environment: 'production', createdAt: at, creator: 'flux', state: 'success', succeededAt: at });

  test('starts with the first deployment that contains the merge', async () => {
    deploy(1, '2026-05-01T00:00:00Z', 'a'.repeat(40));
    world.contained.set(SHA, ['e'.repeat(40)]);
    await lock();
    expect(ours()[0]).toContain('production');
    deploy(2, '2026-05-06T08:00:00Z', 'd'.repeat(40));
    expect((await tend('2026-05-06T09:00:00Z')).tended[0]?.to).toBe('locked');
    deploy(3, '2026-05-07T08:00:00Z', 'e'.repeat(40));
    expect((await tend('2026-05-07T09:00:00Z')).tended[0]?.to).toBe('measuring');
    expect(ours()[0]).toContain('Thu 14 May');
  });

  test('is started by a word', async () => {
    deploy(1, '2026-05-01T00:00:00Z', 'a'.repeat(40));
    await lock();
    world.comments.push({ ...world.comments[0]!, id: 900, author: { login: 'ada', type: 'User' }, mine: false, body: '/yardstick deployed 2026-05-06T10:00Z', createdAt: '2026-05-06T11:00:00Z', editor: null });
    expect((await tend('2026-05-06T12:00:00Z', { change: world.change.ref })).tended[0]?.to).toBe('measuring');
    expect(world.reactions.get(900)).toEqual(['+1']);
  });

  test.each([
    ['a revert', () => world.others.push({ ...world.change, ref: { ...REPO, number: 9 }, title: 'Revert "Scale checkout"', body: 'Reverts acme/infra#7', merged: { at: '2026-05-08T00:00:00Z', by: 'ada', sha: 'f'.repeat(40) } })],
    ['git’s own words', () => world.others.push({ ...world.change, ref: { ...REPO, number: 9 }, title: 'Undo', body: `This reverts commit ${SHA}.`, merged: { at: '2026-05-08T00:00:00Z', by: 'ada', sha: 'f'.repeat(40) } })],
  ])('%s before the verdict ends it without one', async (_, arrange) => {
    await lock();
    arrange();
    await tend('2026-05-08T01:00:00Z');
    await tend(DUE);
    expect(world.change.labels).toEqual(['outcome: withdrawn']);
    expect(verdicts()).toEqual([]);
  });

  test('a rollback ends it too', async () => {
    deploy(1, '2026-05-01T00:00:00Z', 'a'.repeat(40));
    world.contained.set(SHA, ['e'.repeat(40)]);
    await lock();
    deploy(2, '2026-05-06T08:00:00Z', 'e'.repeat(40));
    await tend('2026-05-06T09:00:00Z');
    deploy(3, '2026-05-07T08:00:00Z', 'a'.repeat(40));
    world.contained.set(SHA, ['e'.repeat(40)]);
    world.contained.set('x', []);
    const reader = createReader(world);
    await handle(trigger('2026-05-07T09:00:00Z'), { ...hostOf(), reader: { ...reader, readContains: async (repo, at) => (at.in === 'a'.repeat(40) ? false : reader.readContains(repo, at)) } });
    expect(world.change.labels).toEqual(['outcome: withdrawn']);
  });
});

describe('told exactly once', () => {
  beforeEach(async () => {
    metrics.after('p95(checkout)', 0.65);
    await lock();
  });

  test('by two runs at once', async () => {
    world.now = DUE;
    await Promise.all([handle(trigger(DUE), hostOf()), handle(trigger(DUE), hostOf())]);
    await tend('2026-05-12T15:00:00Z');
    expect(verdicts()).toHaveLength(1);
    expect(world.change.labels).toEqual(['outcome: validated']);
  });

  test.each([
    ['after the claim', (effect: Effect) => effect.kind === 'edit-comment'],
    ['before the comment', (effect: Effect) => effect.kind === 'create-comment'],
    ['after the comment', (effect: Effect) => effect.kind === 'add-label'],
  ])('by a run that was killed %s, and the next one', async (_, isLast) => {
    world.now = DUE;
    const writer = createWriter(world);
    let dead = false;
    const dying: Host['writer'] = {
      perform: async (effect) => {
        if (dead || (isLast(effect) && world.claims.size > 0)) {
          dead = true;
          throw new Error('killed');
        }
        return writer.perform(effect);
      },
    };
    await expect(handle(trigger(DUE), { ...hostOf(), writer: dying })).rejects.toThrow('killed');
    await handle(trigger('2026-05-12T14:05:00Z'), hostOf());
    expect(verdicts().length).toBeLessThanOrEqual(1);
    await tend('2026-05-12T14:30:00Z');
    expect(verdicts()).toHaveLength(1);
    expect(world.change.labels).toEqual(['outcome: validated']);
  });

  test('on the dashboard issue where the conversation is locked', async () => {
    world.locked.add(7);
    await tend(DUE);
    expect(verdicts(world.dashboard?.number)).toHaveLength(1);
    expect(world.change.labels).toEqual(['outcome: validated']);
  });
});

describe('a record that somebody touched', () => {
  const record = () => commentsOf(world, 7).find(({ mine }) => mine)!;

  test('edited: it is restored from its copy', async () => {
    await lock();
    world.comments = world.comments.map((comment) => (comment.id === record().id ? { ...comment, body: `${comment.body.slice(0, 200)} never mind`, editor: 'mallory' } : comment));
    await tend('2026-05-06T00:00:00Z');
    expect(ours()[0]).toContain('yardstick-record/1');
    await tend(DUE);
    expect(world.change.labels).toEqual(['outcome: refuted']);
  });

  test('deleted: it is written again', async () => {
    await lock();
    world.comments = [];
    await tend('2026-05-06T00:00:00Z');
    expect(ours()).toHaveLength(1);
  });

  test('its label taken away and its line in the dashboard lost: it is measured all the same', async () => {
    await lock();
    world.change = { ...world.change, labels: [] };
    world.dashboard = { ...world.dashboard!, body: 'somebody cleaned up' };
    await tend(DUE);
    expect(world.change.labels).toEqual(['outcome: refuted']);
  });

  const records = () => [...commentsOf(world, 7), ...commentsOf(world, world.dashboard?.number ?? 0)].filter(({ mine }) => mine);
  const overwrite = (write: (body: string) => string) => {
    world.now = '2026-05-08T09:00:00Z';
    for (const { id, body } of records()) edit(world, { commentId: id, body: write(body) }, 'mallory');
  };

  test.each([
    ['in part', (body: string) => body.replaceAll(/^[\w-]{60,}$/gm, 'x')],
    ['whole', () => 'never mind'],
  ])('both copies written over %s: restored from what GitHub keeps, and refuted all the same', async (_, write) => {
    await lock();
    overwrite(write);
    await tend('2026-05-08T10:00:00Z');
    expect(records().map(({ body, editor }) => [body.includes('yardstick-record/1'), editor])).toEqual([[true, ME], [true, ME]]);
    expect(ours()[0]).toContain('Fri 8 May 09:00 UTC: mallory edited this record');
    await tend(DUE);
    expect(world.change.labels).toEqual(['outcome: refuted']);
    expect(world.reads.filter((read) => read.startsWith('revisions'))).toEqual(['revisions 2']);
  });

  test('both copies written over and their history deleted: inconclusive', async () => {
    await lock();
    overwrite((body) => body.replaceAll(/^[\w-]{60,}$/gm, 'x'));
    world.revisions.clear();
    await tend(DUE);
    expect(world.change.labels).toEqual(['outcome: inconclusive']);
  });

  test('a history that somebody else wrote is no record', async () => {
    await lock();
    overwrite(() => 'never mind');
    for (const [id, revisions] of world.revisions) world.revisions.set(id, revisions.map((revision) => ({ ...revision, mine: false })));
    await tend(DUE);
    expect(world.change.labels).toEqual(['outcome: inconclusive']);
  });

  test('both copies gone: inconclusive, and never a pass', async () => {
    await lock();
    world.comments = [];
    for (const comments of world.threads.values()) comments.length = 0;
    await tend(DUE);
    expect(world.change.labels).toEqual(['outcome: inconclusive']);
    expect(verdicts().join('')).toMatch(/record lost/i);
  });

  test.each([
    ['that stands in a private repository', 'Hypothesis: acme/vault#3', 'acme/vault#3', 'vault'],
    ['that was moved into one', 'Hypothesis: #3', 'acme/infra#3', 'infra'],
  ])('an edit of a hypothesis %s is not told, nor anything of what it says', async (_, body, key, name) => {
    const issue = { repo: { owner: 'acme', repo: name }, number: 3, title: 'Bet', body: HYPOTHESIS, state: 'open', labels: [] } as const;
    world.change = { ...world.change, body };
    world.elsewhere.set('acme/vault', { visibility: 'private', readers: ['ada'] });
    world.issues.set(key, issue);
    await lock();
    world.issues.set(key, { ...issue, repo: { owner: 'acme', repo: 'vault' }, body: HYPOTHESIS.replace('20%', '99%') });
    await tend(DUE);
    expect(JSON.stringify(world.effects)).not.toMatch(/99%|edited after the lock/);
  });

  test('an edit of the hypothesis after the lock is shown, and changes nothing', async () => {
    await lock();
    world.change = { ...world.change, body: HYPOTHESIS.replace('20%\n- guard', '2%\n- guard') };
    await tend('2026-05-06T00:00:00Z');
    expect(ours()[0]).toContain('falls by 2%');
    await tend(DUE);
    expect(world.change.labels).toEqual(['outcome: refuted']);
  });
});

test.each([['which its owner may read', ['ada'], 'measuring'], ['which its owner may not read', [], 'locked']])('a clock that starts with a pull request of a private repository %s', async (_, readers, stage) => {
  world.elsewhere.set('acme/vault', { visibility: 'private', readers });
  world.others = [{ ...world.change, ref: { owner: 'acme', repo: 'vault', number: 8 }, labels: [] }];
  world.change = { ...world.change, body: `${HYPOTHESIS}\nstarts with acme/vault#8\n` };
  await lock();
  expect(entries()).toMatchObject([{ stage }]);
});

describe('people', () => {
  const tell = (id: number, login: string, body: string, at: string) => world.comments.push({ id, nodeId: `IC_${id}`, author: { login, type: 'User' }, mine: false, body, createdAt: at, editor: null });

  test('decide after the verdict, with name and reason', async () => {
    await lock();
    await tend(DUE);
    tell(901, 'ada', '/yardstick keep the launch is in June', '2026-05-12T16:00:00Z');
    const { tended: [record] } = await tend('2026-05-12T17:00:00Z', { change: world.change.ref });
    expect(record?.to).toBe('decided');
    expect(ours()[0]).toContain('the launch is in June');
  });

  test('are reminded of a refuted bet once', async () => {
    await lock();
    await tend(DUE);
    await tend('2026-05-28T00:00:00Z');
    await tend('2026-06-28T00:00:00Z');
    expect(ours().filter((body) => body.includes('yardstick:reminder'))).toHaveLength(1);
  });

  test('are asked once for a value that no source has', async () => {
    world.change = { ...world.change, body: `${HYPOTHESIS}- manual: survey > 4\n` };
    metrics.after('p95(checkout)', 0.65);
    await lock();
    expect((await tend(DUE)).tended[0]?.waits).toContain('survey');
    await tend('2026-05-13T00:00:00Z');
    expect(ours().filter((body) => body.includes('yardstick:question'))).toHaveLength(1);
    tell(902, 'ada', '/yardstick outcome survey 4.4 n = 31', '2026-05-13T08:00:00Z');
    await tend('2026-05-13T09:00:00Z');
    expect(world.change.labels).toEqual(['outcome: validated']);
  });
});

describe('a load test', () => {
  const evidence = (reading: EvidenceReading): EvidenceReader => ({ readEvidence: async () => reading });
  const due = async (reading: EvidenceReading) => {
    world.change = { ...world.change, body: `${HYPOTHESIS}- evidence: load-test shows p99 < 300 ms\n` };
    metrics.after('p95(checkout)', 0.65);
    await lock();
    return tended(await handle(trigger(DUE), hostOf({ evidence: evidence(reading) }))).tended[0];
  };

  test.each([[0.25, 's', 'validated'], [310, 'ms', 'refuted']] as const)('that says %d %s: %s', async (value, unit, outcome) => {
    expect(await due({ kind: 'value', value: { value, unit }, from: 'check run load-test at ccccccc', passed: true })).toMatchObject({ outcome });
  });

  test('that says nothing: its owner is asked', async () => {
    expect((await due({ kind: 'absent', why: 'no check run and no artefact has this name' }))?.waits).toContain('p99');
    expect(ours().filter((body) => body.includes('yardstick:question'))).toHaveLength(1);
  });
});

describe('several pull requests on one hypothesis', () => {
  test('share record, clock and verdict, which is told on the issue', async () => {
    const issue = { repo: REPO, number: 30, title: 'Faster checkout', body: HYPOTHESIS, state: 'open', labels: [] } as const;
    world.issues.set('acme/infra#30', issue);
    world.change = { ...world.change, body: 'Hypothesis: #30' };
    world.others.push({ ...world.change, ref: { ...REPO, number: 8 }, changedFiles: 1, merged: { at: '2026-05-06T12:00:00Z', by: 'bob', sha: '8'.repeat(40) } });
    metrics.after('p95(checkout)', 0.65);
    await lock();
    await tend('2026-05-06T12:01:00Z', { change: { ...REPO, number: 8 } });
    expect(ours(world.dashboard?.number)).toHaveLength(1);
    await tend('2026-05-13T14:00:00Z');
    expect([verdicts(7), verdicts(8)]).toEqual([[], []]);
    expect(verdicts(30)).toHaveLength(1);
    expect([world.change.labels, world.others[0]?.labels]).toEqual([['outcome: validated'], ['outcome: validated']]);
  });
});

test('the steps of a programme share its record, its clock and its verdict', async () => {
  world.issues.set('acme/infra#30', { repo: REPO, number: 30, title: 'Faster checkout', body: HYPOTHESIS, state: 'open', labels: [] });
  world.change = { ...world.change, body: 'Step of #30' };
  world.others.push({ ...world.change, ref: { ...REPO, number: 8 }, changedFiles: 1, merged: { at: '2026-05-06T12:00:00Z', by: 'bob', sha: '8'.repeat(40) } });
  metrics.after('p95(checkout)', 0.65);
  await lock();
  await tend('2026-05-06T12:01:00Z', { change: { ...REPO, number: 8 } });
  expect(entries()).toMatchObject([{ key: 'acme/infra#30', intent: 'step', changes: [7, 8] }]);
  await tend('2026-05-13T14:00:00Z');
  expect([verdicts(7), verdicts(8)]).toEqual([[], []]);
  expect(verdicts(30)[0]).toContain('Validated');
});

test('a dry run writes nothing', async () => {
  const reading: MetricReading[] = [];
  const reader: MetricReader = { lock: async (refs) => refs.map(() => null), read: async () => reading };
  const outcome = await handle(trigger('2026-05-05T12:01:00Z', { change: world.change.ref }), hostOf({ intention: 'dry-run', metrics: reader }));
  expect(kinds(world.effects)).toEqual([]);
  expect(tended(outcome).applied).toEqual([]);
});
