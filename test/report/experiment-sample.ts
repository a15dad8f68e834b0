// A bet that was measured, and small variations of it: the input of most texts about outcomes.
import type { CriterionResult, Experiment, ExperimentResult, LedgerEntry, Member } from '../../src/model/experiment.ts';
import type { PreflightFinding } from '../../src/model/preflight.ts';
import type { CriterionChart } from '../../src/report/chart.ts';
import type { Shows } from '../../src/report/shows.ts';
import { criterion } from '../gate/sample.ts';

export const ON = { owner: 'acme', repo: 'shop', number: 7 };
export const BEGAN = '2026-05-05T13:00:00.000Z';
export const DUE = '2026-05-12T14:00:00.000Z';
export const ALL: Shows = { words: true, costs: true, elsewhere: true, metric: () => true };

export const latency = criterion({ text: 'p95(checkout) falls by 30% at peak', metric: { name: 'p95', args: ['checkout'] }, expects: { kind: 'relative-change', op: '<=', by: -0.3 }, hours: { kind: 'peak', busiest: 4 } });
export const errors = criterion({ text: 'error_rate(checkout) stays below 0.5%', role: 'guardrail', metric: { name: 'error_rate', args: ['checkout'] }, expects: { kind: 'level', op: '<=', bound: { value: 0.5, unit: '%' }, other: null } });
export const bill = criterion({ text: 'cost_per_month rises by at most $200', role: 'guardrail', metric: { name: 'cost_per_month', args: [] }, expects: { kind: 'change', op: '<=', by: { value: 200, unit: 'USD/month' } } });

export function member(change: Partial<Member> = {}): Member {
  return {
    change: ON, mergeSha: '3f2c9ab41d0e7f8a9b6c5d4e3f2a1b0c9d8e7f6a', mergedAt: '2026-05-05T12:40:00.000Z', bets: ['orders replicas 4 → 6'], knobs: ['replicas up'],
    paths: ['charts/orders/values.yaml'], monthlyCost: 140, currency: 'USD', waitsForWindow: false, effect: null, ...change,
  };
}

const locked = { samples: null, aggregate: null, cadence: null, source: 'prod', sourceType: 'prometheus', public: false } as const;

export function experiment(change: Partial<Experiment> = {}): Experiment {
  const hours = Array.from({ length: 672 }, (_, hour) => 300 + (hour % 24));
  return {
    version: 1, key: 'acme/shop#7', repo: { owner: 'acme', repo: 'shop' }, intent: 'improve', tier: 'full', silent: false,
    hypothesis: { source: 'inline', ref: 'acme/shop#7', claim: 'Moving session reads to Redis cuts checkout latency at peak', because: 'the orders database is the bottleneck', odds: 0.8, until: null },
    criteria: [latency, errors, bill],
    metrics: [
      { ...locked, name: 'p95(checkout)', unit: 'ms', better: 'lower', kind: 'gauge', queries: ['histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket{service="checkout"}[5m])) by (le)) * 1000'] },
      { ...locked, name: 'error_rate(checkout)', unit: '%', better: 'lower', kind: 'rate', queries: ['sum(rate(http_errors_total{service="checkout"}[5m]))', 'sum(rate(http_requests_total{service="checkout"}[5m]))'] },
      { ...locked, name: 'cost_per_month', unit: 'USD/month', better: 'lower', kind: 'cost', source: 'bill', sourceType: 'opencost', queries: ['sum(node_cost)'] },
    ],
    baselines: { 'p95(checkout)': { from: 1_775_480_400, values: hours, totals: null }, 'error_rate(checkout)': { from: 1_775_480_400, values: hours.map(() => 3), totals: hours.map(() => 1_000) } },
    schedule: { start: { kind: 'deployment', environment: 'production' }, settle: 3600, window: 604_800 },
    config: { place: 'acme/shop:.github/yardstick.yml@main', sha: 'b'.repeat(40), digest: 'cfg-8d31' }, lockedAt: '2026-05-05T12:41:00.000Z', owner: 'ada', members: [member()],
    effect: null, lastEffectAt: null, amendments: [], answers: [], askedAt: null, extended: false, result: null, toldIn: null, decision: null, remindedAt: null, withdrawal: null, ...change,
  };
}

