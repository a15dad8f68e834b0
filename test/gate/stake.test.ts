// Scope, exemptions, intent and tier.
import { describe, expect, test } from 'vitest';
import { evaluateStake } from '../../src/gate/stake.ts';
import type { Intent, ScopeReason, Tier } from '../../src/model/decision.ts';
import { bigger, configured, cost, fact, file, input, pull } from './sample.ts';

type Given = Parameters<typeof input>[0];

const down = fact({ from: '12', to: '3', factor: 0.25, direction: 'down' });
const infra = pull({ labels: ['infrastructure'] });
const staging = fact({ file: 'k8s/staging/orders.yaml', production: false });

describe('scope', () => {
  const rows: readonly (readonly [string, Given, readonly ScopeReason['rule'][]])[] = [
    ['a knob in production', {}, ['diff']],
    ['a label, in any case', { facts: [], files: [file('a.ts')], change: pull({ labels: ['Infrastructure'] }) }, ['label']],
    ['a path', { facts: [], files: [file('infra/a.tf')], config: configured({ scope: { ...configured().scope, paths: ['infra/**'] } }) }, ['path']],
    ['a file moved out of a path', { facts: [], files: [file('b/a.tf', '', { previousPath: 'infra/a.tf' })], config: configured({ scope: { ...configured().scope, paths: ['infra/**'] } }) }, ['path']],
    ['the cost threshold itself', { facts: [], files: [file('a.ts')], cost: cost(50) }, ['cost']],
    ['just under the cost threshold', { facts: [], files: [file('a.ts')], cost: cost(49.99) }, []],
    ['knobs away from production', { facts: [staging] }, ['exempt']],
    ['knobs away from production that cost much all the same', { facts: [staging], cost: cost(900) }, ['cost']],
    ['a staging folder without facts under a path', { facts: [], files: [file('infra/staging/a.tf')], config: configured({ scope: { ...configured().scope, paths: ['infra/**'] } }) }, ['exempt']],
    ['nothing at all', { facts: [], files: [] }, []],
    ['more files than GitHub lists', { facts: [], files: [file('docs/a.md')], filesComplete: false }, ['path']],
    ['a dependency bot', { change: pull({ author: { login: 'dependabot[bot]', type: 'Bot' } }) }, ['diff', 'exempt']],
    ['a dependency bot as GraphQL names it', { change: pull({ author: { login: 'renovate', type: 'Bot' } }) }, ['diff', 'exempt']],
    ['a person who calls themself like a bot', { change: pull({ author: { login: 'dependabot', type: 'User' } }) }, ['diff']],
    ['a promotion bot', { change: pull({ author: { login: 'argocd-image-updater[bot]', type: 'Bot' } }) }, ['diff']],
    ['a deleted account', { change: pull({ author: null }) }, ['diff']],
    ['a revert', { revert: 'it reverts #12' }, ['diff', 'exempt']],
    ['formatting', { facts: [], files: [file('a.tf')], diff: { facts: [], needsEnds: [], formattingOnly: true }, change: infra }, ['label', 'exempt']],
    ['documentation with a scope label', { facts: [], files: [file('infra/README.md')], change: infra }, ['label', 'exempt']],
    ['an exempt label', { change: pull({ labels: ['no-bet'] }), config: configured({ exempt: { ...configured().exempt, labels: ['no-bet'] } }) }, ['diff', 'exempt']],
    ['an exempt author', { config: configured({ exempt: { ...configured().exempt, authors: ['@Ada'] } }) }, ['diff', 'exempt']],
    ['an exempt path', { config: configured({ exempt: { ...configured().exempt, paths: ['charts/**'] } }) }, ['exempt']],
    ['one file beside the exempt path', { facts: [fact(), bigger], config: configured({ exempt: { ...configured().exempt, paths: ['charts/**'] } }) }, ['diff']],
    ['a rule that is switched off', { config: configured({ rules: new Map([['diff', { mode: 'off', from: null }]]) }) }, []],
  ];
  test.each(rows)('%s', (_, given, rules) => {
    const stake = evaluateStake(input(given));
    expect(stake.scope.map(({ rule }) => rule)).toEqual(rules);
    expect(stake.inScope).toBe(rules.length > 0 && !rules.includes('exempt'));
  });

  test('says what is scaled and where', () => {
    const { scope } = evaluateStake(input({ facts: [fact(), fact({ factor: 1.1, line: 20 })] }));
    expect(scope[0]?.text).toBe('`replicas` 3 → 12 (×4) in `charts/orders/values.yaml:14` (and 1 more)');
  });

  test('names every kind of exempt file', () => {
    const { scope } = evaluateStake(input({ facts: [staging], files: [file('a.md'), file(staging.file), file('README.rst')] }));
    expect(scope.at(-1)?.text).toBe('documentation and non-production paths only');
  });
});

