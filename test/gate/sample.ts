// A change in production that asks for a hypothesis, and small variations of it: the input of most gate tests.
import { defaultConfig } from '../../src/config/complete.ts';
import type { GateChange, GateInput } from '../../src/gate/input.ts';
import type { CostReport, FileDiff, ScalingFact } from '../../src/model/change.ts';
import type { Config } from '../../src/model/config.ts';
import type { GivenCommand, HypothesisFinding, Standing } from '../../src/model/gate.ts';
import type { Command } from '../../src/model/command.ts';
import type { Hypothesis, MetricCriterion } from '../../src/model/hypothesis.ts';
import type { Problem } from '../../src/model/problem.ts';

export const AT = '2026-11-24T10:00:00Z';

export function fact(change: Partial<ScalingFact> = {}): ScalingFact {
  return {
    file: 'charts/orders/values.yaml', line: 14, knob: 'replicas', path: 'replicas', from: '3', to: '12', factor: 4, direction: 'up', scales: 'replicas',
    service: 'orders', small: true, reversible: true, timing: 'rollout', production: true, remarks: [], ...change,
  };
}

/** A bigger database class: not small, cost unknown. */
export const bigger = fact({ file: 'db/main.tf', line: 3, knob: 'instance-class', path: 'aws_db_instance.orders.instance_class', from: 'db.r6g.large', to: 'db.r6g.4xlarge', factor: 8, scales: 'instance class', small: false });

export function file(path: string, patch: string | null = '@@ -1 +1 @@\n-a\n+b', change: Partial<FileDiff> = {}): FileDiff {
  return { path, previousPath: null, status: 'modified', patch, ...change };
}

export function pull(change: Partial<GateChange> = {}): GateChange {
  return {
    ref: { owner: 'acme', repo: 'shop', number: 7 }, title: 'Scale orders', body: '', author: { login: 'ada', type: 'User' }, labels: [], draft: false,
    headSha: 'a'.repeat(40), ...change,
  };
}

export function configured(change: Partial<Config> = {}): Config {
  return { ...defaultConfig(), ...change };
}

export function cost(monthlyDelta: number): GateInput['cost'] {
  const report: CostReport = { currency: 'USD', monthlyDelta, monthlyTotal: null, source: 'infracost.json' };
  return { report, problems: [], pushedAt: null };
}

/** Facts stand for their files unless files are given. */
export function input(change: Partial<GateInput> & { readonly facts?: readonly ScalingFact[] } = {}): GateInput {
  const { facts = [fact()], ...rest } = change;
  const files = [...new Set(facts.map((one) => one.file))].map((path) => file(path));
  return {
    change: pull(), files, filesComplete: true, diff: { facts, needsEnds: [], formattingOnly: false }, revert: null,
    cost: { report: null, problems: [], pushedAt: null }, config: configured(), incidentBy: null, intentLine: null, stepOf: null, at: AT,
    configSource: { kind: 'repository', place: 'acme/shop:.github/yardstick.yml@main' }, configProblems: { here: [], elsewhere: [] }, unconfigured: 'defaults-apply',
    hypothesis: null, step: null, draft: '## Hypothesis\n…', commands: [], previous: null, ...rest,
  };
}

export function criterion(change: Partial<MetricCriterion> = {}): MetricCriterion {
  return {
    kind: 'metric', text: 'p95(orders) < 300 ms', place: { file: 'pull request body', line: 4, column: 3 }, role: 'goal', metric: { name: 'p95', args: ['orders'] },
    expects: { kind: 'level', op: '<=', bound: { value: 300, unit: 'ms' }, other: null }, hours: { kind: 'all' }, against: { kind: 'baseline' }, forEach: null, manual: false, ...change,
  };
}

export const guardrail = criterion({ text: 'error_rate(orders) stays below 0.5%', role: 'guardrail', metric: { name: 'error_rate', args: ['orders'] }, expects: { kind: 'level', op: '<=', bound: { value: 0.5, unit: '%' }, other: null } });

export function hypothesis(change: Partial<Hypothesis> = {}): Hypothesis {
  return {
    source: 'inline', ref: 'acme/shop#7', claim: 'More replicas cut latency at peak', because: 'the pods are saturated', criteria: [criterion()],
    schedule: { window: null, settle: null, start: null }, odds: null, until: null, ...change,
  };
}

export function found(change: Partial<HypothesisFinding> = {}): HypothesisFinding {
  return { hypothesis: hypothesis(), problems: [], notes: [], ended: null, quotable: true, own: [], ...change };
}

export function problem(change: Partial<Problem> = {}): Problem {
  return { code: 'unreadable-criterion', place: { file: 'pull request body', line: 5, column: 3 }, found: '`p95 gets better`', expected: 'a metric and what happens to it', remedy: '- p95(orders) falls by 20%', ...change };
}

/** Somebody who may read and nothing more. */
export function standing(change: Partial<Standing> = {}): Standing {
  return { by: { login: 'mallory', type: 'User' }, permission: 'read', teams: [], unreadTeams: [], ...change };
}

export function given(command: Command, change: Partial<GivenCommand> = {}): GivenCommand {
  return { command, by: { login: 'grace', type: 'User' }, permission: 'write', teams: [], unreadTeams: [], commentId: 501, at: '2026-11-24T09:30:00Z', editor: null, ...change };
}

export function waive(change: Partial<GivenCommand> = {}, until: string | null = null): GivenCommand {
  return given({ name: 'waive', reason: 'launch tomorrow', until }, change);
}
