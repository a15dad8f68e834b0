// The permissions that the gate needs, what for, and how far a token tells whether it has them.
import type { ApiResponse, Transport } from '../../src/github/transport.ts';
import { repoPath } from '../../src/github/paths.ts';
import type { RepoRef } from '../../src/model/change.ts';
import type { Finding } from './examine.ts';

interface Need {
  /** As a workflow writes it. */
  readonly permission: string;
  readonly use: string;
  /** Without it the gate still decides. */
  readonly optional: boolean;
  /** A harmless read that needs the same permission for reading. */
  readonly probe: (repo: RepoRef) => string;
}

/** One row a permission; the reading half of each can be tried, the writing half only used. */
const needs: readonly Need[] = [
  { permission: 'metadata: read', use: 'find the repository', optional: false, probe: (repo) => repoPath(repo) },
  { permission: 'contents: read', use: 'read the configuration and changed files', optional: false, probe: (repo) => `${repoPath(repo)}/commits` },
  { permission: 'pull-requests: write', use: 'read pull requests; comment and label', optional: false, probe: (repo) => `${repoPath(repo)}/pulls` },
  { permission: 'issues: write', use: 'read linked hypotheses; create labels', optional: true, probe: (repo) => `${repoPath(repo)}/issues` },
  { permission: 'checks: write', use: 'App only: post the check run', optional: true, probe: (repo) => `${repoPath(repo)}/commits/HEAD/check-runs` },
  { permission: 'actions: write', use: 'Action only: read cost artefacts, re-run the check after a command', optional: true, probe: (repo) => `${repoPath(repo)}/actions/artifacts` },
  { permission: 'deployments: read', use: 'know when a change takes effect', optional: true, probe: (repo) => `${repoPath(repo)}/deployments` },
];

/** Tries each reading half, and reads the scopes of a classic token where GitHub tells them. */
export async function examinePermissions(transport: Transport, repo: RepoRef): Promise<readonly Finding[]> {
  return Promise.all(needs.map(async (need) => judge(need, await transport({ method: 'GET', path: need.probe(repo), query: { per_page: 1 } }))));
}

function judge({ permission, use, optional }: Need, { status, headers }: ApiResponse): Finding {
  const granted = status < 300 || status === 409;
  const scopes = headers['x-oauth-scopes'];
  const writes = permission.endsWith('write');
  if (!granted) {
    const remedy = `Grant \`${permission}\` to the token (in a workflow: under \`permissions:\`).`;
    return { what: permission, state: optional ? 'unknown' : 'missing', text: `${optional ? 'optional, ' : ''}not granted (GitHub answered ${status}); needed to ${use}`, remedy };
  }
  if (!writes) return { what: permission, state: 'fine', text: use, remedy: null };
  if (scopes === undefined) return { what: permission, state: 'unknown', text: `reading is granted; whether writing is, GitHub does not tell for this kind of token; ${use}`, remedy: null };
  const full = scopes.split(',').some((scope) => ['repo', 'public_repo'].includes(scope.trim()));
  return full ? { what: permission, state: 'fine', text: use, remedy: null } : { what: permission, state: optional ? 'unknown' : 'missing', text: `reading only; needed to ${use}`, remedy: 'Give the classic token the scope `repo`.' };
}
