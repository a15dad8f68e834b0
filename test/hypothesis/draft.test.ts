// Drafts: sound once their blanks are filled, and not before.
import { expect, test } from 'vitest';
import { checkCatalogue } from '../../src/hypothesis/catalogue.ts';
import { renderDraft, type DraftInput } from '../../src/hypothesis/draft.ts';
import { findHypothesis } from '../../src/hypothesis/find.ts';
import type { ScalingFact } from '../../src/model/change.ts';
import { CATALOGUE, codesOf, soundOf } from './read.ts';

const FACT: ScalingFact = {
  file: 'charts/orders/values.yaml', line: 14, knob: 'replicas', path: 'replicaCount', from: '4', to: '6', factor: 1.5, direction: 'up', scales: 'replicas',
  service: 'orders', small: true, reversible: true, timing: 'rollout', production: true, remarks: [],
};
const INPUT: DraftInput = { facts: [FACT], title: 'feat(orders): raise replicas', body: '', metrics: CATALOGUE, services: new Map(), tier: 'full', intent: 'improve' };
const fill = (draft: string): string => draft.replaceAll('<number>', '20').replaceAll(/<[a-z][^<>]*>/g, '2026-12-31');

const cases = (['improve', 'save', 'insure', 'oblige', 'repair', null] as const).flatMap((intent) => (['light', 'full'] as const).flatMap((tier) => [CATALOGUE, new Map()].map((metrics) => ({ intent, tier, metrics, known: metrics.size }))));

test.each(cases)('$intent, $tier, $known metrics', ({ known: _known, ...said }) => {
  const draft = renderDraft({ ...INPUT, ...said });
  expect(codesOf(draft)).toContain('placeholder');
  expect(checkCatalogue(soundOf(fill(draft)), said.metrics).problems).toEqual([]);
});

test.each(cases)('begun again from itself it keeps its gaps: $intent, $tier, $known metrics', ({ known: _known, ...said }) => {
  const draft = renderDraft({ ...INPUT, ...said });
  expect(renderDraft({ ...INPUT, ...said, body: draft })).toBe(draft);
});

test.each(['<why you expect that>', '<why you', '`<reason, with a link>`', '[describe the reason]', 'TODO', '…'])('%s is no reason', (gap) => {
  const blank = /<why you expect that>/;
  expect(renderDraft({ ...INPUT, body: `## Hypothesis\nMore pods help, because ${gap}` })).toMatch(blank);
  expect(renderDraft({ ...INPUT, title: `More pods, because ${gap}` })).toMatch(blank);
});

test('metrics fit the service, guardrails fit the intent', () => {
  expect(renderDraft(INPUT)).toContain('- p95(orders) falls by <number>% at peak\n- error_rate(orders) does not rise\n- cost_per_month rises by at most $<number>');
  expect(soundOf(fill(renderDraft({ ...INPUT, intent: 'save' }))).criteria.map(({ role }) => role)).toEqual(['goal', 'guardrail', 'guardrail']);
  expect(soundOf(fill(renderDraft({ ...INPUT, intent: 'insure' })))).toMatchObject({ until: '2026-12-31', criteria: [{ hours: { kind: 'when' } }, {}] });
  expect(renderDraft({ ...INPUT, facts: [{ ...FACT, scales: 'memory limit' }] })).toContain('- no more oom_kills');
  expect(renderDraft({ ...INPUT, services: new Map([['checkout', ['charts/orders/**']]]) })).toContain('p95(checkout)');
});

test('the author’s own reason is taken', () => {
  const draft = renderDraft({ ...INPUT, tier: 'light', body: 'Context.\n\nWe raise the replicas because the queue grows every Monday. Thanks @bob!' });
  expect(draft).toContain('\nWe raise the replicas because the queue grows every Monday.\n');
  expect(soundOf(fill(draft)).because).toBe('the queue grows every Monday');
});

test.each([
  ['raise replicas', [FACT], 'Raise replicas (replicas 4 → 6): p95(orders) falls at peak, because <why you expect that>.'],
  ['', [FACT, { ...FACT, scales: 'memory limit', from: '1Gi', to: '2Gi' }], 'Replicas 4 → 6, memory limit 1Gi → 2Gi: there are no more oom_kills, because <why you expect that>.'],
  ['', [], 'This change: p95(orders) falls at peak, because <why you expect that>.'],
])('the claim of a change with title %j', (title, facts, claim) => {
  expect(renderDraft({ ...INPUT, title, facts }).split('\n')[1]).toBe(claim);
});

test('foreign text can’t break out of the draft', () => {
  const draft = renderDraft({ ...INPUT, title: '## x\n- p95 < 1 ms @org/team <img src=x> ```' });
  expect(draft.split('\n')[1]).not.toMatch(/^#|<img|```|@org/);
  expect(soundOf(fill(draft)).criteria).toHaveLength(3);
});

test('a step needs one line', () => {
  expect(findHypothesis(renderDraft({ ...INPUT, intent: 'step' }).replace('<number>', '12'), 'body').step).toMatchObject({ number: 12 });
});
