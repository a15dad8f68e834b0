// The smaller rules, each on its own.
import { describe, expect, test } from 'vitest';
import { evaluateArithmetic } from '../../src/gate/arithmetic.ts';
import { isDocumentation } from '../../src/gate/docs.ts';
import { evaluateMeasurable } from '../../src/gate/measurable.ts';
import { quote } from '../../src/gate/quote.ts';
import { evaluateReason } from '../../src/gate/reason.ts';
import { modeOf, rolloutOf } from '../../src/gate/rollout.ts';
import { changesVersionsOnly } from '../../src/gate/versions.ts';
import { prose, speaksOfFire } from '../../src/gate/words.ts';
import type { Metric, Mode, RuleRollout } from '../../src/model/config.ts';
import { AT, configured, criterion, fact, file, hypothesis, pull } from './sample.ts';

test.each([
  ['README.md', true], ['docs/guide.txt', true], ['docs/diagram.svg', true], ['LICENSE', true], ['CODEOWNERS', true], ['charts/orders/README.md', true],
  ['docs/examples/main.tf', false], ['requirements.txt', false], ['CMakeLists.txt', false], ['charts/orders/values.yaml', false], ['readme.tf', false], ['docs', false],
])('documentation: %s is %s', (path, expected) => {
  expect(isDocumentation(path)).toBe(expected);
});

describe('a goal that is arithmetic', () => {
  const memory = fact({ knob: 'memory-limit', scales: 'memory limit', path: 'resources.limits.memory' });
  const rows = [
    ['cpu_utilization', fact(), true], ['cpu_percent', fact(), true], ['rps_per_pod', fact(), true], ['ready_replicas', fact(), true], ['pod_count', fact(), true],
    ['memory_usage_percent', memory, true], ['p95', fact(), false], ['error_rate', fact(), false], ['oom_kills', memory, false], ['queue_age', fact(), false],
    ['cost_per_month', fact(), false], ['checkout_cpu_throttled', fact(), false],
  ] as const;
  test.each(rows)('%s', (name, turned, expected) => {
    const { part } = evaluateArithmetic(hypothesis({ criteria: [criterion({ metric: { name, args: [] } })] }), [turned]);
    expect(part.length > 0).toBe(expected);
  });

  test('says that it proves nothing, and why', () => {
    const { part } = evaluateArithmetic(hypothesis({ criteria: [criterion({ text: 'cpu_percent < 50%', metric: { name: 'cpu_percent', args: [] } })] }), [fact()]);
    expect(part[0]?.text).toContain('`cpu_percent < 50%` follows from arithmetic and proves nothing: the same load is shared');
  });

  test('a guardrail may be arithmetic', () => {
    expect(evaluateArithmetic(hypothesis({ criteria: [criterion({ role: 'guardrail', metric: { name: 'cpu_percent', args: [] } })] }), [fact()]).part).toEqual([]);
  });
});

describe('a reason and a link', () => {
  const rows: readonly (readonly [string, { readonly title?: string; readonly body: string }, readonly string[]])[] = [
    ['both', { body: 'The vendor stops patching this version. See https://example.org/notice' }, []],
    ['reason in the title', { title: 'MySQL 5.7 is end of life', body: 'https://example.org/eol' }, []],
    ['an issue as link', { body: 'The auditors asked for this change (#412).' }, []],
    ['a ticket as link', { body: 'The auditors asked for it: SEC-1234' }, []],
    ['an advisory', { body: 'Closes CVE-2026-12345' }, []],
    ['a link only', { body: 'https://example.org/notice' }, ['reason-missing']],
    ['a reason only', { body: 'The vendor stops patching this version.' }, ['link-missing']],
    ['a heading only', { body: '# What does this change do here?' }, ['reason-missing', 'link-missing']],
    ['a template only', { body: '<!-- say why this is needed, https://example.org -->\n- [ ] security reviewed by the team #1' }, ['reason-missing', 'link-missing']],
    ['nothing', { body: '' }, ['reason-missing', 'link-missing']],
  ];
  test.each(rows)('%s', (_, text, codes) => {
    expect(evaluateReason(pull({ title: 'Upgrade orders', ...text })).part.map(({ code }) => code)).toEqual(codes);
  });
});

