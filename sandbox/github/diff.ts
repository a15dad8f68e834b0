// The files of a pull request as GitHub lists them, read from a real `git diff`.
import { createHash } from 'node:crypto';
import type { GitRepository } from './git.ts';

export interface ChangedFile {
  readonly sha: string | null;
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly additions: number;
  readonly deletions: number;
  readonly changes: number;
  /** Absent where GitHub gives none: binary files and those whose diff is over a megabyte. */
  readonly patch?: string;
}

const LARGEST_PATCH = 1_000_000;

/** The unified diff from the common ancestor of `base` to `head`, as GitHub's diff media type gives it. */
export async function readDiffText(git: GitRepository, base: string, head: string): Promise<string> {
  const options = ['--find-renames', '--full-index', '--no-color', '--no-ext-diff', '--src-prefix=a/', '--dst-prefix=b/'];
  return (await git.told(['-c', 'core.quotePath=false', 'diff', ...options, `${base}...${head}`], [base, head])).toString('utf8');
}

/** GitHub's list of changed files for a unified diff. */
export function parseChangedFiles(text: string): readonly ChangedFile[] {
  return text.split(/^(?=diff --git )/m).filter((part) => part.startsWith('diff --git ')).map(parseFile);
}

function parseFile(part: string): ChangedFile {
  const start = part.search(/^@@ /m);
  const head = (start === -1 ? part : part.slice(0, start)).split('\n');
  const patch = start === -1 ? '' : part.slice(start).replace(/\n$/, '');
  const after = (prefix: string): string | null => head.find((line) => line.startsWith(prefix))?.slice(prefix.length).replace(/\t$/, '') ?? null;
  const both = /^diff --git a\/(?<path>.*) b\/\k<path>$/.exec(head[0] ?? '')?.groups?.['path'] ?? null;
  const from = after('rename from ') ?? after('--- a/') ?? both;
  const to = after('rename to ') ?? after('+++ b/') ?? both;
  const added = after('new file mode') !== null;
  const removed = after('deleted file mode') !== null;
  const renamed = after('rename from ') !== null;
  const lines = patch.split('\n');
  const additions = lines.filter((line) => line.startsWith('+')).length;
  const deletions = lines.filter((line) => line.startsWith('-')).length;
  return {
    sha: after('index ')?.split('..')[removed ? 0 : 1]?.split(' ')[0] ?? createHash('sha1').update(part).digest('hex'),
    filename: (removed ? from : to) ?? '',
    status: added ? 'added' : removed ? 'removed' : renamed ? 'renamed' : 'modified',
    additions,
    deletions,
    changes: additions + deletions,
    ...(renamed && { previous_filename: from ?? '' }),
    ...(patch !== '' && patch.length <= LARGEST_PATCH && { patch }),
  };
}