export const effect = { at: BEGAN, how: 'deployment', text: 'deployment 91 to production by flux' } as const;

export function measured(change: Partial<CriterionResult> = {}): CriterionResult {
  return {
    text: latency.text, role: 'goal', metric: 'p95(checkout)', unit: 'ms', verdict: 'missed', reason: 'falls-short', sentence: 'It moved the promised way, but not as far as promised.', scale: 'relative',
    estimate: -0.0801, interval: [-0.1412, -0.0204], mde: 0.061, before: 312.4, after: 287.1, wobble: 0.041, missing: 0, neededWindow: null, remarks: [], ...change,
  };
}

export const fewErrors = measured({ text: errors.text, role: 'guardrail', metric: 'error_rate(checkout)', unit: '%', verdict: 'met', reason: 'measured', sentence: 'The measured change decides it.', scale: 'absolute', estimate: 0.31, interval: [0.28, 0.34], mde: null, before: 0.3, after: 0.31, wobble: 0.12, missing: 0.004 });
export const smallBill = measured({ text: bill.text, role: 'guardrail', metric: 'cost_per_month', unit: 'USD/month', verdict: 'met', reason: 'measured', sentence: 'The measured change decides it.', scale: 'absolute', estimate: 141, interval: [133, 149], mde: 16, before: 1_820, after: 1_961, wobble: 0.01 });

export function outcome(change: Partial<ExperimentResult> = {}): ExperimentResult {
  return {
    outcome: 'refuted', at: DUE, windows: { baseline: ['2026-04-07T13:00:00.000Z', BEGAN], observed: ['2026-05-05T14:00:00.000Z', DUE] },
    criteria: [measured(), fewErrors, smallBill], confounders: ['Deployment 93 of checkout on 8 May 09:12 UTC; the metric did not shift there.'], early: false, ...change,
  };
}

/** Four weeks before and one after, with a daily cycle and noise that is the same in every run. */
export function chart(change: Partial<CriterionChart> = {}): CriterionChart {
  const beganAt = Date.parse(BEGAN) / 1000;
  const values = Array.from({ length: 672 + 168 }, (_, hour) => (hour >= 700 && hour < 712 ? null : (hour < 672 ? 312 : 287) + 28 * Math.sin((hour / 24) * 2 * Math.PI) + 14 * Math.sin(hour * 12.9898) + 9 * Math.sin(hour / 40)));
  return { text: latency.text, metric: 'p95(checkout)', unit: 'ms', from: beganAt - 672 * 3600, values, beganAt, before: 312.4, promised: 218.7, hours: ' at peak', ...change };
}

export function entry(change: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    key: 'acme/shop#7', title: 'Moving session reads to Redis cuts checkout latency at peak', stage: 'judged', intent: 'improve', silent: false, home: { number: 7, commentId: 900, nodeId: 'IC_900' },
    copy: { number: 3, commentId: 901, nodeId: 'IC_901' }, changes: [7], dueAt: DUE, outcome: 'refuted', endedAt: DUE, told: { number: 7, commentId: 902 }, odds: 0.8,
    metrics: ['p95(checkout)', 'error_rate(checkout)'], knobs: ['replicas up'], paths: ['charts/orders/values.yaml'], monthlyCost: 140, currency: 'USD', ...change,
  };
}

export function preflight(change: Partial<PreflightFinding> = {}): PreflightFinding {
  return {
    text: latency.text, role: 'goal', metric: 'p95(checkout)', unit: 'ms', data: { kind: 'series', days: 28, missing: 0.002 }, today: 312, wobble: 0.041, alreadyTrue: false, promised: 0.3,
    window: 604_800, mde: 0.061, neededWindow: null, byLuck: null, onlyAtPeak: false, ...change,
  };
}
