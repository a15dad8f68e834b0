// Everything that is written down about a repository's bets, for other tools: the index, and the records below it.
import type { SigningKey } from '../experiment/signature.ts';
import type { RepoRef } from '../model/change.ts';
import type { ForgeReader } from '../ports/forge.ts';
import type { Exported } from '../report/export.ts';
import { readRecords } from './records.ts';

/** Reads, and writes nothing. Without a dashboard there is nothing to export: an empty list. */
export async function gatherExport(reader: ForgeReader, { repo, key, at }: { readonly repo: RepoRef; readonly key: SigningKey; readonly at: string }): Promise<Exported> {
  const dashboard = await reader.readDashboard(repo);
  if (dashboard === null) return { entries: [], experiments: new Map(), at };
  const { ledger, records } = await readRecords({ reader, repo, key, dashboard, pendingLabel: null });
  return { entries: ledger.entries, experiments: new Map(records.map(({ experiment }) => [experiment.key, experiment])), at };
}
