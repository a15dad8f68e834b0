// Bodies of pull requests: where a hypothesis stands in them, and what of it is read.
import { expect, test } from 'vitest';
import { findHypothesis } from '../../src/hypothesis/find.ts';
import { codesOf, soundOf } from './read.ts';

const CLAIM = 'Moving session reads to Redis cuts checkout latency at peak, because the orders database is the bottleneck.';
const EXAMPLE = `## Hypothesis
${CLAIM}

- p95(checkout) falls by 30% at peak
- p95(checkout) < 300 ms when rps(checkout) > 500
- error_rate(checkout) stays below 0.5%
- cost_per_month rises by at most $200

Measure over 7 days, starting 1 day after deploy to production. My odds: 80%.
`;

test('the example of the documentation', () => {
  const hypothesis = soundOf(EXAMPLE);
  expect(hypothesis).toMatchObject({
    source: 'inline', claim: 'Moving session reads to Redis cuts checkout latency at peak', because: 'the orders database is the bottleneck', odds: 0.8, until: null,
    schedule: { window: 604_800, settle: 86_400, start: { kind: 'deployment', environment: 'production' } },
  });
  expect(hypothesis.criteria.map(({ role, place }) => [role, place.line])).toEqual([['goal', 4], ['goal', 5], ['guardrail', 6], ['guardrail', 7]]);
});

test.each([
  ['one sentence and one criterion', `## Hypothesis\nIt gets faster\n- p95 < 300 ms`],
  ['CR LF', EXAMPLE.replaceAll('\n', '\r\n')],
  ['a setext heading', 'Hypothesis\n----------\nIt gets faster.\n\n* p95 < 300 ms\n'],
  ['a bold heading', '**Hypothesis**\n\nIt gets faster.\n\n1. p95 < 300 ms\n'],
  ['a label with the claim behind it', '**Hypothesis:** it gets faster because of the cache.\n\n- p95 < 300 ms\n\n## Test plan\n- run 5 tests < 3 s'],
  ['a deeper heading with parts', '### Hypothesis\nIt gets faster.\n#### Success criteria\n- p95 < 300 ms\n### Checklist\n- [ ] p95 looks odd'],
  ['labels in the section', '## Hypothesis\nIt gets faster.\n\n**Success criteria:**\n- p95 < 300 ms\n\nGuardrails:\n- error_rate < 1%'],
  ['an emoji in the heading', '## 🎯 Hypothesis\nIt gets faster.\n- p95 < 300 ms'],
  ['an example in a comment', '## Hypothesis\n<!-- e.g.\n- p95 <number>\n-->\nIt gets faster.\n- p95 < 300 ms'],
  ['a fence of other code', '## Hypothesis\nIt gets faster.\n```hcl\n- count = 3 > 2\n```\n- p95 < 300 ms'],
  ['criteria wrapped over two lines', '## Hypothesis\nIt gets faster.\n- p95 < 300 ms\n  when rps > 500'],
])('sound: %s', (_name, body) => {
  expect(soundOf(body).criteria.length).toBeGreaterThan(0);
});

test.each([
  ['a list', '- Guardrails\n  - error_rate < 1%\n- p99 < 900 ms'],
  ['a bold item with a colon', '* **Guardrails:**\n\n    * error_rate < 1%\n* p99 < 900 ms'],
  ['two groups', '- Guardrails:\n  - error_rate < 1%\n- Goals:\n  - p99 < 900 ms'],
  ['a group below a heading', '### Success criteria\n- Guardrails\n  - error_rate < 1%\n- p99 < 900 ms'],
])('criteria nested in %s get its role', (_name, list) => {
  expect(soundOf(`## Hypothesis\nIt gets faster.\n\n${list}`).criteria.map(({ text, role }) => [text, role])).toEqual([['error_rate < 1%', 'guardrail'], ['p99 < 900 ms', 'goal']]);
});

