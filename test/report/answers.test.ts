// What people read: titles, comments, summaries and checks of whole decisions.
import { describe, expect, test } from 'vitest';
import { evaluateGate } from '../../src/gate/evaluate.ts';
import { decideNotEvaluated } from '../../src/gate/not-evaluated.ts';
import { parseHypothesis } from '../../src/hypothesis/parse.ts';
import type { Decision } from '../../src/model/decision.ts';
import { renderCheck } from '../../src/report/check.ts';
import { renderGateComment, renderGateLine } from '../../src/report/comment.ts';
import { parseMarker } from '../../src/report/marker.ts';
import { renderSummary } from '../../src/report/summary.ts';
import { renderTitle } from '../../src/report/title.ts';
import { AT, bigger, configured, cost, criterion, fact, file, found, given, guardrail, hypothesis, input, problem, pull, waive } from '../gate/sample.ts';

type Given = Parameters<typeof input>[0];

const decide = (given: Given = {}): Decision => evaluateGate(input(given));
const down = fact({ from: '12', to: '3', factor: 0.25, direction: 'down' });
const infra = { facts: [], files: [file('db/main.tf')] };
const upgrade = pull({ labels: ['infrastructure'], title: 'Upgrade orders to PostgreSQL 16' });
const broken = problem({ code: 'unknown-key', place: { file: '.github/yardstick.yml', line: 3, column: 1 }, found: '`mods`', remedy: 'Write `mode`.' });
const lost = decideNotEvaluated({ change: null, headSha: null, at: AT, why: 'GitHub answered 502', onError: 'pass' });

test('titles and annotations are plain text: nothing in them is escaped', () => {
  const odd = fact({ service: 'orders_eu[1]', from: 'a*b', to: 'c_d' });
  const place = { file: 'hypotheses/h_[1].md', line: 2, column: 1 };
  const check = renderCheck(decide({ facts: [odd], hypothesis: found({ problems: [problem({ place, found: '`p95_[x]` | <b>' })] }) }));
  expect(check.title).toBe('hypothesis has 1 problem: orders_eu[1] replicas a*b → c_d');
  expect(check.annotations).toMatchObject([{ file: place.file, message: expect.stringMatching(/^p95_\[x\] \| <b>\. Expected/) }]);
});

describe('the title carries the bet', () => {
  const rows: readonly (readonly [Given, string])[] = [
    [{ facts: [fact({ from: '4', to: '6', factor: 1.5 })], cost: cost(140), hypothesis: found({ hypothesis: hypothesis({ criteria: [criterion({ text: 'p95 < 300 ms at peak' })] }) }) }, 'orders replicas 4 → 6, +$140/month, promises p95 < 300 ms at peak'],
    [{}, 'hypothesis needed: orders replicas 3 → 12'],
    [{ facts: [fact(), bigger] }, 'hypothesis needed: orders instance class db.r6g.large → db.r6g.4xlarge (and 1 more)'],
    [{ hypothesis: found({ problems: [problem()] }) }, 'hypothesis has 1 problem: orders replicas 3 → 12'],
    [{ facts: [fact({ from: '4', to: '6', factor: 1.5 })] }, 'orders replicas 4 → 6, small and reversible, nothing is asked'],
    [{ facts: [down], cost: cost(-600) }, 'orders replicas 12 → 3, −$600/month, nothing is asked'],
    [{ facts: [fact({ from: null, factor: null, direction: 'added', service: null })] }, 'hypothesis needed: replicas unset → 12'],
    [{ ...infra, change: upgrade }, 'reason and link needed: Upgrade orders to PostgreSQL 16'],
    [{ ...infra, change: { ...upgrade, body: 'The vendor stops patching this version.' } }, 'link needed: Upgrade orders to PostgreSQL 16'],
    [{ ...infra, change: { ...upgrade, body: 'The vendor stops patching this version (#12).' } }, 'Upgrade orders to PostgreSQL 16, reason and link are given'],
    [{ facts: [], files: [file('db/main.tf', '@@ -1,2 +1,2 @@\n engine = "postgres"\n-  engine_version = "13.4"\n+  engine_version = "16.3"')], change: { ...upgrade, body: 'The vendor stops patching this version (#12).' } }, 'engine_version 13.4 → 16.3, reason and link are given'],
    [{ stepOf: '#123', step: { reference: '#123', programme: found({ hypothesis: hypothesis({ ref: 'acme/shop#123' }) }) } }, 'orders replicas 3 → 12, a step of acme/shop#123'],
    [{ commands: [waive({}, '2026-12-31')] }, 'waived by grace until 2026-12-31: launch tomorrow'],
    [{ commands: [waive()] }, 'waived by grace for this scope: launch tomorrow'],
    [{ change: pull({ labels: ['incident'] }) }, 'merge when ready, nothing is asked until the load is back to normal: repair (label incident), orders replicas 3 → 12'],
    [{ change: pull({ title: 'Hotfix: orders is down' }) }, 'incident? add the label incident; else hypothesis needed: orders replicas 3 → 12'],
    [{ facts: [], files: [file('docs/a.md')] }, 'not in scope: documentation only'],
    [{ revert: 'its text says that it reverts 8144363dddc9' }, 'not in scope: a revert'],
    [{ facts: [], files: [file('src/a.ts')] }, 'not in scope: no scaling knob is turned'],
    [{ facts: [fact({ production: false })] }, 'not in scope: non-production paths only'],
    [{ config: configured({ cost: { ...configured().cost, expected: 'comment' } }), cost: { report: null, problems: [], pushedAt: AT } }, 'waiting for the cost report'],
    [{ configProblems: { here: [broken], elsewhere: [] } }, 'configuration broken: mods (line 3)'],
    [{ unconfigured: 'silent' }, 'not configured here'],
    [{ config: configured({ mode: 'observe' }) }, 'observing'],
  ];
  test.each(rows)('%#', (given, title) => {
    expect(renderTitle(decide(given))).toBe(title);
  });

  test('our own error says so', () => {
    expect(renderTitle(lost)).toBe('could not evaluate, trying again');
  });

  test('stays one line of 120 characters whatever the diff says', () => {
    const long = 'x'.repeat(4_000);
    const title = renderTitle(decide({ facts: [fact({ from: `${long}\n`, to: `\u202e${long}`, service: long, scales: long })], cost: cost(123_456) }));
    expect(title.length).toBeLessThanOrEqual(120);
    expect(title).not.toMatch(/[\n\u202e]/);
  });
});

