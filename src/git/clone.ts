// A local clone: which commit a name means, what lies between two of them, what a file says at one.
import { SetupError } from '../errors.ts';
import { gitFailure, runGit, startGit } from './process.ts';

/** Bytes of a diff between two refs that are read. */
export const comparisonLimit = 64 * 1024 * 1024;

/** What a branch would bring in: its diff against the commit where it left the base. */
export interface Comparison {
  /** Where the base stands now; the configuration is read there. */
  readonly baseSha: string;
  /** Where the head left the base. */
  readonly forkSha: string;
  readonly headSha: string;
  readonly diff: string;
  /** Messages of the commits between, newest first, at most two. */
  readonly messages: readonly string[];
}

/** Checks that `dir` is a git repository. @throws SetupError if it is not */
export async function readCloneRoot(dir: string): Promise<string> {
  const root = await runGit(dir, ['rev-parse', '--absolute-git-dir']);
  if (root === null) throw new SetupError(`${dir} is not a git repository`, 'Name the folder of a clone: -C DIR.');
  return root.trim();
}

/** The commit that a branch, tag or id means. @throws SetupError if the clone knows none */
export async function readCommitId(dir: string, ref: string): Promise<string> {
  const plain = ref !== '' && !ref.startsWith('-') && !ref.includes('\0');
  const sha = plain ? await runGit(dir, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]) : null;
  if (sha === null) throw new SetupError(`the clone in ${dir} knows no commit "${ref.slice(0, 200)}"`, 'Give a branch, a tag or a commit id; git fetch brings in what is missing.');
  return sha.trim();
}

/** Compares two refs the way a pull request does. @throws SetupError for an unknown ref, for refs without common history, or for a diff beyond the limit */
export async function readComparison(dir: string, base: string, head: string): Promise<Comparison> {
  const [baseSha, headSha] = await Promise.all([readCommitId(dir, base), readCommitId(dir, head)]);
  const forkSha = (await runGit(dir, ['merge-base', baseSha, headSha]))?.trim();
  // A diff between the tips would take what others merged meanwhile for changes of this branch.
  if (forkSha === undefined || forkSha === '') throw new SetupError(`the clone in ${dir} knows no common history of "${base.slice(0, 200)}" and "${head.slice(0, 200)}"`, 'In a shallow clone: git fetch --unshallow, or fetch-depth: 0 in a workflow.');
  const [diff, log] = await Promise.all([
    readDiffText(dir, forkSha, headSha),
    runGit(dir, ['log', '--no-show-signature', '--no-notes', '-2', '--format=%B%x00', `${baseSha}..${headSha}`, '--']),
  ]);
  const messages = (log ?? '').split('\0').map((text) => text.trim()).filter(Boolean);
  return { baseSha, forkSha, headSha, diff, messages };
}

async function readDiffText(dir: string, from: string, to: string): Promise<string> {
  const { child, done } = startGit(dir, ['diff', '--no-color', '--no-ext-diff', '--no-textconv', '--unified=3', '--find-renames', '--src-prefix=a/', '--dst-prefix=b/', '--submodule=short', '-O/dev/null', from, to, '--']);
  child.stdin.end();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of child.stdout) {
    size += (chunk as Buffer).length;
    if (size > comparisonLimit) {
      child.kill();
      throw new SetupError(`the diff is larger than ${comparisonLimit} bytes`, 'Compare with a nearer base.');
    }
    chunks.push(chunk as Buffer);
  }
  const { code, complaint } = await done;
  if (code !== 0) throw gitFailure(complaint);
  return Buffer.concat(chunks).toString('utf8');
}

/** The `nth` commit before the newest that touched `path`; null if there are fewer. */
export async function readOlderCommit(dir: string, { head, path, nth }: { readonly head: string; readonly path: string; readonly nth: number }): Promise<string | null> {
  const found = await runGit(dir, ['log', '-1', `--skip=${nth}`, '--no-show-signature', '--format=%H', head, '--', `:(literal)${path}`]);
  return found?.trim() || null;
}
