// A change out of files alone: no network, no token, nothing of the current folder.
import { parseUnifiedDiff } from '../../src/change/unified-diff.ts';
import { SetupError } from '../../src/errors.ts';
import { deskAnswers, decideAtDesk } from '../desk-answers.ts';
import { readGivenText } from '../desk.ts';
import { observeWords, readGivenWords, type ChangeSource } from './given.ts';

/** @throws SetupError if a file can't be read, or what was given is no diff */
export const decideDiff: ChangeSource = async (invocation, file) => {
  const words = await readGivenWords(invocation);
  const text = await readGivenText(invocation.desk, file);
  const files = parseUnifiedDiff(text);
  if (files.length === 0 && text.trim() !== '') throw new SetupError(`${file} holds no unified diff`, 'Make one with: git diff BASE...HEAD > change.diff');
  const observed = { ...observeWords(words, invocation.desk.now()), files: { kind: 'whole' as const, files } };
  return decideAtDesk(observed, deskAnswers('with --diff nothing but the given files is read'));
};
