// An experiment as it is locked, for tests to vary.
import { readCriterion } from '../../src/hypothesis/criterion/read.ts';
import type { Experiment, LockedMetric, Member } from '../../src/model/experiment.ts';
import type { Criterion } from '../../src/model/hypothesis.ts';

export const REPO = { owner: 'acme', repo: 'infra' };

export function criterion(text: string): Criterion {
  const read = readCriterion({ text, place: { file: 'pull request body', line: 1, column: 1 }, role: null });
  if (!read.ok) throw new Error(`${text}: ${read.problem.found}`);
  return read.criterion;
}

export function metric(name: string, given: Partial<LockedMetric> = {}): LockedMetric {
  return { name, unit: 'ms', better: 'lower', kind: 'gauge', aggregate: null, cadence: null, public: false, source: 'prom', sourceType: 'prometheus', queries: [`secret_${name}`], samples: null, ...given };
}

export function member(number: number, given: Partial<Member> = {}): Member {
  return {
    change: { ...REPO, number }, mergeSha: `${number}`.padStart(40, 'a'), mergedAt: '2026-05-05T12:00:00Z', bets: ['checkout replicas 4 → 6'], knobs: ['k8s-replicas'], paths: ['charts/checkout/values.yaml'],
    monthlyCost: 140, currency: 'USD', waitsForWindow: false, effect: null, ...given,
  };
}

export function experiment(given: Partial<Experiment> = {}): Experiment {
  return {
    version: 1, key: 'acme/infra#7', repo: REPO, intent: 'improve', tier: 'light', silent: false,
    hypothesis: { source: 'inline', ref: '#7', claim: 'More replicas cut checkout latency at peak', because: 'the pods are CPU bound', odds: 0.8, until: null },
    criteria: [criterion('p95(checkout) falls by 30%'), criterion('guardrail: errors does not rise')],
    metrics: [metric('p95(checkout)'), metric('errors', { unit: '%', public: true })],
    baselines: { 'p95(checkout)': { from: 1_777_939_200, values: [480, null, 482.5], totals: null } },
    schedule: { start: { kind: 'merge' }, settle: 3600, window: 7 * 86_400 },
    config: { place: 'acme/infra:.github/yardstick.yml@main', sha: 'b'.repeat(40), digest: 'd'.repeat(64) },
    lockedAt: '2026-05-05T12:00:30Z', owner: 'ada', members: [member(7)],
    effect: null, lastEffectAt: null, amendments: [], answers: [], askedAt: null, extended: false, result: null, toldIn: null, decision: null, remindedAt: null, withdrawal: null, ...given,
  };
}
