// A change between two refs of a local clone, read the way GitHub would show it as a pull request.
import { resolve } from 'node:path';
import { parseUnifiedDiff } from '../../src/change/unified-diff.ts';
import { SetupError } from '../../src/errors.ts';
import type { ObservedChange } from '../../src/flows/observed.ts';
import { readCloneRoot, readComparison, readOlderCommit, type Comparison } from '../../src/git/clone.ts';
import { ObjectReader } from '../../src/git/objects.ts';
import type { NeedTable } from '../../src/flows/needs.ts';
import { deskAnswers, decideAtDesk } from '../desk-answers.ts';
import { configPath, observeWords, readGivenWords, type ChangeSource } from './given.ts';

/** @throws SetupError if this is no clone, or it lacks one of the refs */
export const decideRange: ChangeSource = async (invocation, base) => {
  const { options, desk } = invocation;
  const dir = resolve(desk.cwd, options.text('directory') ?? '.');
  const words = await readGivenWords(invocation);
  await readCloneRoot(dir);
  const [from, to] = splitRange(base, options.text('head'));
  const comparison = await readComparison(dir, from, to);
  const objects = new ObjectReader(dir);
  try {
    const { baseSha } = comparison;
    const config = words.config?.reading ?? (await objects.read(`${baseSha}:${configPath}`));
    const observed = { ...observeComparison(comparison, observeWords(words, desk.now())), config, baseRef: words.config === null ? from : null };
    return await decideAtDesk(observed, cloneAnswers(dir, { objects, baseSha }));
  } finally {
    await objects.close();
  }
};

/** Unsaid, title and body are those of the branch's only commit: GitHub fills in a pull request so. */
function observeComparison({ headSha, diff, messages }: Comparison, words: Omit<ObservedChange, 'files'>): ObservedChange {
  const [title = '', ...body] = messages.length === 1 ? (messages[0] ?? '').split('\n') : [];
  const change = { ...words.change, title: words.change.title || title, body: words.change.body || body.join('\n').trim(), headSha };
  return { ...words, change, files: { kind: 'whole', files: parseUnifiedDiff(diff) } };
}

/** `main`, or `main...feature`; a head of its own may be given once. */
function splitRange(base: string, head: string | null): readonly [string, string] {
  const at = base.indexOf('...');
  const named = at < 0 ? null : base.slice(at + 3) || 'HEAD';
  if (named !== null && head !== null) throw new SetupError('the head is given twice: in --base and in --head', `Write --base ${base.slice(0, at)} --head ${head}.`);
  return [at < 0 ? base : base.slice(0, at), named ?? head ?? 'HEAD'];
}

/** Answers from the clone; what only GitHub knows is told as unreadable. */
export function cloneAnswers(dir: string, { objects, baseSha }: { readonly objects: ObjectReader; readonly baseSha: string }): NeedTable {
  const nothing = deskAnswers('a local check reads only the clone; check the pull request by its URL to read it');
  return {
    ...nothing,
    text: async (need) => (need.repo === null ? objects.read(`${need.ref ?? baseSha}:${need.path}`) : nothing.text(need)),
    'older-text': async ({ path, nth }) => {
      const commit = await readOlderCommit(dir, { head: baseSha, path, nth });
      return commit === null ? { kind: 'absent' } : objects.read(`${commit}:${path}`);
    },
  };
}