test.each([
  ['criteria', '## Success criteria\n- p95 < 300 ms\n## Test plan\n- p99 < 1 s', ['goal p95'], null],
  ['criteria and guardrails', '## Success Criteria:\n- p95 < 300 ms\n## Guardrails\n- error_rate < 1%\n## Goals\n- ship it < 3 days', ['goal p95', 'guardrail error_rate'], null],
  ['a measuring plan', '- p95 < 300 ms\n## Measurement window\nover 3 days\n## Goals\n- ship it < 3 days', ['goal p95'], 259_200],
])('a heading of the same level continues it: %s', (_name, rest, roles, window) => {
  const { criteria, schedule } = soundOf(`## Hypothesis\nIt gets faster.\n\n${rest}\n`);
  expect([criteria.map(({ role, metric }) => `${role} ${metric.name}`), schedule.window]).toEqual([roles, window]);
});

test.each([
  ['nothing', 'Raise the replicas.'],
  ['an empty section of a template', '## What\nx\n## Hypothesis\n\n<!-- what do you expect? -->\n\n## Other\n'],
  ['a quoted section', '> ## Hypothesis\n> - p95 < 300 ms'],
  ['a section inside a fence', '```\n## Hypothesis\nx\n- p95 < 300 ms\n```'],
  ['a section inside a comment', '<!--\n## Hypothesis\nx\n- p95 < 300 ms\n-->'],
  ['a section inside another bot’s block', '<!-- This is an auto-generated comment: release notes by coderabbit.ai -->\n## Hypothesis\nx\n- p95 < 300 ms\n<!-- end of auto-generated comment: release notes by coderabbit.ai -->'],
  ['an issue form without answers', '### Hypothesis\n\n_No response_\n'],
])('missing, and no error: %s', (_name, body) => {
  expect(findHypothesis(body, 'body')).toMatchObject({ inline: null, problems: [] });
});

test.each([
  ['no criterion', '## Hypothesis\nIt gets faster.', ['no-criterion']],
  ['no claim', '## Hypothesis\n- p95 < 300 ms', ['no-claim']],
  ['blanks of a template', '## Hypothesis\n<what you expect>, because TODO\n- p95 falls by <number>%', ['placeholder', 'placeholder']],
  ['an ellipsis', '## Hypothesis\nIt gets faster because …\n- p95 < 300 ms', ['placeholder']],
  ['all unreadable lines at once', '## Hypothesis\nx y\n- p95 < 1.200 ms\n- p95 < 300 ms off-peak', ['ambiguous-number', 'unknown-condition']],
  ['21 criteria', `## Hypothesis\nx y\n${Array.from({ length: 21 }, (_, n) => `- m${n} < 3 ms`).join('\n')}`, ['too-many-criteria']],
  ['the same twice', '## Hypothesis\nx y\n- p95 < 3 ms\n- p95 < 3 ms', ['same-criterion']],
  ['a schedule that can’t be read', '## Hypothesis\nx y\n- p95 < 3 ms\n\nMeasure over 1 month.', ['unreadable-schedule']],
  ['odds over 100%', '## Hypothesis\nx y\n- p95 < 3 ms\n\nMy odds: 180%', ['unreadable-odds']],
  ['two windows', '## Hypothesis\nx y\n- p95 < 3 ms\n\nMeasure over 7 days. Measure over 14 days.', ['said-twice']],
  ['criteria below non-goals', '## Hypothesis\nx y\n- p95 < 3 ms\n### Non-goals\n- p99 < 5 ms', ['stray-criterion']],
  ['a table', '## Hypothesis\nx y\n| metric | target |\n|---|---|\n| p95 | 300 ms |\n- p95 < 3 ms', ['table']],
  ['an unknown intent', 'Intent: rocket', ['unknown-intent']],
  ['an end on a day that is none', '## Hypothesis\nx y\n- p95 < 3 ms\n\nUntil: 2026-02-30', ['unreadable-until']],
  ['an end in a month that is none', '## Hypothesis\nx y\n- p95 < 3 ms\n\nScale back on 2026-13-45.', ['unreadable-until']],
  ['a reference that is none', 'Hypothesis: TODO', ['unreadable-reference']],
  ['two references', 'Hypothesis: #1\nHypothesis: #2', ['several-references']],
  ['two sections', '## Hypothesis\nx y\n- p95 < 3 ms\n## Hypothesis\nx y\n- p95 < 3 ms', ['several-hypotheses']],
  ['a body over the limit', 'x'.repeat(65_537), ['text-too-large']],
])('problem: %s', (_name, body, codes) => {
  expect(codesOf(body)).toEqual(codes);
});