describe('the comment', () => {
  const silent: readonly (readonly [string, Given])[] = [
    ['out of scope', { facts: [], files: [file('src/a.ts')] }], ['exempt', { facts: [], files: [file('a.md')] }], ['auto-bet', { facts: [fact({ factor: 1.5 })] }],
    ['a saving', { facts: [down] }], ['sound', { hypothesis: found() }], ['a repair', { change: pull({ labels: ['incident'] }) }], ['observing', { config: configured({ mode: 'observe' }) }],
    ['a broken configuration', { configProblems: { here: [broken], elsewhere: [] } }], ['not configured', { unconfigured: 'silent' }],
    ['waiting', { config: configured({ cost: { ...configured().cost, expected: 'comment' } }), cost: { report: null, problems: [], pushedAt: AT } }],
  ];
  test.each(silent)('is not begun: %s', (_, given) => {
    expect(renderGateComment(decide(given))).toBeNull();
  });

  const draft = '## Hypothesis\nMore replicas cut latency, because …\n\n- p95(orders) falls by …%';

  test('on an unjustified change gives a draft before it asks', () => {
    const body = renderGateComment(decide({ draft })) ?? '';
    const [, first] = body.split('\n');
    expect(first).toBe('**This change needs a hypothesis before it merges.** It is in scope: `replicas` 3 → 12 (×4) in `charts/orders/values.yaml:14`.');
    expect(body).toContain(`\`\`\`markdown\n${draft}\n\`\`\``);
    expect(body.indexOf(draft)).toBeLessThan(body.indexOf('One sentence and one criterion are enough.'));
    expect(body).toMatchSnapshot();
  });

  test('asks for a guardrail where the change is costly', () => {
    expect(renderGateComment(decide({ draft, facts: [bigger], cost: cost(900) }))).toContain('One sentence, one goal and one guardrail are enough.');
  });

  test('asks without a draft too', () => {
    expect(renderGateComment(decide({ draft: null }))).toContain('- Say in one sentence what you expect, and why.');
  });

  test('lists exact fixes, each ready to copy', () => {
    const problems = [problem({ copy: '- p95(orders) falls by 20%' }), problem({ code: 'unknown-metric', found: '`checkout_p59`', expected: 'a metric of the catalogue', remedy: 'Did you mean `checkout_p95`?' })];
    const body = renderGateComment(decide({ facts: [bigger], hypothesis: found({ problems }) })) ?? '';
    expect(body).toContain('**The hypothesis needs 3 corrections before it merges.**');
    expect(body).toContain('1. Description, line 5: `p95 gets better`. Expected: a metric and what happens to it.\n   Write instead:\n   ```text\n   - p95(orders) falls by 20%\n   ```');
    expect(body).toContain('**Mend it:** Did you mean `checkout_p95`?');
    expect(body).toContain('- error_rate(orders) does not rise');
    expect(body).toMatchSnapshot();
  });

  test('puts no words into a block to copy, whatever they end with', () => {
    const read = parseHypothesis('## Hypothesis\nMore pods cut it, because they are CPU bound.\n\n- p95(orders) < 300 bananas\n- p95(orders) falls by 20% and error_rate(orders) does not rise\n', { source: 'file', ref: 'x', file: 'x.md' });
    const body = renderGateComment(decide({ facts: [bigger], hypothesis: found({ problems: read.ok ? [] : read.problems }) })) ?? '';
    expect(body).toContain('**Mend it:** write the number with a unit of that list');
    expect(body).toContain('Write instead:\n   ```text\n   - p95(orders) falls by 20%\n   - error_rate(orders) does not rise\n   ```');
    expect(body).not.toContain('write two lines');
  });

  test('names the way out first when something burns, and last when nothing does', () => {
    const wayOut = '**Fixing an incident? Add the label `incident`:**';
    expect(renderGateComment(decide({ change: pull({ title: 'Hotfix: orders OOMKilled' }) }))?.split('\n')[1]).toContain(wayOut);
    const calm = renderGateComment(decide()) ?? '';
    expect(calm.indexOf(wayOut)).toBeGreaterThan(calm.indexOf('needs a hypothesis'));
  });

  test('asks an obligation for what it lacks, and for no goal', () => {
    const body = renderGateComment(decide({ ...infra, change: { ...upgrade, body: 'The vendor stops patching this version.' } })) ?? '';
    expect(body).toContain('**This change needs a reason and a link before it merges.**');
    expect(body).toContain('No goal is asked. Still missing: a link to the notice');
    expect(body).not.toContain('what forces this change');
  });

  test('advises without a threat', () => {
    const body = renderGateComment(decide({ config: configured({ mode: 'advise' }) })) ?? '';
    expect(body).toContain('This is advice and blocks nothing.');
    expect(body).not.toContain('before it merges');
  });

  test('a waiver is kept in a line, with what it covers', () => {
    const body = renderGateComment(decide({ commands: [waive({}, '2026-12-31')] })) ?? '';
    expect(body.split('\n')[1]).toBe('Waived by `grace`, until 2026-12-31: launch tomorrow');
    expect(parseMarker(body)?.state.waived['501']).toHaveLength(2);
  });

  test('is emptied to one line when green', () => {
    const lines = renderGateLine(decide({ hypothesis: found() })).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe('Nothing left to do: orders replicas 3 → 12, promises p95(orders) &lt; 300 ms.');
  });

  test('answers commands in a line', () => {
    expect(renderGateComment(decide({ commands: [waive({ permission: 'read' })] }))).toContain('**Answers**\n- `grace` may not waive here.');
  });

  test('answers each but once, and shows the newest', () => {
    const asked = (name: string) => given({ name: 'unknown', found: name, remedy: `no ${name}` });
    const text = renderGateComment(decide({ commands: [asked('first'), asked('second'), waive({ permission: 'read' }), asked('third'), asked('first')] }));
    expect(text).toContain('**Answers**\n- `grace` may not waive here. Who may: people with the permission `write`.\n- no third\n- no first\n');
  });

  test('has no marker where there is no pull request', () => {
    expect(renderGateComment(decide({ change: pull({ ref: null }) }))).not.toContain('<!--');
  });
});

