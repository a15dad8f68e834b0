// What GitHub tells of an installation: repositories came in sight, or went out of it. That concerns the App's own books; the engine knows nothing of it.
import { at, list, text } from '../../src/github/json.ts';

export type Notice =
  | { readonly kind: 'arrived' }
  /** `repositories`: their full names in lower case; null: all of the installation. */
  | { readonly kind: 'left'; readonly repositories: readonly string[] | null }
  /** `from`: a repository's former full name, or a former owner's. */
  | { readonly kind: 'moved'; readonly from: string };

/** Null for every other event. */
export function parseNotice(event: string, payload: unknown): Notice | null {
  const action = text(at(payload, 'action')) ?? '';
  if (event === 'installation') {
    if (['created', 'unsuspend', 'new_permissions_accepted'].includes(action)) return { kind: 'arrived' };
    return action === 'deleted' || action === 'suspend' ? { kind: 'left', repositories: null } : null;
  }
  if (event === 'repository' || event === 'installation_target') return parseMove(event, action, payload);
  if (event !== 'installation_repositories') return null;
  if (action === 'added') return { kind: 'arrived' };
  if (action !== 'removed') return null;
  return { kind: 'left', repositories: list(at(payload, 'repositories_removed')).flatMap((repository) => text(at(repository, 'full_name'))?.toLowerCase() ?? []) };
}

function parseMove(event: 'repository' | 'installation_target', action: string, payload: unknown): Notice | null {
  const [owner, name] = [text(at(payload, 'repository', 'owner', 'login')), text(at(payload, 'repository', 'name'))];
  const from = formerOf(event, action, payload);
  if (from === null) return null;
  if (event === 'installation_target') return { kind: 'moved', from };
  return owner === null || name === null ? null : { kind: 'moved', from: action === 'renamed' ? `${owner}/${from}` : `${from}/${name}` };
}

/** The former name of a repository or account, or the former owner. */
function formerOf(event: 'repository' | 'installation_target', action: string, payload: unknown): string | null {
  const changes = at(payload, 'changes');
  if (event === 'installation_target') return action === 'renamed' ? text(at(changes, 'login', 'from')) : null;
  if (action === 'renamed') return text(at(changes, 'repository', 'name', 'from'));
  return action === 'transferred' ? (text(at(changes, 'owner', 'from', 'organization', 'login')) ?? text(at(changes, 'owner', 'from', 'user', 'login'))) : null;
}
