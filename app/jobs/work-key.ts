// The keys under which work is done one at a time: `acme/shop`, `acme/shop#12`, `acme/shop@1a2b3c`, `installation:7`. GitHub's names know no case, so the keys have none.
import type { ChangeRef, RepoRef } from '../../src/model/change.ts';

export function keyOfRepo({ owner, repo }: RepoRef): string {
  return `${owner}/${repo}`.toLowerCase();
}

export function keyOfChange(change: ChangeRef): string {
  return `${keyOfRepo(change)}#${change.number}`;
}

export function keyOfHead(repo: RepoRef, headSha: string): string {
  return `${keyOfRepo(repo)}@${headSha}`;
}

export function keyOfInstallation(installation: number): string {
  return `installation:${installation}`;
}