describe('intent', () => {
  const rows: readonly (readonly [string, Given, Intent])[] = [
    ['more replicas', {}, 'improve'],
    ['fewer replicas', { facts: [down] }, 'save'],
    ['fewer replicas, but a higher bill', { facts: [down], cost: cost(60) }, 'improve'],
    ['traded sizes and a lower bill', { facts: [down, bigger], cost: cost(-100) }, 'save'],
    ['up and down, bill unknown', { facts: [down, bigger] }, 'improve'],
    ['a higher upper bound', { facts: [fact({ path: 'autoscaling.maxReplicas', knob: 'autoscaler-max' })] }, 'insure'],
    ['a higher upper and lower bound', { facts: [fact({ path: 'autoscaling.maxReplicas' }), fact({ path: 'autoscaling.minReplicas' })] }, 'improve'],
    ['words of a launch', { change: pull({ title: 'Capacity for the spring launch' }) }, 'insure'],
    ['a launch template is no launch', { change: pull({ title: 'Bigger launch template' }) }, 'improve'],
    ['end of life', { facts: [], files: [file('a.tf')], change: pull({ labels: ['scaling'], title: 'Move off MySQL 5.7 (end of life)' }) }, 'oblige'],
    ['an advisory in the text', { change: pull({ body: 'Because of CVE-2026-12345.' }) }, 'oblige'],
    ['a box of the template that nobody ticked', { change: pull({ body: '- [ ] end of life checked\n<!-- CVE-2026-12345 -->' }) }, 'improve'],
    ['versions only', { facts: [], files: [file('a.tf', '@@ -1 +1 @@\n-  engine_version = "13.4"\n+  engine_version = "16.3"')], change: infra }, 'oblige'],
    ['versions and something else', { facts: [], files: [file('a.tf', '@@ -1 +1 @@\n-  engine_version = "13.4"\n+  name = "b"')], change: infra }, 'improve'],
    ['the incident label', { change: pull({ labels: ['incident'] }), facts: [down] }, 'repair'],
    ['a step', { stepOf: '#12' }, 'step'],
    ['an incident beats a step', { stepOf: '#12', change: pull({ labels: ['incident'] }) }, 'repair'],
  ];
  test.each(rows)('%s', (_, given, intent) => {
    expect(evaluateStake(input(given)).intent).toBe(intent);
  });

  const place = { file: 'pull request body', line: 1, column: 1 };
  const lines: readonly (readonly [Intent, Given, Intent])[] = [
    ['oblige', {}, 'oblige'],
    ['insure', {}, 'insure'],
    ['improve', { facts: [down] }, 'improve'],
    ['save', { facts: [down, bigger] }, 'save'],
    ['save', {}, 'improve'],
    ['save', { cost: cost(300) }, 'improve'],
    ['repair', {}, 'improve'],
    ['step', {}, 'improve'],
  ];
  test.each(lines)('`Intent: %s` on %j gives %s', (value, given, intent) => {
    const stake = evaluateStake(input({ ...given, intentLine: { value, place } }));
    expect(stake.intent).toBe(intent);
    expect(stake.notes.map(({ code }) => code)).toEqual(intent === value ? [] : ['intent-not-taken']);
  });
});

