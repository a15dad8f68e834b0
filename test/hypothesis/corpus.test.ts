// Hundreds of lines as people write them, with the one meaning or the refusal of each; the tables stand in corpus/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderCriterionJson } from '../../src/report/criterion-json.ts';
import { findHypothesis } from '../../src/hypothesis/find.ts';
import { criterionOf, problemOf, soundOf } from './read.ts';

const rows = (name: string): readonly (readonly [string, string])[] => readFileSync(join(import.meta.dirname, 'corpus', name), 'utf8').trimEnd().split('\n').map((row) => {
  const [line = '', expected = ''] = row.split('\t');
  return [line, expected];
});

test.each(rows('read.tsv'))('read: %s', (line, expected) => {
  const criterion = criterionOf(line);
  if (typeof criterion === 'string') throw new Error(`refused: ${criterion}`);
  const { text: _text, role, metric, compares, op, value, unit, ...rest } = renderCriterionJson(criterion);
  const more = Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest)}`;
  expect(`${role} ${metric} ${compares} ${op} ${value}${unit === null ? '' : ` ${unit}`}${more}`).toBe(expected);
});

/** The whole criteria that a remedy offers: list items, and marked words that begin with a metric and go on. */
const offered = (remedy: string): readonly string[] => [
  ...[...remedy.matchAll(/^- (.+)$/gm)].map(([, line = '']) => line),
  ...[...remedy.matchAll(/`((?:guardrail: |evidence: )?[a-z]+[_0-9][^`]* [^`]*)`/g)].map(([, line = '']) => line),
];

test.each(rows('refused.tsv'))('refused: %s', (line, code) => {
  const problem = problemOf(line);
  expect(problem.code).toBe(code);
  expect(problem.remedy).not.toBe('');
  expect(offered(problem.remedy).filter((form) => typeof criterionOf(form) === 'string')).toEqual([]);
});

const CRITERION = 'It gets faster because of the cache.\n\n- p95 < 300 ms\n';

test.each([
  ['a first heading', `# Hypothesis\n${CRITERION}`],
  ['a closed heading', `## Hypothesis ##\n${CRITERION}`],
  ['a heading with a colon', `## Hypothesis:\n${CRITERION}`],
  ['a setext heading', `Hypothesis\n==========\n${CRITERION}`],
  ['a bold heading', `**Hypothesis**\n\n${CRITERION}`],
  ['a bold heading with a colon', `__Hypothesis:__\n\n${CRITERION}`],
  ['whose hypothesis', `## Our hypothesis\n${CRITERION}`],
  ['a longer heading', `## Hypothesis and success criteria\n${CRITERION}`],
  ['CR LF', `## Hypothesis\n${CRITERION}`.replaceAll('\n', '\r\n')],
  ['a byte order mark', `\uFEFF## Hypothesis\n${CRITERION}`],
  ['details', `<details>\n<summary>More</summary>\n\n## Hypothesis\n${CRITERION}\n</details>`],
  ['a quoted criterion', `## Hypothesis\nIt gets faster because of the cache.\n> - p95 < 100 ms\n\n- p95 < 300 ms`],
  ['comments', '## Hypothesis\nIt gets faster because of the cache.\n<!-- - p95 < 100 ms -->\n- p95 < 300 ms <!-- agreed -->'],
])('body with %s', (_name, body) => {
  expect(soundOf(body)).toMatchObject({ claim: 'It gets faster', because: 'of the cache', criteria: [{ text: 'p95 < 300 ms', role: 'goal' }] });
});

test.each([
  ['Step of #123.', 123],
  ['**Step of:** #123', 123],
  ['- Step of org/app#12', 12],
  ['Step of https://github.com/o/r/issues/5', 5],
])('%s', (body, number) => {
  expect(findHypothesis(body, 'body')).toMatchObject({ step: { number }, problems: [], inline: null });
});

test.each(['> Hypothesis: #12', '<!-- Hypothesis: #12 -->', '```\nHypothesis: #12\n```', 'Hypothesis: none', 'Hypothesis: n/a', '> Intent: save', '<!-- Intent: save -->', '```\nIntent: save\n```'])('says nothing: %s', (body) => {
  expect(findHypothesis(body, 'body')).toMatchObject({ references: [], intent: null, problems: [], inline: null });
});
