// The `extends` line: which other file a configuration builds on.

/** Where a baseline lives: in this repository (`repo` null) or in another one; `ref` null is that one's default branch. */
export interface BaselineRef {
  readonly repo: { readonly owner: string; readonly repo: string } | null;
  readonly path: string;
  readonly ref: string | null;
}

/** Where a configuration lies in a repository unless something else is said. */
export const CONFIG_PATH = '.github/yardstick.yml';

const REPOSITORY = /^([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))\/([A-Za-z0-9._-]{1,100})(?::([^@]{1,400}))?(?:@([A-Za-z0-9._/-]{1,200}))?$/;

/**
 * `owner/repo`, `owner/repo:path`, `owner/repo:path@ref`, or a path of this repository, which ends in .yml or .yaml.
 * null for anything else.
 */
export function parseExtends(text: string): BaselineRef | null {
  if (/\.ya?ml$/.test(text) && !text.includes(':') && !text.includes('@')) {
    return isPath(text) ? { repo: null, path: text, ref: null } : null;
  }
  const [, owner, repo, path = CONFIG_PATH, ref = null] = REPOSITORY.exec(text) ?? [];
  if (owner === undefined || repo === undefined || repo === '.' || repo === '..' || !isPath(path)) return null;
  return { repo: { owner, repo }, path, ref };
}

function isPath(path: string): boolean {
  return path.length <= 400 && !path.startsWith('/') && !path.includes('\\') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