const small = (factor: number | null): Given => ({ facts: [fact({ factor })] });

describe('tier', () => {
  const rows: readonly (readonly [string, Given, Tier])[] = [
    ['×2 of a small knob', small(2), 'auto-bet'],
    ['÷2 of a small knob', { facts: [fact({ factor: 0.5, direction: 'down' })] }, 'auto-bet'],
    ['more than ×2 of a small knob', small(2.1), 'light'],
    ['×4', small(4), 'light'],
    ['more than ×4', small(4.1), 'full'],
    ['÷5', { facts: [fact({ factor: 0.2, direction: 'down' })] }, 'full'],
    ['down to nothing', { facts: [fact({ factor: 0, to: '0', direction: 'down' })] }, 'full'],
    ['×1.5 of a large knob', { facts: [{ ...bigger, factor: 1.5 }] }, 'light'],
    ['×1.5 of a large knob for $49', { facts: [{ ...bigger, factor: 1.5 }], cost: cost(49) }, 'auto-bet'],
    ['×1.5 for $50', { facts: [{ ...bigger, factor: 1.5 }], cost: cost(50) }, 'light'],
    ['×3 for $10', { ...small(3), cost: cost(10) }, 'light'],
    ['×10 for $499', { ...small(10), cost: cost(499) }, 'light'],
    ['×1.5 for $500', { ...small(1.5), cost: cost(500) }, 'full'],
    ['saves $900', { facts: [down], cost: cost(-900) }, 'full'],
    ['no factor known, small knob', small(null), 'light'],
    ['no factor known, large knob', { facts: [{ ...bigger, factor: null }] }, 'full'],
    ['×1.5 that can’t be taken back', { facts: [fact({ factor: 1.5, reversible: false })] }, 'light'],
    ['×3 that can’t be taken back', { facts: [fact({ factor: 3, reversible: false })] }, 'full'],
    ['one small among one large', { facts: [fact({ factor: 1.5 }), bigger] }, 'full'],
    ['a large one away from production', { facts: [fact({ factor: 1.5 }), { ...bigger, production: false }] }, 'auto-bet'],
    ['a label, no knob, no cost', { facts: [], files: [file('a.tf')], change: infra }, 'light'],
    ['a label and $10', { facts: [], files: [file('a.tf')], change: infra, cost: cost(10) }, 'light'],
    ['a small knob among unlisted files', { ...small(1.5), filesComplete: false }, 'light'],
    ['out of scope', { facts: [], files: [file('a.ts')] }, 'none'],
  ];
  test.each(rows)('%s', (_, given, tier) => {
    expect(evaluateStake(input(given)).tier).toBe(tier);
  });

  const expecting = configured({ cost: { ...configured().cost, expected: 'comment' } });
  const waiting: readonly (readonly [string, Given, Tier])[] = [
    ['29 minutes after the push', { config: expecting, cost: { report: null, problems: [], pushedAt: '2026-11-24T09:31:00Z' } }, 'pending'],
    ['30 minutes after the push', { config: expecting, cost: { report: null, problems: [], pushedAt: '2026-11-24T09:30:00Z' } }, 'light'],
    ['nobody expects a report', { cost: { report: null, problems: [], pushedAt: '2026-11-24T09:59:00Z' } }, 'light'],
    ['the report is there', { config: expecting, cost: { ...cost(900), pushedAt: '2026-11-24T09:59:00Z' } }, 'full'],
    ['an incident waits for nothing', { config: expecting, change: pull({ labels: ['incident'] }), cost: { report: null, problems: [], pushedAt: '2026-11-24T09:59:00Z' } }, 'light'],
    ['what is out of scope waits for nothing', { facts: [], files: [file('a.ts')], config: expecting, cost: { report: null, problems: [], pushedAt: '2026-11-24T09:59:00Z' } }, 'none'],
  ];
  test.each(waiting)('waiting for the cost: %s', (_, given, tier) => {
    expect(evaluateStake(input(given)).tier).toBe(tier);
  });
});
