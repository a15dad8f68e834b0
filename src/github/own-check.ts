// The head's own check: how its newest run ended, and the job to start again.
import type { RepoRef } from '../model/change.ts';
import type { OwnCheck } from '../ports/forge.ts';
import { expectOk } from './answers.ts';
import { at, count, list, text } from './json.ts';
import type { Json } from './json.ts';
import { record } from './json.ts';
import { repoPath } from './paths.ts';
import { path } from './transport.ts';
import type { Transport } from './transport.ts';

/** Reads the newest check run called `name` at a commit; null if there is none, or if the token may not look. */
export async function readOwnCheck(transport: Transport, commit: { readonly repo: RepoRef; readonly sha: string }, name: string): Promise<OwnCheck | null> {
  const { repo, sha } = commit;
  const response = await transport({ method: 'GET', path: `${repoPath(repo)}${path`/commits/${sha}/check-runs`}`, query: { check_name: name, per_page: 100 } });
  if (response.status === 404) return null;
  const runs = list(at(expectOk(response, `check runs of ${sha.slice(0, 7)} in ${repo.owner}/${repo.repo}`), 'check_runs')).map(record);
  const newest = runs.toSorted((a, b) => (count(b['id']) ?? 0) - (count(a['id']) ?? 0))[0];
  return newest === undefined ? null : { conclusion: conclusionOf(newest), jobId: jobOf(newest) };
}

/** Whatever lets a merge pass counts as success. */
function conclusionOf(run: Json): OwnCheck['conclusion'] {
  if (run['status'] !== 'completed') return 'running';
  return ['success', 'neutral', 'skipped'].includes(text(run['conclusion']) ?? '') ? 'success' : 'failure';
}

/** A job of GitHub Actions is a check run, and names itself in its address: `…/actions/runs/1/job/2`. */
function jobOf(run: Json): number | null {
  const job = /\/job\/(\d{1,18})$/.exec((text(run['details_url']) ?? '').slice(0, 500))?.[1];
  if (job !== undefined) return Number(job);
  return at(run, 'app', 'slug') === 'github-actions' ? count(run['id']) : null;
}
