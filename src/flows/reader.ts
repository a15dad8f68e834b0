// Answers needs from a forge: the one table from a need to the read that serves it.
import type { ChangePage, ForgeReader } from '../ports/forge.ts';
import { readerOf } from './needs.ts';
import type { NeedReader, NeedTable } from './needs.ts';

/** The name of the job, and of the check run, for ever. */
export const CHECK_NAME = 'yardstick';

/** A reader of needs for one change. */
export function createNeedReader(forge: ForgeReader, { change }: ChangePage): NeedReader {
  const repo = { owner: change.ref.owner, repo: change.ref.repo };
  const table: NeedTable = {
    files: ({ page }) => forge.readFiles(change.ref, page),
    text: (need) => forge.readText(need.repo ?? repo, need.path, need.ref),
    'older-text': ({ path, nth }) => forge.readOlderText(repo, path, { ref: change.base.ref, nth }),
    issue: (need) => forge.readIssue(need.repo ?? repo, need.number),
    access: (need) => forge.readAccess(need.repo, need.login),
    permission: ({ login }) => forge.readPermission(repo, login),
    membership: ({ team, login }) => forge.readMembership(team, login),
    artifact: ({ name }) => forge.readArtifact(repo, change.head.sha, name),
    // A rehearsal is extra: where they can't be read it is left out, and nobody's merge waits for it.
    'last-merged': () => forge.readLastMerged(repo).catch(() => []),
    'own-reactions': ({ commentId }) => forge.readOwnReactions(repo, commentId),
    'own-words': async ({ nodeId }) => (await forge.readRevisions(repo, [nodeId]))[0]?.find(({ mine }) => mine)?.text ?? null,
    'own-check': () => forge.readOwnCheck(repo, change.head.sha, CHECK_NAME),
  };
  return readerOf(table);
}
