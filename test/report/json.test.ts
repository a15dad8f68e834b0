// The object of `check --json`: its keys are an interface, and its documentation names each.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluateGate } from '../../src/gate/evaluate.ts';
import type { Criterion, Expectation } from '../../src/model/hypothesis.ts';
import { renderCriterionJson } from '../../src/report/criterion-json.ts';
import { renderJson } from '../../src/report/json.ts';
import { configured, cost, criterion, fact, file, found, guardrail, hypothesis, input, problem } from '../gate/sample.ts';

const ms = (value: number) => ({ value, unit: 'ms' });
const keys = ['verdict', 'inScope', 'tier', 'intent', 'scope', 'facts', 'hypothesis', 'problems'];

describe('the object', () => {
  test('of an unsound change', () => {
    const json = renderJson(evaluateGate(input({ cost: cost(900), hypothesis: found({ problems: [problem()] }) })));
    expect(Object.keys(json).slice(0, 8)).toEqual(keys);
    expect(json).toMatchObject({
      verdict: 'fail', inScope: true, tier: 'full', intent: 'improve', situation: 'unsound', title: 'hypothesis has 2 problems: orders replicas 3 → 12, +$900/month',
      scope: [{ rule: 'cost', text: 'cost +$900/month (threshold $50)' }, { rule: 'diff', text: '`replicas` 3 → 12 (×4) in `charts/orders/values.yaml:14`' }],
      facts: [{ file: 'charts/orders/values.yaml', line: 14, knob: 'replicas', path: 'replicas', from: '3', to: '12', factor: 4, direction: 'up' }],
      hypothesis: { source: 'inline', ref: 'acme/shop#7', claim: 'More replicas cut latency at peak', because: 'the pods are saturated' },
      problems: [{ code: 'unreadable-criterion', place: { file: 'pull request body', line: 5, column: 3 } }, { code: 'guardrail-missing' }],
    });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  test('of what is out of scope lists the facts all the same', () => {
    const json = renderJson(evaluateGate(input({ facts: [fact({ production: false })] })));
    expect(json).toMatchObject({ verdict: 'pass', inScope: false, tier: 'none', intent: null, scope: [{ rule: 'exempt', text: 'non-production paths only' }], hypothesis: null, problems: [] });
    expect(json.facts).toHaveLength(1);
  });

  test('in observe mode records what enforce would have said', () => {
    expect(renderJson(evaluateGate(input({ config: configured({ mode: 'observe' }) })))).toMatchObject({ verdict: 'pass', enforced: 'fail', mode: 'observe' });
  });

  test('every key is documented', () => {
    const documentation = readFileSync(new URL('../../docs/check-json.md', import.meta.url), 'utf8');
    const json = renderJson(evaluateGate(input({ hypothesis: found(), files: [file('a.tf')] })));
    const named = [...Object.keys(json), ...Object.keys(json.facts[0] ?? {}), ...Object.keys(json.hypothesis ?? {}), ...Object.keys(json.hypothesis?.criteria[0] ?? {})];
    expect(named.length).toBeGreaterThan(40);
    for (const key of named) expect(documentation).toContain(`\`${key}\``);
  });
});

describe('a criterion', () => {
  const rows: readonly (readonly [string, Expectation, Readonly<Record<string, unknown>>])[] = [
    ['falls by 30%', { kind: 'relative-change', op: '<=', by: -0.3 }, { compares: 'relative-change', op: '<=', value: -0.3, unit: null }],
    ['< 300 ms', { kind: 'level', op: '<=', bound: ms(300), other: null }, { compares: 'level', op: '<=', value: 300, unit: 'ms' }],
    ['between 40 ms and 60 ms', { kind: 'level', op: '<=', bound: ms(60), other: ms(40) }, { compares: 'level', op: '<=', value: 60, unit: 'ms', between: [40, 60] }],
    ['rises by at most 50 ms', { kind: 'change', op: '<=', by: ms(50) }, { compares: 'change', op: '<=', value: 50, unit: 'ms' }],
    ['within 10% of baseline', { kind: 'within', by: 0.1 }, { compares: 'relative-change', op: '<=', value: 0.1, unit: null, within: true }],
    ['within 5 ms of baseline', { kind: 'within', by: ms(5) }, { compares: 'change', op: '<=', value: 5, unit: 'ms', within: true }],
    ['does not fall', { kind: 'unchanged', side: '>=' }, { compares: 'relative-change', op: '>=', value: 0, unit: null, unchanged: '>=' }],
    ['unchanged', { kind: 'unchanged', side: null }, { compares: 'relative-change', op: '<=', value: 0, unit: null, unchanged: 'both' }],
    ['never above 500 ms for more than 5m', { kind: 'never', op: '<=', bound: ms(500), longerThan: 300 }, { compares: 'level', value: 500, unit: 'ms', never: { forMoreThan: 300 } }],
    ['at most 2 per week', { kind: 'events', atMost: 2, per: 604_800 }, { compares: 'level', op: '<=', value: 2, unit: 'count', events: { atMost: 2, per: 604_800 } }],
    ['no more', { kind: 'events', atMost: null, per: null }, { compares: 'level', op: '<=', value: 0, unit: 'count', events: { atMost: 0, per: null } }],
    ['burns < 50% of budget', { kind: 'budget', op: '<=', share: 0.5 }, { compares: 'level', op: '<=', value: 0.5, unit: 'ratio', budget: 0.5 }],
    ['by 06:05', { kind: 'by-time', minutes: 365 }, { compares: 'level', op: '<=', value: 365, unit: 'min', by: '06:05' }],
  ];
  test.each(rows)('%s', (text, expects, json) => {
    expect(renderCriterionJson(criterion({ text, expects }))).toMatchObject({ text, role: 'goal', metric: 'p95(orders)', ...json });
  });

  test('what else it says comes in keys of its own', () => {
    const rps = { name: 'rps', args: [] };
    const full = criterion({ hours: { kind: 'when', metric: rps, op: '>', bound: { value: 500, unit: null } }, against: { kind: 'control', metric: { name: 'p95', args: ['pool_b'] } }, forEach: 'service', manual: true });
    expect(renderCriterionJson(full)).toMatchObject({ hours: { kind: 'when', metric: 'rps', op: '>', bound: 500, unit: null }, against: { kind: 'control', metric: 'p95(pool_b)' }, forEach: 'service', manual: true });
    expect(Object.keys(renderCriterionJson(guardrail))).toEqual(['text', 'role', 'metric', 'compares', 'op', 'value', 'unit']);
  });

  test('evidence is a level with its source', () => {
    const shown: Criterion = { kind: 'evidence', text: 'evidence: load-test shows p95 < 300 ms', place: guardrail.place, role: 'goal', source: 'load-test', metric: { name: 'p95', args: [] }, op: '<=', bound: ms(300) };
    expect(renderCriterionJson(shown)).toEqual({ text: shown.text, role: 'goal', metric: 'p95', compares: 'level', op: '<=', value: 300, unit: 'ms', evidence: 'load-test' });
  });

  test('a hypothesis without criteria is still an object', () => {
    expect(renderJson(evaluateGate(input({ hypothesis: found({ hypothesis: hypothesis({ criteria: [] }) }) }))).hypothesis?.criteria).toEqual([]);
  });
});
