// Hostile text: never an exception, never more than linear time.
import { expect, test } from 'vitest';
import { checkCatalogue } from '../../src/hypothesis/catalogue.ts';
import { findHypothesis } from '../../src/hypothesis/find.ts';
import { parseHypothesis } from '../../src/hypothesis/parse.ts';
import { CATALOGUE, criterionOf } from './read.ts';

const SIZE = 65_000;
const fill = (piece: string): string => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);
const PIECES = [' ', '\n', '-', '- ', '* a\n', '#', '# a\n', '`', '```\n', '<!--', '<!-- a -->', '-->', '(', 'p95(', 'p95(a', ')', '<', '< ', '<a ', '&lt;', '1', '1,', '1.', '1 ', '1_', '%', '_', '__', '**', '**a** ', '[', '[a](', 'a.b', 'a. B', 'because ',
  'because, ', 'and ', '- a and b\n', '- p95 < 3 ms and\n', '- p95 < 1 and 2 and 3 or 4\n', 'Measure over ', 'Step of ', 'Hypothesis: #1\n', 'Hypothesis: ', '|', '| 1 |\n', '>', '---\n', '===\n', 'a\n===\n', '\t', '\r', '\u00a0', '😀', '…', '<…', 'at peak ', 'from 1 to 2 ',
  '- guardrail: ', 'guardrail: goal: ', 'evidence: ', 'shows ', '- a: ', 'a: &a\n', '{', '[', '"', "'", 'x: {', '- - ', 'AC-1: ', '\\', '&nbsp;', '~', 'https://a/b/c/issues/', '### Claim\n'];

test.each(PIECES.map((piece) => [JSON.stringify(piece), piece]))('64 kB of %s', (_name, piece) => {
  const began = process.cpuUsage();
  for (const lead of ['', '## Hypothesis\n', '## Hypothesis\n- ', '---\nclaim: ', 'Hypothesis: ']) findHypothesis(lead + fill(piece), 'body');
  parseHypothesis(fill(piece), { source: 'file', ref: 'h.yml', file: 'h.yml' });
  parseHypothesis(fill(piece), { source: 'issue', ref: 'o/r#1', file: 'o/r#1' });
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1000).toBeLessThan(1500); // milliseconds of work: a busy machine is no reason to fail
});

test('a thousand mixed-up criteria: no exception, and what is read survives the catalogue', () => {
  const words = 'p95(checkout) cpu falls rises by at most least 30 % 300 ms to from 480 between and within of baseline never above for more than 5 m no increase in when rps > < <= peak on 2026-11-27 .. 30 compared with pool_b each service ( ) today evidence: x shows guardrail: $ 200 - + 3x half unchanged does not stays keep reduce : , . … 1.200 by 06:00'.split(' ');
  let seed = 7;
  const next = (): number => (seed = (seed * 48_271) % 2_147_483_647);
  let read = 0;
  for (let round = 0; round < 3000; round++) {
    const line = Array.from({ length: 1 + (next() % 12) }, () => words[next() % words.length]).join(' ');
    if (typeof criterionOf(line) === 'object') read++;
    const { inline } = findHypothesis(`## Hypothesis\nx y\n- ${line}`, 'body');
    if (inline?.ok === true) checkCatalogue(inline.value, CATALOGUE);
  }
  expect(read).toBeGreaterThan(0);
});
