// The words by which people and git take a change back.
import { expect, test } from 'vitest';
import { isRevert } from '../../src/change/revert.ts';

test.each([
  ['GitHub\'s button', 'Revert "Scale orders"', 'Reverts org/app#12', true],
  ['git revert', 'Revert "x"', 'This reverts commit 0123456789abcdef.', true],
  ['a title of one\'s own', 'Back to two replicas', 'This reverts commit 0123456789abcdef0123456789abcdef01234567.', true],
  ['Conventional Commits', 'revert: feat: more replicas', '', true],
  ['a revert of a revert', 'Revert "Revert "Scale orders""', 'Reverts org/app#13', false],
  ['reapply', 'Reapply "Scale orders"', 'This reverts commit 0123456789abcdef.', false],
  ['about reverting', 'Revert to the old way of scaling', '', false],
  ['in passing', 'Scale orders', 'If it fails, somebody reverts commit 0123456 by hand.', false],
  ['nothing', '', '', false],
])('%s', (_name, title, body, expected) => expect(isRevert({ title, body }) !== null).toBe(expected));
