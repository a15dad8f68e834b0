// What a person may do in a repository: asked of GitHub for everyone who gives a command.
import type { Permission, RepoRef } from '../model/change.ts';
import { expectOk } from './answers.ts';
import { at, text } from './json.ts';
import { repoPath } from './paths.ts';
import { path } from './transport.ts';
import type { Transport } from './transport.ts';

const KNOWN: readonly Permission[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];

/** Reads a login's permission; nobody known by that name has none. Custom roles count as the base role they extend. */
export async function readPermission(transport: Transport, repo: RepoRef, login: string): Promise<Permission> {
  const response = await transport({ method: 'GET', path: `${repoPath(repo)}${path`/collaborators/${login}/permission`}` });
  if (response.status === 404) return 'none';
  const body = expectOk(response, `the permission of ${login} in ${repo.owner}/${repo.repo}`);
  return known(at(body, 'role_name')) ?? known(at(body, 'permission')) ?? 'none';
}

/** `permission` knows only read, write and admin; `role_name` also triage and maintain, and the names of custom roles. */
function known(value: unknown): Permission | null {
  const name = text(value);
  return KNOWN.find((permission) => permission === name) ?? null;
}
