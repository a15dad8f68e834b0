// What stands in another repository: read only where the author of the change may read it, repeated only where all its readers may.
import type { RepoRef } from '../model/change.ts';
import type { Access, Sight } from '../ports/forge.ts';
import type { Inquiry } from './inquiry.ts';
import type { ObservedChange } from './observed.ts';

/** How a change sees a repository; `why` is said, in the same words, of what is not there and of what may not be read. */
export type View =
  | { readonly kind: 'own' }
  | { readonly kind: 'closed'; readonly why: string }
  /** `quotable`: everybody who reads the change can read that too. */
  | { readonly kind: 'open'; readonly quotable: boolean; readonly isPublic: boolean; readonly why: string };

/** How this change sees a repository, null being its own; undefined while that has to be read. Its own costs no request. */
export function viewOf(inquiry: Inquiry, observed: ObservedChange, repo: RepoRef | null): View | undefined {
  if (repo === null || sameRepo(repo, observed.repo)) return { kind: 'own' };
  const { author } = observed.change;
  // An App may be called like a person: only people are asked about by name.
  const access = inquiry.ask({ kind: 'access', repo, login: author?.type === 'User' ? author.login : null });
  return access && viewThrough(access, observed);
}

function viewThrough({ sight, why }: Access, observed: ObservedChange): View {
  if (sight === null) return { kind: 'closed', why };
  if (sameRepo(sight.repo, observed.repo)) return { kind: 'own' };
  return { kind: 'open', quotable: isAsVisible(sight, observed), isPublic: sight.visibility === 'public', why };
}

/** Of two private repositories nobody knows whether they have the same readers; an internal one is read by its whole enterprise. */
function isAsVisible({ repo, visibility }: Sight, observed: ObservedChange): boolean {
  if (visibility === 'public') return true;
  return visibility === 'internal' && observed.visibility !== 'public' && repo.owner.toLowerCase() === observed.repo?.owner.toLowerCase();
}

export function sameRepo(a: RepoRef | null, b: RepoRef | null): boolean {
  return a !== null && b !== null && `${a.owner}/${a.repo}`.toLowerCase() === `${b.owner}/${b.repo}`.toLowerCase();
}
