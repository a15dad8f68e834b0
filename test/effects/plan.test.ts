// The gate's plan: the fewest writes that lead from what is there to what is wanted.
import { describe, expect, test } from 'vitest';
import type { Desired, Observed } from '../../src/effects/desired.ts';
import { planGate } from '../../src/effects/plan.ts';
import type { Comment } from '../../src/model/change.ts';

const change = { owner: 'acme', repo: 'infra', number: 7 };
const at = '2026-05-05T10:00:00Z';
const label = { name: 'hypothesis: needed', color: 'd93f0b', description: 'asks for a hypothesis' };
const comment = (id: number, body: string): Comment => ({ id, nodeId: '', body, author: { login: 'yardstick[bot]', type: 'Bot' }, mine: true, createdAt: at, editor: null });
const nothing: Observed = { labels: [], own: [], evaluatedAt: null, reactions: new Map([[5, ['eyes']]]), ownCheck: null };
const silence: Desired = { change, comment: null, reactions: [], labels: { add: [], remove: [] }, check: null, ownConclusion: null };
const asking: Desired = { ...silence, comment: { body: 'Please', create: 'if-missing' }, labels: { add: [label], remove: ['hypothesis: linked'] } };

describe('plan', () => {
  test.each<[string, Observed, Desired, readonly string[]]>([
    ['nothing wanted, nothing there', nothing, silence, []],
    ['asks for the first time', nothing, asking, ['create-comment', 'add-label']],
    ['asks again with the same words', { ...nothing, own: [comment(1, 'Please\r\n')], labels: ['Hypothesis: Needed'] }, asking, []],
    ['asks with other words', { ...nothing, own: [comment(1, 'Old')], labels: [label.name] }, asking, ['edit-comment']],
    ['takes the label back', { ...nothing, own: [comment(1, 'Please')], labels: [label.name, 'hypothesis: linked'] }, asking, ['remove-label']],
    ['removes the younger of two comments', { ...nothing, own: [comment(1, 'Please'), comment(2, 'Please')], labels: [label.name] }, asking, ['delete-comment']],
    ['one line of green never begins a comment', nothing, { ...silence, comment: { body: 'ok', create: 'never' } }, []],
    ['one line of green replaces the request', { ...nothing, own: [comment(1, 'Please')] }, { ...silence, comment: { body: 'ok', create: 'never' } }, ['edit-comment']],
    ['an older run writes nothing over a newer one', { ...nothing, own: [comment(1, 'Newer')], evaluatedAt: '2026-05-05T10:00:01Z' }, asking, []],
    ['re-runs a job that shows the other answer', { ...nothing, ownCheck: { conclusion: 'failure', jobId: 9 } }, { ...silence, ownConclusion: 'success' }, ['rerun']],
    ['leaves a job alone that shows this answer', { ...nothing, ownCheck: { conclusion: 'success', jobId: 9 } }, { ...silence, ownConclusion: 'success' }, []],
    ['answers a command with a reaction', nothing, { ...silence, reactions: [{ commentId: 4, content: '+1' }] }, ['react']],
    ['has answered that command already', nothing, { ...silence, reactions: [{ commentId: 5, content: 'eyes' }] }, []],
    ['leaves a running job alone', { ...nothing, ownCheck: { conclusion: 'running', jobId: 9 } }, { ...silence, ownConclusion: 'success' }, []],
  ])('%s', (_, observed, desired, kinds) => {
    expect(planGate(observed, desired, at).map((effect) => effect.kind)).toEqual(kinds);
  });

  test('the oldest comment stays', () => {
    const plan = planGate({ ...nothing, own: [comment(1, 'Please'), comment(2, 'Please')], labels: [label.name] }, asking, at);
    expect(plan).toEqual([{ kind: 'delete-comment', change, commentId: 2 }]);
  });
});
