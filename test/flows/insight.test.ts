// What the gate gives before it asks: pre-flight facts where readers may see them, and what earlier verdicts say; never a changed verdict.
import { beforeEach, describe, expect, test } from 'vitest';
import { completeConfig } from '../../src/config/complete.ts';
import { encodeLedger } from '../../src/experiment/ledger.ts';
import type { Offer } from '../../src/model/config.ts';
import type { Decision } from '../../src/model/decision.ts';
import { renderGateComment } from '../../src/report/comment.ts';
import { renderSummary } from '../../src/report/summary.ts';
import { renderTitle } from '../../src/report/title.ts';
import { entry } from '../report/experiment-sample.ts';
import { createWorld, say } from './fake-forge.ts';
import type { World } from './fake-forge.ts';
import { createMetrics, type Metrics } from './fake-metrics.ts';
import { bigger, hostOf, runTwice } from './run-twice.ts';

const AT = Date.parse('2026-05-05T10:00:00Z') / 1000;
const body = (goal: string): string => `## Hypothesis
More replicas cut checkout latency, because the pods are CPU bound.

- ${goal}
- guardrail: errors does not rise by more than 20%
`;
const CONFIG = (shared = ''): string => `
sources: { prom: { type: prometheus, url: 'https://prometheus.example.com' } }
metrics:
  p95: { unit: ms, better: lower, source: prom, query: 'p95{s="{service}"}', parameters: { service: { values: [checkout] } }${shared} }
  errors: { unit: count, better: lower, source: prom, query: errors }
`;

let world: World;
let metrics: Metrics;

beforeEach(() => {
  world = createWorld({ title: 'Scale checkout', body: body('p95(checkout) falls by 20%') });
  world.files = [bigger];
  world.texts.set('acme/infra:.github/yardstick.yml', CONFIG());
  metrics = createMetrics({ 'p95(checkout)': 480, errors: 3 }, AT);
});

const gate = (): Promise<Decision> => runTwice(world, hostOf(world, { metrics: metrics.reader }));

describe('pre-flight', () => {
  test('says what each criterion’s metric shows, in title and summary; the comment stays silent', async () => {
    const decision = await gate();
    expect(decision).toMatchObject({ verdict: 'pass', situation: 'sound', preflight: [{ metric: 'p95(checkout)', data: { kind: 'series', days: 28 }, promised: 0.2, alreadyTrue: false }, { metric: 'errors' }] });
    expect(decision.preflight[0]?.today).toBeGreaterThan(400);
    expect(renderTitle(decision)).toMatch(/visible from \d/);
    expect(renderSummary(decision)).toContain('| Before the merge |');
    expect(renderGateComment(decision)).toBeNull();
  });

  test('tells a goal that holds already', async () => {
    world.change = { ...world.change, body: body('p95(checkout) < 900 ms') };
    const decision = await gate();
    expect(decision.preflight[0]).toMatchObject({ alreadyTrue: true });
    expect(renderSummary(decision)).toContain('that proves nothing');
    expect(decision.verdict).toBe('pass');
  });

  test('a source that is down or slow blocks nothing', async () => {
    metrics.fail('p95(checkout)', 'no answer within 5 s');
    expect(await gate()).toMatchObject({ verdict: 'pass', preflight: [{ data: { kind: 'unreachable' } }, {}] });
  });

  test('no data is said', async () => {
    metrics.hole('p95(checkout)', '2020-01-01', '2030-01-01');
    const decision = await gate();
    expect(renderSummary(decision)).toContain('gives no data');
  });

  test.each<[string, Partial<Offer>, RegExp, number]>([
    ['nothing', {}, /ask the operator of this App to offer this repository the source `prom`/, 2],
    ['the source, and no queries', { sources: completeConfig([{ sources: { prom: { type: 'prometheus' } } }]).sources }, /ask the operator of this App to define it, or to set `queries: repository` on the source `prom`/, 2],
    ['the source with queries', { sources: completeConfig([{ sources: { prom: { type: 'prometheus' } } }]).sources, open: new Set(['prom']) }, /\| 28 days \|/, 0],
  ])('of an App whose operator offers %s: nothing is blocked, and it is said whom to ask', async (_, offered, told, withheld) => {
    const decision = await runTwice(world, hostOf(world, { metrics: metrics.reader, offer: { sources: new Map(), metrics: new Map(), open: new Set(), ...offered } }));
    expect(decision).toMatchObject({ verdict: 'pass', situation: 'sound' });
    expect(decision.preflight.filter(({ data }) => data.kind === 'not-offered')).toHaveLength(withheld);
    expect(renderSummary(decision)).toMatch(told);
    expect(renderGateComment(decision)).toBeNull();
  });

  test.each<[string, () => void, number]>([
    ['on a public repository', () => (world.change = { ...world.change, visibility: 'public' }), 0],
    ['on a public repository, of public metrics alone', () => ((world.change = { ...world.change, visibility: 'public' }), world.texts.set('acme/infra:.github/yardstick.yml', CONFIG(', public: true'))), 1],
    ['to an author without write access', () => world.permissions.set('ada', 'read'), 0],
    ['after somebody with write access asked', () => ((world.change = { ...world.change, visibility: 'public' }), world.permissions.set('bob', 'maintain'), say(world, 'bob', '/yardstick check')), 2],
    ['not because a stranger asked', () => ((world.change = { ...world.change, visibility: 'public' }), say(world, 'eve', '/yardstick check')), 0],
  ])('numbers %s', async (_, arrange, shown) => {
    arrange();
    expect((await gate()).preflight).toHaveLength(shown);
  });
});

describe('evidence memory', () => {
  test('names earlier verdicts on the same metric, without a search', async () => {
    const entries = ['validated', 'refuted', 'refuted', 'refuted'].map((outcome, i) => entry({ key: `acme/infra#${i + 1}`, outcome: outcome as 'validated', metrics: [i < 3 ? 'p95(checkout)' : 'p95(carts)'], knobs: [], paths: [], told: { number: i + 1, commentId: 1 } }));
    world.dashboard = { number: 500, body: `Bets\n\n${encodeLedger({ entries, mergesSeenUntil: null }).text}`, editor: null };
    expect(renderSummary(await gate())).toContain('The last 3 bets on `p95(checkout)` here: 1 validated (#1), 2 refuted (#2, #3).');
  });

  test('stands in the comment of a change that still owes its hypothesis', async () => {
    world.dashboard = { number: 500, body: encodeLedger({ entries: [entry({ key: 'acme/infra#3', outcome: 'refuted', knobs: ['replicas up'], told: { number: 3, commentId: 1 } })], mergesSeenUntil: null }).text, editor: null };
    world.change = { ...world.change, body: '' };
    expect(renderGateComment(await gate())).toContain('The last raise of `replicas` here: refuted (#3).');
  });
});
