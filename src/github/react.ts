// Reactions to a comment: answers to commands, and the claim of a record, of which GitHub makes one.
import type { ChangeRef } from '../model/change.ts';
import type { Effect, Reaction } from '../model/effect.ts';
import { succeeded } from './answers.ts';
import { commentPath } from './paths.ts';
import type { ApiResponse, Transport } from './transport.ts';

/** Reacts; the answer is 201 to the first, 200 to every other. */
export function react(transport: Transport, { change, commentId, content }: { readonly change: ChangeRef; readonly commentId: number; readonly content: Reaction }): Promise<ApiResponse> {
  return transport({ method: 'POST', path: `${commentPath(change, commentId)}/reactions`, body: { content } });
}

/** Claims a record by a reaction. A stale claim goes first, by its id: of two takers one removes it, and after it one alone is answered 201. */
export async function claim(transport: Transport, { change, commentId, stale }: Effect & { kind: 'claim' }): Promise<ApiResponse> {
  if (stale !== null) {
    const removed = await transport({ method: 'DELETE', path: `${commentPath(change, commentId)}/reactions/${stale}` });
    if (!succeeded(removed) && removed.status !== 404) return removed;
  }
  return react(transport, { change, commentId, content: 'rocket' });
}
