// A file as an earlier commit of a branch left it: the last good configuration behind a broken one.
import type { RepoRef } from '../model/change.ts';
import type { TextReading } from '../ports/forge.ts';
import { expectOk } from './answers.ts';
import { at, list, text } from './json.ts';
import { repoPath } from './paths.ts';
import { readText, TEXT_MAX } from './text.ts';
import type { Transport } from './transport.ts';

/** Reads the file as the `nth` older commit that touched it on this branch left it (1: the one before the newest); absent when the history ends before. */
export async function readOlderText(transport: Transport, place: { readonly repo: RepoRef; readonly file: string }, { ref, nth }: { readonly ref: string; readonly nth: number }): Promise<TextReading> {
  const { repo, file } = place;
  const query = { sha: ref, path: file, per_page: 1, page: nth + 1 };
  const commits = expectOk(await transport({ method: 'GET', path: `${repoPath(repo)}/commits`, query }), `the history of ${file} in ${repo.owner}/${repo.repo}`);
  const sha = text(at(list(commits)[0], 'sha'));
  return sha === null ? { kind: 'absent' } : readText(transport, place, { ref: sha, max: TEXT_MAX });
}
