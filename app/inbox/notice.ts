// What GitHub tells of an installation: repositories came in sight, or went out of it. That concerns the App's own books; the engine knows nothing of it.
import { at, list, text } from '../../src/github/json.ts';

export type Notice =
  | { readonly kind: 'arrived' }
  /** `repositories`: their full names in lower case; null: all of the installation. */
  | { readonly kind: 'left'; readonly repositories: readonly string[] | null };

/** Null for every other event. */
export function parseNotice(event: string, payload: unknown): Notice | null {
  const action = text(at(payload, 'action')) ?? '';
  if (event === 'installation') {
    if (['created', 'unsuspend', 'new_permissions_accepted'].includes(action)) return { kind: 'arrived' };
    return action === 'deleted' || action === 'suspend' ? { kind: 'left', repositories: null } : null;
  }
  if (event !== 'installation_repositories') return null;
  if (action === 'added') return { kind: 'arrived' };
  if (action !== 'removed') return null;
  return { kind: 'left', repositories: list(at(payload, 'repositories_removed')).flatMap((repository) => text(at(repository, 'full_name'))?.toLowerCase() ?? []) };
}