const outsideCode = (text: string): string => text.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^ *\2$/gm, '').replace(/`[^`\n]*`/g, '');

describe('hostile text', () => {
  const evil = '<img src=x onerror=1> @acme/everyone [x](javascript:1) | ` ```\n#1 https://evil.example <!-- -->';
  const decision = decide({
    facts: [fact({ file: evil, path: evil, from: evil, to: evil, service: evil, scales: evil, remarks: [evil] })], draft: evil,
    hypothesis: found({ hypothesis: hypothesis({ claim: evil, criteria: [criterion({ text: evil })] }), problems: [problem({ found: evil, expected: evil, remedy: evil })] }),
    commands: [waive({ by: { login: evil, type: 'User' }, permission: 'read' })],
  });

  test.each([['comment', renderGateComment(decision) ?? ''], ['summary', renderSummary(decision)]])('stays inert in the %s', (_, text) => {
    const bare = outsideCode(text.replace(/^<!-- yardstick.* -->\n/, ''));
    expect(bare).not.toMatch(/<img|<!--|@acme|https:\/\/evil|(?<!\\)\[x\]|#1\b/);
  });

  test('can’t end the marker', () => {
    const comment = renderGateComment(decision) ?? '';
    expect(comment.split('\n')[0]).toMatch(/^<!-- yardstick:gate [^<>]* -->$/);
    expect(parseMarker(comment)).toMatchObject({ change: { owner: 'acme', repo: 'shop', number: 7 }, at: AT });
  });
});

const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe('within GitHub’s limits', () => {
  const huge = Array.from({ length: 3_000 }, (_, index) => fact({ file: `charts/${'x'.repeat(200)}/${index}.yaml`, line: index }));
  const problems = Array.from({ length: 3_000 }, (_, index) => problem({ place: { file: 'hypotheses/a.md', line: index + 1, column: 1 }, found: 'é'.repeat(3_000), remedy: 'ü'.repeat(3_000) }));
  const decision = decide({ facts: huge, hypothesis: found({ problems }), draft: `${'ß'.repeat(200)}\n`.repeat(1_000) });

  test('a comment, a summary and a check fit', () => {
    const check = renderCheck(decision);
    expect(bytes(renderGateComment(decision) ?? '')).toBeLessThan(65_535);
    expect(bytes(renderSummary(decision))).toBeLessThan(65_535);
    expect(bytes(check.summary)).toBeLessThan(65_535);
    expect(bytes(check.text)).toBeLessThan(65_535);
    expect(check.annotations).toHaveLength(50);
  });

  test('what is left out is said, and no code block stays open', () => {
    const comment = renderGateComment(decision) ?? '';
    expect(comment).toMatch(/… and 29[89]\d more/);
    expect((comment.match(/^ *```/gm) ?? []).length % 2).toBe(0);
  });

  test.each([['missing', decide(), ['draft', 'waive', 'check']], ['unsound', decide({ hypothesis: found({ problems: [problem()] }) }), ['waive', 'check']], ['sound', decide({ hypothesis: found() }), []], ['not evaluated', lost, ['check']]] as const)('buttons: %s', (_, given, identifiers) => {
    const { actions } = renderCheck(given);
    expect(actions.map(({ identifier }) => identifier)).toEqual(identifiers);
    for (const { label, description, identifier } of actions) {
      expect([label.length <= 20, description.length <= 40, identifier.length <= 20]).toEqual([true, true, true]);
    }
  });

  test('a button says what it does: “Waive” waives nothing', () => {
    expect(renderCheck(decide()).actions.map(({ label, description }) => `${label}: ${description}`)).toEqual(['Draft it: Write the draft into the description', 'Waive: Say who may waive it, and how', 'Re-check: Look at this pull request again']);
  });
});

