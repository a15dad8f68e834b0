// The merged pull requests of a local clone, each decided as if it were open again.
import { parseUnifiedDiff } from '../../src/change/unified-diff.ts';
import { looksLikeBot } from '../../src/git/author.ts';
import { readCloneRoot, readCommitId } from '../../src/git/clone.ts';
import { ObjectReader } from '../../src/git/objects.ts';
import { readPulls, type ClonedPull, type PullOptions } from '../../src/git/pulls.ts';
import { cloneAnswers } from '../change/from-clone.ts';
import { configPath, observeWords, type GivenWords } from '../change/given.ts';
import { decideAtDesk } from '../desk-answers.ts';
import type { BacktestEntry } from './entry.ts';

export interface CloneBacktest {
  readonly dir: string;
  readonly head: string;
  readonly since: string | null;
  readonly take: PullOptions['take'];
  /** The configuration to try; null: the one of the head, else the defaults. */
  readonly config: GivenWords['config'];
}

/** While one waits for git, the next are decided; more at once would only hold more diffs. */
const atOnce = 4;

/** Newest first; stops git when the caller stops. Holds a few pull requests at a time. */
export async function* backtestClone({ dir, head, since, take, config }: CloneBacktest): AsyncGenerator<BacktestEntry> {
  await readCloneRoot(dir);
  const sha = await readCommitId(dir, head);
  const objects = new ObjectReader(dir);
  try {
    const used = config ?? { reading: await objects.read(`${sha}:${configPath}`), path: configPath };
    const deciding: Promise<BacktestEntry>[] = [];
    for await (const pull of readPulls(dir, objects, { head: sha, since, take })) {
      const entry = decidePull(pull, { dir, objects, config: used });
      // Told where it is awaited, which may be later than it fails.
      entry.catch(() => undefined);
      deciding.push(entry);
      if (deciding.length === atOnce) yield await (deciding.shift() as Promise<BacktestEntry>);
    }
    for (const entry of deciding) yield await entry;
  } finally {
    await objects.close();
  }
}

interface Desk {
  readonly dir: string;
  readonly objects: ObjectReader;
  readonly config: NonNullable<GivenWords['config']>;
}

async function decidePull(pull: ClonedPull, { dir, objects, config }: Desk): Promise<BacktestEntry> {
  const { sha, number, title, body, author, diff, cut } = pull;
  const words: GivenWords = { title, body, author, labels: [], cost: null, config };
  const observed = observeWords(words, pull.mergedAt);
  const files = parseUnifiedDiff(diff);
  const { decision } = await decideAtDesk(
    { ...observed, change: { ...observed.change, headSha: sha }, files: { kind: 'whole', files } },
    cloneAnswers(dir, { objects, baseSha: pull.baseSha ?? sha }),
  );
  return { change: { sha, number, title, author: author.login, byBot: looksLikeBot(author) }, files, cut, decision };
}
