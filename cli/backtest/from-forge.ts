// The merged pull requests of a repository on GitHub, each decided as if it were open again.
import { SetupError } from '../../src/errors.ts';
import { expectOk } from '../../src/github/answers.ts';
import { at, list, text } from '../../src/github/json.ts';
import { parseMerged, type MergedPull } from '../../src/github/last-merged.ts';
import { repoPath } from '../../src/github/paths.ts';
import { createForgeReader } from '../../src/github/reader.ts';
import type { Transport } from '../../src/github/transport.ts';
import type { ChangeRef, FileDiff, RepoRef } from '../../src/model/change.ts';
import type { ForgeReader } from '../../src/ports/forge.ts';
import { looksLikeBot } from '../../src/git/author.ts';
import { configPath, observeWords, type GivenWords } from '../change/given.ts';
import type { Invocation } from '../command.ts';
import type { NeedTable } from '../../src/flows/needs.ts';
import { deskAnswers, decideAtDesk } from '../desk-answers.ts';
import { connect, parseGitHubPlace } from '../github-connection.ts';
import type { BacktestEntry } from './entry.ts';

/** Pull requests that are read at the same time: GitHub frowns on more. */
const atOnce = 8;
/** Unasked, so many are read: about three requests each, of 5,000 an hour. */
const lastUnsaid = 100;
/** GitHub lists 3,000 files of a pull request, 100 a page. */
const filePagesMax = 30;

/** Newest first. @throws SetupError for a source that is neither a folder nor a repository, without a token, on 401, 403, 404 */
export async function* backtestForge({ options, desk }: Invocation, { source, config }: { readonly source: string; readonly config: GivenWords['config'] }): AsyncGenerator<BacktestEntry> {
  const place = parseGitHubPlace(source);
  if (place === null || place.number !== null) throw new SetupError(`${source.slice(0, 200)} is neither a folder nor a repository on GitHub`, 'Give the folder of a clone, or OWNER/REPO.');
  const repo = { owner: place.owner, repo: place.repo };
  const transport = connect(desk, place.host);
  const forge = createForgeReader(transport, { home: null });
  const used = config ?? { reading: await forge.readText(repo, configPath, null), path: configPath };
  const limits = { last: options.count('last') ?? lastUnsaid, since: options.date('since') };
  let batch: MergedPull[] = [];
  for await (const pull of listMerged(transport, repo, limits)) {
    batch.push(pull);
    if (batch.length < atOnce) continue;
    yield* await Promise.all(batch.map((each) => decideMerged(each, forge, used)));
    batch = [];
  }
  yield* await Promise.all(batch.map((each) => decideMerged(each, forge, used)));
}

/** GitHub sorts by the last update, not by the merge: with a date, the list ends where no later merge can follow. */
async function* listMerged(transport: Transport, repo: RepoRef, { last, since }: { readonly last: number; readonly since: string | null }): AsyncGenerator<MergedPull> {
  let found = 0;
  for (let page = 1; found < last; page += 1) {
    const query = { state: 'closed', sort: 'updated', direction: 'desc', per_page: 100, page };
    const entries = list(expectOk(await transport({ method: 'GET', path: `${repoPath(repo)}/pulls`, query }), `pull requests of ${repo.owner}/${repo.repo}`));
    for (const entry of entries) {
      if (since !== null && (text(at(entry, 'updated_at')) ?? '') < since) return;
      const pull = parseMerged(entry, repo);
      if (pull === null || (since !== null && pull.mergedAt < since)) continue;
      yield pull;
      found += 1;
      if (found === last) return;
    }
    if (entries.length < 100) return;
  }
}

async function decideMerged(pull: MergedPull, forge: ForgeReader, config: NonNullable<GivenWords['config']>): Promise<BacktestEntry> {
  const { ref, title, body, author, labels, headSha, mergeSha } = pull;
  const observed = observeWords({ title, body, author, labels, cost: null, config }, pull.mergedAt);
  const files = await readAllFiles(forge, ref);
  const { decision } = await decideAtDesk({ ...observed, change: { ...observed.change, ref, headSha }, repo: ref, files: { kind: 'whole', files } }, answersOf(pull, forge));
  const change = { sha: mergeSha, number: ref.number, title, author: author?.login ?? null, byBot: author !== null && looksLikeBot(author) };
  return { change, files, cut: files.length === filePagesMax * 100, decision };
}

async function readAllFiles(forge: ForgeReader, ref: ChangeRef): Promise<readonly FileDiff[]> {
  const files: FileDiff[] = [];
  for (let page = 1; page <= filePagesMax; page += 1) {
    const listed = await forge.readFiles(ref, page);
    files.push(...listed);
    if (listed.length < 100) break;
  }
  return files;
}

/** Texts and issues are read from GitHub; conversations are not: what was waived then says nothing about this configuration. */
function answersOf({ ref, baseSha }: MergedPull, forge: ForgeReader): NeedTable {
  return {
    ...deskAnswers('it is not read in a backtest'),
    text: (need) => forge.readText(need.repo ?? ref, need.path, need.ref ?? baseSha),
    issue: (need) => forge.readIssue(need.repo ?? ref, need.number),
  };
}