describe('the summary', () => {
  test('begins with the title and folds what the rules said', () => {
    const summary = renderSummary(decide({ facts: [down], cost: cost(-600) }));
    expect(summary.split('\n')[0]).toBe('## orders replicas 12 → 3, −$600/month, nothing is asked');
    expect(summary).toContain('It saves, so nothing is asked');
    expect(summary).toContain('| `replicas` | `12` | `3` | ×0.25 | `charts/orders/values.yaml:14` |');
    expect(summary).toContain('- `tier` met: full: −$600/month');
    expect(summary).toContain('Cost: −$600/month (infracost.json).');
  });

  test('of a waiver says that it lists what is waived, not what is to be done', () => {
    expect(renderSummary(decide({ hypothesis: found({ problems: [problem()] }), commands: [waive()] }))).toMatch(/^Waived by `grace`: launch tomorrow\n\n\*\*What is waived\*\*\n\n1\. Description, line 5/m);
  });

  test('ends the sentence of a sound hypothesis, once', () => {
    const claim = (text: string): string => renderSummary(decide({ hypothesis: found({ hypothesis: hypothesis({ claim: text }) }) })).split('\n')[2] ?? '';
    expect([claim('Six pods are faster'), claim('Six pods are faster.')].map((line) => line.endsWith('The hypothesis is sound: Six pods are faster.'))).toEqual([true, true]);
  });

  test('of a repair begins with the way out', () => {
    expect(renderSummary(decide({ change: pull({ labels: ['incident'] }) })).split('\n')[2]).toMatch(/^\*\*Nothing is asked: merge when you are ready\.\*\*/);
  });

  test('of observe mode says that and nothing else', () => {
    expect(renderSummary(decide({ config: configured({ mode: 'observe' }) }))).toBe('## observing\n\nObserving: nothing is asked and nothing is blocked.');
  });

  test('of our own error names the fault as ours', () => {
    expect(renderSummary(lost)).toContain('our fault, not yours');
    expect(renderSummary(lost)).toContain('GitHub answered 502');
  });

  test('keeps a note about a guardrail that is arithmetic, and a pipe inside its cell', () => {
    const summary = renderSummary(decide({ facts: [fact({ to: 'a|b' })], hypothesis: found({ hypothesis: hypothesis({ criteria: [criterion({ metric: { name: 'cpu_percent', args: [] } }), guardrail] }) }) }));
    expect(summary).toContain('follows from arithmetic and proves nothing');
    expect(summary).toContain('| `a\\|b` |');
  });
});
