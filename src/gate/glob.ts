// Matches repository paths against gitignore-style globs.
import ignore from 'ignore';

/** Says whether a path matches. */
export type PathMatcher = (path: string) => boolean;

const compiled = new WeakMap<readonly string[], PathMatcher>();

/** A matcher for a list of globs, as in a `.gitignore`: the last one that matches wins, `!` takes out again. Compiled once a list. */
export function matchGlobs(globs: readonly string[]): PathMatcher {
  if (globs.length === 0) return () => false;
  const known = compiled.get(globs);
  if (known !== undefined) return known;
  const matcher = compile(globs);
  compiled.set(globs, matcher);
  return matcher;
}

function compile(globs: readonly string[]): PathMatcher {
  // `allowRelativePaths`: a hostile file name such as `../x` is no match, rather than an exception.
  const list = ignore({ ignorecase: false, allowRelativePaths: true }).add([...globs]);
  return (path) => path !== '' && list.ignores(path);
}
