// gitignore-style globs: what can't work as its author means it.
import { MAX_GLOB_LENGTH, MAX_GLOB_WILDCARDS } from './limits.ts';

/** Why a glob can't be used, as what is allowed instead; null if it can. Linear in its length. */
export function faultOfGlob(glob: string): string | null {
  const body = glob.startsWith('!') ? glob.slice(1) : glob;
  if (body.trim() === '') return 'a glob such as `terraform/**` (it is empty)';
  if (glob.length > MAX_GLOB_LENGTH) return `a glob of at most ${MAX_GLOB_LENGTH} characters`;
  if (body.startsWith('./') || body.includes('/./') || body.includes('../')) return 'a path from the repository’s root, without `./` and `../`';
  if (body.includes('\\')) return 'a glob with `/` between folders, without backslashes';
  if (/[{}]/.test(body)) return 'a gitignore-style glob, which has no `{a,b}`: write one line for each';
  // A list item indented too far is read as the tail of the one above it.
  if (body.includes(' - ') || body.includes('\n')) return 'one glob an entry, all entries in one column';
  if (!hasWholeClasses(body)) return 'a glob in which every `[` has its `]`';
  const wildcards = body.match(/\*{1,2}|\?/g)?.length ?? 0;
  if (wildcards > MAX_GLOB_WILDCARDS) return `a glob with at most ${MAX_GLOB_WILDCARDS} wildcards`;
  return null;
}

function hasWholeClasses(glob: string): boolean {
  let from = 0;
  for (;;) {
    const open = glob.indexOf('[', from);
    if (open < 0) return true;
    const close = glob.indexOf(']', open + 2);
    if (close < 0) return false;
    from = close + 1;
  }
}
