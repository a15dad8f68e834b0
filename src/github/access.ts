// Who may read a repository that a pull request of another one links into.
import { SetupError } from '../errors.ts';
import type { Change, RepoRef } from '../model/change.ts';
import type { Sight } from '../ports/forge.ts';
import { expectOk, refusal } from './answers.ts';
import { at, text } from './json.ts';
import { repoPath } from './paths.ts';
import { readPermission } from './permission.ts';
import type { ApiResponse, Transport } from './transport.ts';

/**
 * What a person sees of a repository; `login` null asks for what everybody may. Null where it is not there, where this token may not
 * read it, and where the person may not: whoever is told of it learns nothing of which.
 */
export async function readSight(transport: Transport, repo: RepoRef, login: string | null): Promise<Sight | null> {
  const subject = `repository ${repo.owner}/${repo.repo}`;
  const response = await transport({ method: 'GET', path: repoPath(repo) });
  if (isHidden(response, subject)) return null;
  const body = expectOk(response, subject);
  const [owner, name] = (text(at(body, 'full_name')) ?? '').split('/');
  const sight: Sight = { repo: owner && name ? { owner, repo: name } : repo, visibility: parseVisibility(body) };
  if (sight.visibility === 'public') return sight;
  return login !== null && (await mayRead(transport, sight.repo, login)) ? sight : null;
}

/** A rate limit also answers 403: that one passes, and is thrown. */
function isHidden(response: ApiResponse, subject: string): boolean {
  if (response.status !== 404 && response.status !== 403 && response.status !== 451) return false;
  const error = refusal(response, subject);
  if (error instanceof SetupError) return true;
  throw error;
}

/** Older servers know only whether it is private; where nothing is said, the answer that tells least to strangers. */
function parseVisibility(body: unknown): Change['visibility'] {
  const said = text(at(body, 'visibility'));
  if (said === 'public' || said === 'internal' || said === 'private') return said;
  return at(body, 'private') === false ? 'public' : 'private';
}

/** A token that may not ask this knows nothing in the person's favour. */
async function mayRead(transport: Transport, repo: RepoRef, login: string): Promise<boolean> {
  try {
    return (await readPermission(transport, repo, login)) !== 'none';
  } catch (error) {
    if (error instanceof SetupError) return false;
    throw error;
  }
}
