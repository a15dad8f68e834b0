// What an experiment is known by: the hypothesis it measures, so that pull requests on one hypothesis share one record.
import type { ChangeRef } from '../model/change.ts';
import type { Hypothesis } from '../model/hypothesis.ts';

/** `owner/repo#12` of the issue that holds the hypothesis, `owner/repo:path` of its file, else of the pull request itself. */
export function experimentKey({ source, ref }: Pick<Hypothesis, 'source' | 'ref'>, change: ChangeRef): string {
  const home = `${change.owner}/${change.repo}`;
  switch (source) {
    case 'issue':
      return /^[^/\s]+\/[^/\s]+#\d+$/.test(ref) ? ref : `${home}${ref}`;
    case 'file':
      return /^[^/\s]+\/[^/\s:]+:/.test(ref) || ref.includes('://') ? ref : `${home}:${ref}`;
    case 'inline':
      return changeKey(change);
  }
}

/** A change that stands for its own experiment: an inline hypothesis, an auto-bet, a repair. */
export function changeKey({ owner, repo, number }: ChangeRef): string {
  return `${owner}/${repo}#${number}`;
}

/** The issue or pull request that a key names in this repository; null for files and other repositories. */
export function numberOfKey(key: string, { owner, repo }: { readonly owner: string; readonly repo: string }): number | null {
  const match = /^([^/]+)\/([^#]+)#(\d{1,10})$/.exec(key);
  const own = match !== null && `${match[1]}/${match[2]}`.toLowerCase() === `${owner}/${repo}`.toLowerCase();
  return own ? Number(match[3]) : null;
}
