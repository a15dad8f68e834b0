// How we have answered a comment already: a command is answered by one reaction, once.
import type { Account, RepoRef } from '../model/change.ts';
import type { Reaction } from '../model/effect.ts';
import { parseAccount } from './account.ts';
import { expectOk } from './answers.ts';
import { isBy } from './comments.ts';
import { at, list, text } from './json.ts';
import { repoPath } from './paths.ts';
import type { Transport } from './transport.ts';

const KNOWN: readonly Reaction[] = ['+1', '-1', 'eyes', 'confused', 'rocket'];

/** Reads the viewer's own reactions among the first hundred; a comment that is gone has none. */
export async function readOwnReactions(transport: Transport, { repo, commentId }: { readonly repo: RepoRef; readonly commentId: number }, viewer: Account): Promise<readonly Reaction[]> {
  const response = await transport({ method: 'GET', path: `${repoPath(repo)}/issues/comments/${commentId}/reactions`, query: { per_page: 100 } });
  if (response.status === 404) return [];
  const entries = list(expectOk(response, `reactions to comment ${commentId}`)).filter((entry) => isBy(parseAccount(at(entry, 'user')), viewer));
  return KNOWN.filter((content) => entries.some((entry) => text(at(entry, 'content')) === content));
}
