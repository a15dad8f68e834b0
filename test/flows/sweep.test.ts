// Which open changes an edited issue or a pushed configuration concerns: whatever the engine reads as a link, and GitHub as a closing keyword.
import { expect, test } from 'vitest';
import { touchedChanges } from '../../src/flows/sweep.ts';
import type { Trigger } from '../../src/model/trigger.ts';
import type { OpenChange } from '../../src/ports/forge.ts';

const repo = { owner: 'acme', repo: 'shop' };
const change = (number: number, body: string, baseRef = 'main'): OpenChange => ({ ref: { ...repo, number }, headSha: null, baseRef, body });
const sweep = (given: Partial<Trigger & { kind: 'sweep' }>): Trigger & { kind: 'sweep' } => ({ kind: 'sweep', repo, because: 'test', issue: null, base: null, event: 'issues', delivery: null, at: '2026-05-05T10:00:00Z', ...given });

test.each([
  'Hypothesis: #12', 'Hypothesis: acme/shop#12', 'Hypothesis: https://github.com/acme/shop/issues/12', 'Step of #12', '**Hypothesis:** [the bet](https://github.com/acme/shop/issues/12)',
  'Closes #12', 'closes: #12', 'Closes acme/shop#12', 'Fixes https://github.com/acme/shop/issues/12', 'Fixes: #12', 'Resolves GH-12', 'CLOSES Acme/Shop#12', 'It scales (fixes #12).', 'Fixes #1, fixes #12', '- resolves #12!',
])('hears an edit of the issue behind "%s"', (body) => {
  expect(touchedChanges([change(1, `Scale orders\r\n\r\n${body}\r\n`)], sweep({ issue: 12 }))).toHaveLength(1);
});

test.each(['#12 is no link', 'Closes #123', 'Fixes acme/other#12', 'Resolves https://github.com/acme/other/issues/12', 'a hotfix #12', 'Fixes charts/12.yaml'])('leaves "%s" alone', (body) => {
  expect(touchedChanges([change(1, body)], sweep({ issue: 12 }))).toEqual([]);
});

test('looks at changes into the branch that was pushed, or at all', () => {
  const open = [change(1, ''), change(2, '', 'release')];
  expect(touchedChanges(open, sweep({ base: 'release' })).map(({ number }) => number)).toEqual([2]);
  expect(touchedChanges(open, sweep({}))).toHaveLength(2);
  const many = Array.from({ length: 150 }, (_, index) => change(index, ''));
  expect([touchedChanges(many, sweep({})).length, touchedChanges(many, sweep({}), Infinity).length]).toEqual([100, 150]);
});

test('reads the worst body in no time', () => {
  const began = performance.now();
  for (const piece of ['fixes ', 'fixes #', 'closes [', 'resolves ))))', 'fix fix ']) touchedChanges([change(1, piece.repeat(65_536 / piece.length))], sweep({ issue: 12 }));
  touchedChanges([change(1, `fixes ${')'.repeat(65_000)}`)], sweep({ issue: 12 }));
  expect(performance.now() - began).toBeLessThan(2000);
});