test('prose in a list stays prose, and a note says so', () => {
  const { inline } = findHypothesis('## Hypothesis\nx y\n- We add a cache for sessions.\n- p95 < 300 ms', 'body');
  expect(inline).toMatchObject({ ok: true, notes: [{ code: 'prose-item' }], value: { criteria: [{ text: 'p95 < 300 ms' }] } });
});

test.each([
  ['Hypothesis: #123', { kind: 'issue', owner: null, repo: null, number: 123 }],
  ['hypothesis: org/repo#123', { kind: 'issue', owner: 'org', repo: 'repo', number: 123 }],
  ['**Hypothesis:** [the plan](https://github.com/org/repo/issues/7#issuecomment-1)', { kind: 'issue', owner: 'org', repo: 'repo', number: 7 }],
  ['- Hypothesis: <https://github.example.com/org/repo/issues/7>', { kind: 'issue', owner: 'org', repo: 'repo', number: 7 }],
  ['Hypothesis: https://github.com/org/repo/blob/main/hypotheses/a.md', { kind: 'file', owner: 'org', repo: 'repo', ref: 'main', path: 'hypotheses/a.md' }],
  ['Hypothesis: `hypotheses/redis-sessions.md`', { kind: 'file', owner: null, repo: null, ref: null, path: 'hypotheses/redis-sessions.md' }],
  ['Hypothesis: hypotheses/redis.yml.', { kind: 'file', path: 'hypotheses/redis.yml' }],
])('reference: %s', (body, reference) => {
  expect(findHypothesis(body, 'body')).toMatchObject({ references: [reference], problems: [], inline: null });
});

test.each(['Hypothesis: ../../etc/passwd.md', 'Hypothesis: /etc/x.md', 'Hypothesis: https://jira.example.com/browse/X-1', 'Hypothesis: #0'])('no reference: %s', (body) => {
  expect(findHypothesis(body, 'body').references).toEqual([]);
  expect(codesOf(body)).toEqual(['unreadable-reference']);
});

test('step, start and intent stand anywhere', () => {
  expect(findHypothesis('Step of #12\n\nIntent: Save\n\nstarts with org/app#456', 'body')).toMatchObject({ step: { number: 12 }, intent: { value: 'save', place: { line: 3 } }, startsWith: { owner: 'org', repo: 'app', number: 456 }, problems: [] });
  expect(soundOf('## Hypothesis\nx y\n- p95 < 3 ms\n- starts with org/app#456').schedule.start).toEqual({ kind: 'change', ref: 'org/app#456' });
  expect(findHypothesis('A step in the right direction.', 'body')).toMatchObject({ step: null, problems: [] });
});

test.each([
  ['Measure over 2 weeks.', { window: 1_209_600, settle: null, start: null }],
  ['Measured for 36 h, from 1 hour after merge', { window: 129_600, settle: 3600, start: { kind: 'merge' } }],
  ['We will measure over a week, starting 2 hours after the release.', { window: 604_800, settle: 7200, start: { kind: 'release' } }],
  ['Measure for 3 days, beginning 90m after the rollout to eu-prod.', { window: 259_200, settle: 5400, start: { kind: 'deployment', environment: 'eu-prod' } }],
  ['Measure over 7 days, starting at merge.', { window: 604_800, settle: 0, start: { kind: 'merge' } }],
])('schedule: %s', (sentence, schedule) => {
  expect(soundOf(`## Hypothesis\nx y\n- p95 < 3 ms\n\n${sentence}`).schedule).toEqual(schedule);
});

test.each([['Until: 2026-12-05', '2026-12-05'], ['Scale back on 2026-12-05.', '2026-12-05'], ['We scale back after Black Friday.', 'Black Friday']])('until: %s', (sentence, until) => {
  expect(soundOf(`## Hypothesis\nx y\n- p95 < 3 ms\n\n${sentence}`).until).toBe(until);
});