describe('measurable', () => {
  const metric: Metric = { name: 'p95', unit: 'ms', better: 'lower', kind: 'gauge', source: null, query: null, bad: null, total: null, samples: null, parameters: new Map(), aggregate: null, public: false, cadence: null };
  const withMetrics = (source: string | null) => configured({ metrics: new Map([['p95', { ...metric, source }]]) });
  test.each([
    ['without a source at tier full', withMetrics(null), 'full', 1], ['with a source', withMetrics('prom'), 'full', 0], ['without a source at tier light', withMetrics(null), 'light', 0],
    ['without any catalogue', configured(), 'full', 0],
    ['with one that the App’s operator withholds', { ...withMetrics(null), withheld: new Map([['p95', { source: 'prom', why: 'source' } as const]]) }, 'full', 0],
  ] as const)('%s', (...[, config, tier, count]) => {
    expect(evaluateMeasurable(hypothesis(), config, tier).part).toHaveLength(count);
  });
});

const context = (mode: Mode, rules: Readonly<Record<string, RuleRollout>>) => ({ config: configured({ mode, rules: new Map(Object.entries(rules)) }), at: AT });

describe('roll-out', () => {
  const rows: readonly (readonly [string, Mode, Readonly<Record<string, RuleRollout>>, Mode])[] = [
    ['nothing said', 'advise', {}, 'advise'],
    ['the asking rule advises', 'enforce', { linked: { mode: 'advise', from: null } }, 'advise'],
    ['the bringing rule observes', 'enforce', { diff: { mode: 'observe', from: null } }, 'observe'],
    ['the bringing rule enforces ahead of the others', 'advise', { diff: { mode: 'enforce', from: null } }, 'enforce'],
    ['the asking rule enforces ahead of the others', 'advise', { linked: { mode: 'enforce', from: null } }, 'enforce'],
    ['the weaker of both', 'advise', { linked: { mode: 'enforce', from: null }, diff: { mode: 'observe', from: null } }, 'observe'],
    ['enforced from today on', 'advise', { diff: { mode: 'enforce', from: '2026-11-24' } }, 'enforce'],
    ['enforced from tomorrow on', 'advise', { diff: { mode: 'enforce', from: '2026-11-25' } }, 'advise'],
    ['enforced from tomorrow on among enforced rules', 'enforce', { diff: { mode: 'enforce', from: '2026-11-25' } }, 'advise'],
    ['loosened from tomorrow on', 'enforce', { diff: { mode: 'advise', from: '2026-11-25' } }, 'enforce'],
  ];
  test.each(rows)('%s', (...[, mode, rules, expected]) => {
    expect(modeOf('linked', ['diff'], context(mode, rules))).toBe(expected);
  });

  test('a second reason of its own keeps the change as strong', () => {
    expect(modeOf('linked', ['diff', 'label'], context('enforce', { diff: { mode: 'observe', from: null } }))).toBe('enforce');
  });

  test('a rule is off from its date on', () => {
    expect(rolloutOf('cost', context('enforce', { cost: { mode: 'off', from: '2026-11-25' } }))).toBeNull();
    expect(rolloutOf('cost', context('enforce', { cost: { mode: 'off', from: '2026-11-24' } }))).toBe('off');
  });
});

describe('text of strangers', () => {
  test.each([['a`b`c', '`a b c`'], ['a\n\u202eb', '`a b`'], ['x'.repeat(100), `\`${'x'.repeat(59)}…\``], ['😀'.repeat(70), `\`${'😀'.repeat(59)}…\``]])('%j is quoted on one line', (text, expected) => {
    expect(quote(text)).toBe(expected);
  });

  test.each([['Hotfix for checkout', true], ['Orders OOMKilled, more memory', true], ['SEV-1: raise limits', true], ['Raise page size', false], ['Tidy up', false]])('fire: %s is %s', (title, expected) => {
    expect(speaksOfFire(pull({ title }))).toBe(expected);
  });

  test('a body without the template around it', () => {
    expect(prose({ body: 'a<!-- b -->c\n- [ ] d\n- [x] e<!-- f' })).toBe('ac\n- [x] e');
  });

  test('versions are told from other settings', () => {
    expect(changesVersionsOnly([file('a', '@@ -1 +1 @@\n-image: a:1\n+image: a:2\n context')])).toBe(true);
    expect(changesVersionsOnly([file('a', null)])).toBe(false);
    expect(changesVersionsOnly([])).toBe(false);
  });

  test.each([['words', 'end of '.repeat(10_000)], ['comments', '<!--'.repeat(16_000)], ['dashes', '-'.repeat(64_000)], ['slashes', '#a/'.repeat(21_000)]])('64 kB of %s take no time', (_, body) => {
    const start = performance.now();
    evaluateReason(pull({ title: body, body }));
    changesVersionsOnly([file('a', `+${body}`)]);
    speaksOfFire(pull({ title: body, body }));
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
