// The whole gate over a hand-made GitHub: every case runs twice, and the second run writes nothing.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../src/flows/handle.ts';
import { TransientError } from '../../src/errors.ts';
import { handle } from '../../src/flows/handle.ts';
import type { Trigger } from '../../src/model/trigger.ts';
import { createReader, createWorld, createWriter, file, say } from './fake-forge.ts';
import type { World } from './fake-forge.ts';
import { edit } from './fake-writes.ts';
import { bigger, gated, hostOf, ours, runTwice, triggerOf } from './run-twice.ts';

const HYPOTHESIS = `## Hypothesis
More replicas cut checkout latency at peak, because the pods are CPU bound.

- p95(checkout) falls by 30% at peak
- guardrail: error_rate(checkout) stays below 0.5%
`;

describe('the gate', () => {
  let world: World;
  beforeEach(() => {
    world = createWorld({ title: 'Scale checkout' });
    world.files = [bigger];
  });

  test('asks where a hypothesis is missing: one comment with a draft, one label', async () => {
    const decision = await runTwice(world);
    expect(decision).toMatchObject({ verdict: 'fail', situation: 'missing', inScope: true });
    expect(ours(world)).toHaveLength(1);
    expect(ours(world)[0]).toContain('## Hypothesis');
    expect(world.change.labels).toEqual(['hypothesis: needed']);
  });

  test.each(['', 'Intent: save', 'Intent: insure', 'Intent: oblige', 'We scale, because <why you expect that>.'])('lets no draft of its own pass unfilled, begun again as often as you like: %j', async (body) => {
    world.change = { ...world.change, body };
    for (const round of [1, 2, 3]) {
      const { draft, verdict, problems } = gated(await handle(triggerOf(world, { at: `2026-05-05T11:0${round}:00Z` }), hostOf(world))).result.decision;
      expect(verdict).toBe('fail');
      if (round > 1) expect(problems.map(({ found }) => found)).toContainEqual(expect.stringMatching(/^`<(?:why|reason)/));
      // The number is filled in, the reason forgotten.
      world.change = { ...world.change, body: `${/^Intent.*/.exec(body)?.[0] ?? ''}\n\n${draft?.replaceAll('<number>', '25')}` };
    }
  });

  test('is content with a sound one, and says nothing', async () => {
    world.change = { ...world.change, body: HYPOTHESIS };
    const decision = await runTwice(world);
    expect(decision).toMatchObject({ verdict: 'pass', situation: 'sound', problems: [] });
    expect(ours(world)).toEqual([]);
    expect(world.change.labels).toEqual(['hypothesis: linked']);
  });

  test('empties its comment to one line when the hypothesis comes', async () => {
    await runTwice(world);
    world.change = { ...world.change, body: HYPOTHESIS };
    await handle(triggerOf(world, { at: '2026-05-05T11:00:00Z' }), hostOf(world));
    expect(ours(world)).toHaveLength(1);
    expect(ours(world)[0]?.replace(/<!--.*?-->/gs, '').trim().split('\n')).toHaveLength(1);
    expect(world.change.labels).toEqual(['hypothesis: linked']);
  });

  test('knows its comment again when the repository has another name', async () => {
    await runTwice(world);
    world.comments = world.comments.map((comment) => ({ ...comment, body: comment.body.replace('acme/infra#', 'old-acme/old-infra#') }));
    expect(ours(world)[0]).toContain('old-acme/old-infra#');
    await handle(triggerOf(world, { at: '2026-05-05T11:00:00Z' }), hostOf(world));
    expect(ours(world)).toHaveLength(1);
    expect(ours(world)[0]).not.toContain('old-infra');
  });

  test('is silent out of scope, with two reads and no write', async () => {
    world.files = [file('src/index.ts', '-const a = 1;', '+const a = 2;')];
    world.texts.set('acme/infra:.github/yardstick.yml', 'mode: enforce\n');
    const decision = await runTwice(world);
    expect(decision).toMatchObject({ verdict: 'pass', inScope: false, tier: 'none' });
    expect(world.effects).toEqual([]);
    expect(world.reads.slice(0, world.reads.length / 2)).toEqual(['change', 'files 1']);
  });

  test.each([
    ['acme/bets/blob/main/redis.md', 'Write the whole URL of the file: `https://…/acme/bets/blob/main/redis.md`.'],
    ['hypotheses/none.md', 'Add hypotheses/none.md in this pull request, or correct the path.'],
  ])('says of the path %s what to write', async (path, remedy) => {
    world.change = { ...world.change, body: `Hypothesis: ${path}` };
    expect((await runTwice(world)).problems.map((problem) => problem.remedy)).toContain(remedy);
  });

  test('reads a linked issue in the second round', async () => {
    world.change = { ...world.change, body: 'Hypothesis: #12' };
    world.issues.set('acme/infra#12', { repo: { owner: 'acme', repo: 'infra' }, number: 12, title: 'Bet', body: HYPOTHESIS, state: 'open', labels: [] });
    const decision = await runTwice(world);
    expect(decision).toMatchObject({ verdict: 'pass', hypothesis: { source: 'issue' } });
  });

  test.each([
    ['public', 'ada', true],
    ['internal', 'ada', true],
    ['internal', 'eve', null],
    ['private', 'ada', false],
    ['private', 'eve', null],
  ] as const)('reads a link into a repository that is %s where its author %s may, and repeats its words where all may', async (visibility, login, quoted) => {
    const repo = { owner: 'acme', repo: 'bets' };
    world.change = { ...world.change, body: 'Hypothesis: acme/bets#12', author: { login, type: 'User' } };
    world.elsewhere.set('acme/bets', { visibility, readers: ['ada'] });
    world.issues.set('acme/bets#12', { repo, number: 12, title: 'Bet', body: HYPOTHESIS, state: 'open', labels: [] });
    const decision = await runTwice(world);
    expect(decision.hypothesis?.claim ?? null).toBe(quoted === null ? null : quoted ? 'More replicas cut checkout latency at peak' : '');
    expect(world.reads.includes('issue 12')).toBe(quoted !== null);
    if (quoted !== true) expect(JSON.stringify(decision)).not.toMatch(/CPU bound|stays below/);
  });

  test('an App that is called like a person reads nothing in their name', async () => {
    world.change = { ...world.change, body: 'Hypothesis: acme/bets#12', author: { login: 'ada', type: 'Bot' } };
    world.elsewhere.set('acme/bets', { visibility: 'private', readers: ['ada'] });
    expect((await runTwice(world)).problems.map(({ code }) => code)).toEqual(['unreadable-reference']);
  });

  test.each([
    ['which its author may not read', 'eve', 'fail'],
    ['which its author may read', 'ada', 'pass'],
  ])('an issue of its own that was moved into a private repository %s is not quoted', async (_, login, verdict) => {
    world.change = { ...world.change, visibility: 'public', body: 'Hypothesis: #12', author: { login, type: 'User' } };
    world.elsewhere.set('acme/vault', { visibility: 'private', readers: ['ada'] });
    world.issues.set('acme/infra#12', { repo: { owner: 'acme', repo: 'vault' }, number: 3, title: 'Bet', body: HYPOTHESIS, state: 'open', labels: [] });
    const decision = await runTwice(world);
    expect(decision.verdict).toBe(verdict);
    expect(JSON.stringify(decision)).not.toMatch(/CPU bound|stays below|vault/);
  });

  test.each([
    ['an issue that is not there', 'Hypothesis: #99', 'unreadable-reference'],
    ['a repository that the token cannot read', 'Hypothesis: acme/secret#1', 'unreadable-reference'],
    ['a file that is not there', 'Hypothesis: hypotheses/none.md', 'unreadable-reference'],
  ])('names %s', async (_, body, code) => {
    world.change = { ...world.change, body };
    const decision = await runTwice(world);
    expect(decision.verdict).toBe('fail');
    expect(decision.problems.map((problem) => problem.code)).toContain(code);
  });

  test('takes the hypothesis from a file that the change adds, without reading it', async () => {
    world.change = { ...world.change, body: 'Hypothesis: hypotheses/checkout.md' };
    const lines = HYPOTHESIS.trimEnd().split('\n');
    world.files = [bigger, { path: 'hypotheses/checkout.md', previousPath: null, status: 'added', patch: `@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}`).join('\n')}` }];
    const decision = await runTwice(world);
    expect(decision).toMatchObject({ verdict: 'pass', hypothesis: { source: 'file', ref: 'hypotheses/checkout.md' } });
    expect(world.reads).not.toContain('text hypotheses/checkout.md');
  });

  test('a verdict ends a hypothesis: it cannot carry another change', async () => {
    world.change = { ...world.change, body: 'Hypothesis: #12' };
    world.issues.set('acme/infra#12', { repo: { owner: 'acme', repo: 'infra' }, number: 12, title: 'Bet', body: HYPOTHESIS, state: 'closed', labels: ['outcome: validated'] });
    expect((await runTwice(world)).verdict).toBe('fail');
  });

  test('is waived by someone who may, and not by someone who may not', async () => {
    say(world, 'eve', '/yardstick waive because I say so');
    expect((await runTwice(world)).verdict).toBe('fail');
    world.permissions.set('bob', 'maintain');
    say(world, 'bob', '/yardstick waive launch tonight, measured by hand');
    const outcome = gated(await handle(triggerOf(world, { at: '2026-05-05T12:00:00Z' }), hostOf(world)));
    expect(outcome.result.decision).toMatchObject({ verdict: 'pass', situation: 'waived', waiver: { by: 'bob' } });
    expect(world.change.labels).toEqual(['hypothesis: waived']);
  });

  test.each([['as it was edited', (body: string) => body], ['with a time that lies ahead', (body: string) => body.replace(/"at":"[^"]*"/, '"at":"2999-01-01T00:00:00.000Z"')]])('writes over its comment that somebody else edited, %s', async (_, forge) => {
    await runTwice(world);
    const own = world.comments.find(({ mine }) => mine);
    edit(world, { commentId: own?.id ?? 0, body: `${forge(own?.body.split('\n')[0] ?? '')}\nAll is well.` }, 'ben');
    await handle(triggerOf(world, { at: '2026-05-05T11:00:00Z' }), hostOf(world));
    expect(ours(world)[0]).toContain('## Hypothesis');
    expect(world.comments.find(({ mine }) => mine)?.editor).toBe('github-actions[bot]');
  });

  test.each([['and GitHub keeps what we wrote', false], ['and nobody knows what we wrote', true]])('an ended waiver stays ended when somebody else writes over its memory, %s', async (_, isForgotten) => {
    world.permissions.set('bob', 'maintain');
    say(world, 'bob', '/yardstick waive launch tonight');
    expect((await runTwice(world)).situation).toBe('waived');
    world.files = [bigger, file('charts/orders/values.yaml', ' web:', '-  replicaCount: 4', '+  replicaCount: 90')];
    const wide = gated(await handle(triggerOf(world, { at: '2026-05-05T11:00:00Z' }), hostOf(world)));
    expect(wide.result.decision.situation).toBe('missing');
    const own = world.comments.find(({ mine, body }) => mine && body.startsWith('<!-- yardstick:gate'));
    const forged = own?.body.replace(/("waived":\{"\d+":)\[[^\]]*\]/, (_, head: string) => `${head}${JSON.stringify(wide.result.decision.state.seen)}`) ?? '';
    expect(forged).not.toBe(own?.body);
    edit(world, { commentId: own?.id ?? 0, body: forged }, 'ben');
    if (isForgotten) world.revisions.clear();
    const after = gated(await handle(triggerOf(world, { at: '2026-05-05T12:00:00Z' }), hostOf(world)));
    expect(after.result.decision.situation).toBe('missing');
  });

  test('never touches the labels of others', async () => {
    world.change = { ...world.change, labels: ['bug', 'size/L'] };
    await runTwice(world);
    expect(world.change.labels).toEqual(['bug', 'size/L', 'hypothesis: needed']);
  });

  test('a comment by somebody else with our marker is not ours', async () => {
    await runTwice(world);
    const forged = ours(world)[0] ?? '';
    const other = createWorld({ title: 'Scale checkout' });
    other.files = [bigger];
    say(other, 'mallory', forged);
    await runTwice(other);
    expect(other.comments.filter(({ mine }) => mine)).toHaveLength(1);
    expect(other.comments[0]?.body).toBe(forged);
  });

  test('removes the younger of two comments of its own', async () => {
    await runTwice(world);
    world.comments.push({ ...(world.comments[0] as World['comments'][number]), id: 5000 });
    await handle(triggerOf(world, { at: '2026-05-05T10:05:00Z' }), hostOf(world));
    expect(ours(world)).toHaveLength(1);
    expect(world.comments.map(({ id }) => id)).not.toContain(5000);
  });

  test('a dry run plans and writes nothing', async () => {
    const outcome = gated(await handle(triggerOf(world), hostOf(world, { intention: 'dry-run' })));
    expect(outcome.result.plan.map(({ kind }) => kind)).toEqual(['create-comment', 'add-label']);
    expect(world.effects).toEqual([]);
  });

  test('a refused write stops nothing else', async () => {
    world.refused.add('add-label');
    const outcome = gated(await handle(triggerOf(world), hostOf(world)));
    expect(outcome.applied.map(({ effect, outcome: became }) => [effect.kind, became.kind])).toEqual([['create-comment', 'done'], ['add-label', 'refused']]);
  });

  test('a run for an older head says so and writes nothing', async () => {
    const hint = { headSha: 'c'.repeat(40), baseRef: 'main', baseSha: null, body: null, changedFiles: 1, comments: 0 };
    expect(await handle(triggerOf(world, { hint }), hostOf(world))).toMatchObject({ kind: 'superseded' });
    expect(world.effects).toEqual([]);
  });

  test('a closed pull request is left alone', async () => {
    world.change = { ...world.change, state: 'merged' };
    expect(await handle(triggerOf(world), hostOf(world))).toMatchObject({ kind: 'superseded' });
  });

  test('a run that is not the head’s own job runs that one again, once', async () => {
    world.ownCheck = { conclusion: 'success', jobId: 77 };
    const outcome = gated(await handle(triggerOf(world, { ownCheck: false }), hostOf(world)));
    expect(outcome.result.plan.map(({ kind }) => kind)).toContain('rerun');
    const again = gated(await handle(triggerOf(world, { ownCheck: false, at: '2026-05-05T10:01:00Z' }), hostOf(world)));
    expect(again.result.plan).toEqual([]);
  });
});

describe('what the writes make necessary', () => {
  test('a refused re-run is asked of a person, once', async () => {
    const world = createWorld({ title: 'Scale checkout' });
    world.files = [bigger];
    world.ownCheck = { conclusion: 'success', jobId: 77 };
    world.refused.add('rerun');
    await handle(triggerOf(world, { ownCheck: false }), hostOf(world));
    expect(ours(world)[0]).toContain('Press **Re-run**');
    const body = ours(world)[0];
    await handle(triggerOf(world, { ownCheck: false, at: '2026-05-05T10:01:00Z' }), hostOf(world));
    expect(ours(world)).toEqual([body]);
    await handle(triggerOf(world, { at: '2026-05-05T10:02:00Z' }), hostOf(world));
    expect(ours(world)[0]).not.toContain('Press **Re-run**');
  });

  test('the App removes the twin that a run beside it created', async () => {
    const world = createWorld({ title: 'Scale checkout' });
    world.files = [bigger];
    world.texts.set('acme/infra:.github/yardstick.yml', 'mode: enforce\n');
    const writer = createWriter(world);
    const racing: Host['writer'] = {
      perform: async (effect) => {
        if (effect.kind === 'create-comment') await writer.perform(effect);
        return writer.perform(effect);
      },
    };
    await handle(triggerOf(world), hostOf(world, { writer: racing, check: 'check-run' }));
    expect(world.comments.map(({ id }) => id)).toEqual([1000]);
  });

  test('a command is answered with one reaction', async () => {
    const world = createWorld({ title: 'Scale checkout' });
    world.files = [bigger];
    say(world, 'eve', '/yardstick waive because I say so');
    await runTwice(world);
    expect(world.reactions.get(100)).toHaveLength(1);
  });
});

describe('other triggers', () => {
  test.each(['main', 'fix/pr-1-hotfix', `gh-readonly-queue/main/pr-1-${'b'.repeat(40)}`])('a merge group into %s is judged as its pull request, and its own head gets the check', async (base) => {
    const world = createWorld({ title: 'Scale checkout' });
    world.files = [bigger];
    const trigger: Trigger = { kind: 'merge-group', repo: { owner: 'acme', repo: 'infra' }, headSha: 'f'.repeat(40), headRef: `refs/heads/gh-readonly-queue/${base}/pr-7-${'c'.repeat(40)}`, event: 'merge_group', delivery: null, at: '2026-05-05T10:00:00Z' };
    const outcome = gated(await handle(trigger, hostOf(world, { check: 'check-run' })));
    expect(outcome.applied.map(({ effect }) => effect)).toMatchObject([{ kind: 'post-check', headSha: 'f'.repeat(40), check: { conclusion: 'failure' } }]);
  });

  test('a merge group without a pull request must not pass', async () => {
    const world = createWorld();
    const trigger: Trigger = { kind: 'merge-group', repo: { owner: 'acme', repo: 'infra' }, headSha: 'f'.repeat(40), headRef: 'refs/heads/odd', event: 'merge_group', delivery: null, at: '2026-05-05T10:00:00Z' };
    expect(await handle(trigger, hostOf(world, { check: 'check-run' }))).toMatchObject({ kind: 'unmapped' });
    expect(world.effects).toMatchObject([{ kind: 'post-check', headSha: 'f'.repeat(40), check: { conclusion: 'failure', summary: expect.stringContaining('refs/heads/odd') } }]);
  });

  test.each([
    ['that links it', 'Hypothesis: #12', 1],
    ['that closes it', 'Closes #12', 1],
    ['that does not', 'Unrelated to #13', 0],
  ])('an edited issue looks again at the change %s', async (_, body, count) => {
    const world = createWorld({ body });
    world.files = [bigger];
    const trigger: Trigger = { kind: 'sweep', repo: { owner: 'acme', repo: 'infra' }, because: 'issue #12 was edited', issue: 12, base: null, event: 'issues', delivery: null, at: '2026-05-05T10:00:00Z' };
    const outcome = await handle(trigger, hostOf(world));
    expect(outcome).toMatchObject({ kind: 'swept' });
    expect(outcome.kind === 'swept' && outcome.outcomes.length).toBe(count);
  });

  test.each([
    ['that a change has left', 'b'.repeat(40), 'superseded by aaaaaaa'],
    ['that GitHub knows no more', 'c'.repeat(40), 'superseded by a newer commit'],
  ])('a check that is asked for again on a commit %s', async (_, headSha, title) => {
    const world = createWorld();
    world.left.set('b'.repeat(40), world.change.ref.number);
    const trigger: Trigger = { kind: 'head', repo: { owner: 'acme', repo: 'infra' }, headSha, pressed: null, event: 'check_run', delivery: null, at: '2026-05-05T10:00:00Z' };
    await handle(trigger, hostOf(world, { check: 'check-run' }));
    expect(world.effects).toMatchObject([{ kind: 'post-check', headSha, check: { conclusion: 'neutral', title } }]);
  });

  test.each([
    ['that can be read', 'failure', '#9: '],
    ['that cannot either: what stands there stays', null, null],
  ])('a failed evaluation takes nothing back from another change of the head, %s', async (_, conclusion, title) => {
    const world = createWorld();
    world.files = [bigger];
    world.others.push({ ...world.change, ref: { ...world.change.ref, number: 9 }, title: 'Scale checkout', changedFiles: 1 });
    const headSha = world.change.head.sha;
    const { readChange, ...reader } = createReader(world);
    const failing = { ...reader, readChange: (ref: typeof world.change.ref, options: Parameters<typeof readChange>[1]) => (ref.number === 7 || conclusion === null ? Promise.reject(new Error('boom')) : readChange(ref, options)) };
    const hint = { headSha, baseRef: 'main', baseSha: null, body: null, changedFiles: 0, comments: 0 };
    const recall = async () => ({ id: 1, digest: 'x', changes: [9], revision: 3 });
    await expect(handle(triggerOf(world, { hint }), hostOf(world, { reader: failing, recall, check: 'check-run' }))).rejects.toThrow('boom');
    expect(world.effects).toMatchObject(conclusion === null ? [] : [{ kind: 'post-check', check: { conclusion, title: expect.stringMatching(`^${title}`) }, changes: [7, 9], seen: { revision: 3 } }]);
  });

  test('more changes of one head than are looked at are red, unread', async () => {
    const world = createWorld();
    for (let number = 20; number < 31; number += 1) world.others.push({ ...world.change, ref: { ...world.change.ref, number } });
    await handle(triggerOf(world), hostOf(world, { check: 'check-run' }));
    expect(world.effects).toMatchObject([{ kind: 'post-check', check: { conclusion: 'failure', title: '12 open pull requests end with this commit: too many to look at' } }]);
    expect(world.reads.filter((read) => read === 'change')).toHaveLength(1);
  });

  test('of a change that is listed no more, but was told on this head, it is asked whether it is still there', async () => {
    const world = createWorld();
    world.others.push({ ...world.change, ref: { ...world.change.ref, number: 9 }, state: 'closed' });
    await handle(triggerOf(world), hostOf(world, { check: 'check-run', recall: async () => ({ id: 1, digest: 'x', changes: [7, 9], revision: 3 }) }));
    expect(world.effects).toMatchObject([{ kind: 'post-check', check: { conclusion: 'success' }, changes: [7] }]);
  });

  test.each(['closed', 'merged'] as const)('a check that is asked for again on the head of a change that was %s says so', async (state) => {
    const world = createWorld();
    world.change = { ...world.change, state };
    const trigger: Trigger = { kind: 'head', repo: { owner: 'acme', repo: 'infra' }, headSha: world.change.head.sha, pressed: null, event: 'check_run', delivery: null, at: '2026-05-05T10:00:00Z' };
    await handle(trigger, hostOf(world, { check: 'check-run' }));
    expect(world.effects).toMatchObject([{ kind: 'post-check', check: { conclusion: 'neutral', title: `pull request #7 is ${state}` } }]);
  });

  test.each([
    ['asked for', 0, {}],
    ['slow', 3100, { ownCheck: false }],
  ])('what was merged while an evaluation that was %s went on keeps its record', async (_, ms, given) => {
    const world = createWorld({ title: 'Scale checkout' });
    world.files = [bigger];
    const { readFiles, ...reader } = createReader(world);
    const slow = { ...reader, readFiles: async (ref: typeof world.change.ref, page: number) => {
      await new Promise((resolve) => void setTimeout(resolve, ms));
      world.change = { ...world.change, state: 'merged' };
      return readFiles(ref, page);
    } };
    expect(await handle(triggerOf(world, given), hostOf(world, { reader: slow, check: 'check-run' }))).toMatchObject({ kind: 'superseded', state: 'merged' });
    expect(world.effects).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['a merge group', { kind: 'merge-group', headRef: `refs/heads/gh-readonly-queue/main/pr-7-${'c'.repeat(40)}`, headSha: 'f'.repeat(40) }, 'f'.repeat(40)],
    ['a re-run that names no pull request', { kind: 'head', headSha: 'a'.repeat(40), pressed: null }, 'a'.repeat(40)],
    ['a comment, which names no commit', { kind: 'gate', hint: null, ownCheck: false }, 'a'.repeat(40)],
  ])('the App tells that it could not evaluate %s', async (_, given, headSha) => {
    const world = createWorld();
    const reader = { ...createReader(world), readChange: () => Promise.reject(new TransientError('GitHub answered 502')) };
    const trigger = { ...triggerOf(world), repo: { owner: 'acme', repo: 'infra' }, ...given } as Trigger;
    await expect(handle(trigger, hostOf(world, { reader, check: 'check-run', onError: 'retry' }))).rejects.toThrow('502');
    expect(world.effects).toEqual([]);
    await expect(handle(trigger, hostOf(world, { reader, check: 'check-run' }))).rejects.toThrow('502');
    expect(world.effects).toMatchObject([{ kind: 'post-check', headSha, check: { conclusion: 'neutral', title: 'could not evaluate, trying again', summary: expect.stringContaining('502') } }]);
  });

  test.each([
    ['an error of our own', new Error('boom'), /not tried again: press Re-check$/],
    ['GitHub, whom the sweep asks again', new TransientError('GitHub answered 502'), /trying again$/],
  ])('after the last try that failed by %s nothing is said that is not done', async (_, error, title) => {
    const world = createWorld();
    const reader = { ...createReader(world), readChange: () => Promise.reject(error) };
    await expect(handle(triggerOf(world), hostOf(world, { reader, check: 'check-run', tries: 'last' }))).rejects.toThrow(error.message);
    expect(world.effects).toMatchObject([{ check: { title: expect.stringMatching(title) } }]);
  });

  test('the App tells a failed evaluation on the check instead of leaving it open', async () => {
    const world = createWorld();
    const reader = { ...createReader(world), readChange: () => Promise.reject(new Error('boom')) };
    const hint = { headSha: 'a'.repeat(40), baseRef: 'main', baseSha: null, body: null, changedFiles: 0, comments: 0 };
    await expect(handle(triggerOf(world, { hint }), hostOf(world, { reader, check: 'check-run' }))).rejects.toThrow('boom');
    expect(world.effects).toMatchObject([{ kind: 'post-check', check: { conclusion: 'neutral' } }]);
  });
});
