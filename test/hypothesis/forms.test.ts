// The same content as Markdown, YAML, front matter and issue form is the same object.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { findHypothesis } from '../../src/hypothesis/find.ts';
import { parseHypothesis } from '../../src/hypothesis/parse.ts';
import type { Hypothesis } from '../../src/model/hypothesis.ts';
import { criterionOf, soundOf } from './read.ts';

const MARKDOWN = `## Hypothesis
Redis cuts checkout latency, because the database is the bottleneck.

- p95(checkout) falls by 30% at peak
- guardrail: error_rate(checkout) < 0.5%

Measure over 7 days, starting 1 day after deploy to production. My odds: 80%.
`;
const YAML = `claim: Redis cuts checkout latency
because: the database is the bottleneck
criteria:
  - p95(checkout) falls by 30% at peak
  - guardrail: error_rate(checkout) < 0.5%
measure: over 7 days, starting 1 day after deploy to production
odds: 80%
`;
const FORM = `### Claim

Redis cuts checkout latency

### Because

the database is the bottleneck

### Success criteria

p95(checkout) falls by 30% at peak
guardrail: error_rate(checkout) < 0.5%

### Until

_No response_

### Measure

over 7 days, starting 1 day after deploy to production

### My odds

80%
`;

const meaning = ({ source: _source, ref: _ref, criteria, ...rest }: Hypothesis): unknown => ({ ...rest, criteria: criteria.map(({ place: _place, ...criterion }) => criterion) });
const expected = meaning(soundOf(MARKDOWN));

test.each([
  ['a fenced block', `## Hypothesis\n\`\`\`yaml\n${YAML}\`\`\`\n`],
  ['front matter of the body', `---\n${YAML}---\nMore text.`],
])('inline: %s', (_name, body) => {
  expect(meaning(soundOf(body))).toEqual(expected);
});

test.each([
  ['an issue form', FORM, 'issue', 'o/r#1'],
  ['an issue with a section', `Some words.\n\n${MARKDOWN}`, 'issue', 'o/r#1'],
  ['a plain file', MARKDOWN.replace('## Hypothesis', '# Redis sessions'), 'file', 'hypotheses/redis.md'],
  ['a file with front matter of its own', `---\nowner: team\n---\n# Redis\n${MARKDOWN}`, 'file', 'hypotheses/redis.md'],
  ['front matter', `---\n${YAML}---\n`, 'file', 'hypotheses/redis.md'],
  ['a YAML file', YAML, 'file', 'hypotheses/redis.yml'],
  ['JSON is YAML', JSON.stringify({ hypothesis: { claim: 'Redis cuts checkout latency', because: 'the database is the bottleneck', criteria: ['p95(checkout) falls by 30% at peak', 'guardrail: error_rate(checkout) < 0.5%'], measure: 'over 7 days, starting 1 day after deploy to production', odds: 0.8 } }), 'file', 'h.yaml'],
] as const)('text: %s', (_name, text, source, file) => {
  const parsed = parseHypothesis(text, { source, ref: file, file });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  expect(meaning(parsed.value)).toEqual(expected);
});

test('places in YAML are those of the text', () => {
  const parsed = parseHypothesis('claim: x y\ncriteria:\n  - p95 < 300 ms off-peak\n', { source: 'file', ref: 'h.yml', file: 'h.yml' });
  expect(parsed).toMatchObject({ ok: false, problems: [{ code: 'unknown-condition', place: { file: 'h.yml', line: 3, column: 18 } }] });
});

test.each([
  ['a tab', 'claim: x\n\tcriteria: []', 'yaml-syntax'],
  ['an alias', 'claim: &a x\nbecause: *a\ncriteria: [p95 < 3 ms]', 'yaml-syntax'],
  ['an unknown key', 'claim: x\ncriterias: [p95 < 3 ms]\ncriteria: [p95 < 3 ms]', 'unknown-key'],
  ['a list', '- p95 < 3 ms', 'yaml-form'],
])('YAML with %s is a problem', (_name, text, code) => {
  const parsed = parseHypothesis(text, { source: 'file', ref: 'h.yml', file: 'h.yml' });
  expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.code)).toContain(code);
});

test('every example of the documentation is read', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/criteria.md'), 'utf8');
  const lines = [...docs.matchAll(/```criteria\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));
  expect(lines.length).toBeGreaterThan(25);
  expect(lines.filter((line) => typeof criterionOf(line) === 'string')).toEqual([]);
  const refused = [...docs.slice(docs.indexOf('## What is refused')).matchAll(/^\| `([^`]+)` \| [^|]+ \| /gm)].map(([, line = '']) => line).filter((line) => line !== 'error_rate rises by at most 0.1%');
  expect(refused.length).toBeGreaterThan(5);
  expect(refused.filter((line) => typeof criterionOf(line) !== 'string')).toEqual([]);
});

interface FormField {
  readonly attributes: { readonly label: string; readonly placeholder: string };
}

test('the example of an issue form, filled in as its placeholders say, is sound', () => {
  const { body } = load(readFileSync(join(import.meta.dirname, '../../examples/issue-forms/hypothesis.yml'), 'utf8')) as { readonly body: readonly FormField[] };
  const rendered = (without: readonly string[]): string => body.map(({ attributes: { label, placeholder } }) => `### ${label}\n\n${without.includes(label) ? '_No response_' : placeholder.trim()}\n`).join('\n');
  const parse = (text: string): Hypothesis => {
    const parsed = parseHypothesis(text, { source: 'issue', ref: 'o/r#1', file: '#1' });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.value;
  };
  expect(parse(rendered([]))).toMatchObject({ because: 'The orders database is the bottleneck', criteria: [{ role: 'goal' }, { role: 'goal' }, { role: 'guardrail' }], odds: 0.8, until: '2026-12-05', schedule: { window: 604_800, settle: 86_400 } });
  expect(parse(rendered(['Guardrails', 'Measure', 'My odds', 'Until']))).toMatchObject({ claim: 'Moving session reads to Redis cuts checkout latency at peak', criteria: [{ role: 'goal' }, { role: 'goal' }], odds: null, schedule: { window: null } });
});

test('the examples of docs/hypotheses.md are sound and say the same', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/hypotheses.md'), 'utf8');
  const [, markdown = ''] = /```markdown\n([\s\S]*?)```/.exec(docs) ?? [];
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(docs) ?? [];
  expect(findHypothesis(markdown, 'body').inline?.ok).toBe(true);
  expect(parseHypothesis(yaml, { source: 'file', ref: 'h.yml', file: 'h.yml' }).ok).toBe(true);
});
