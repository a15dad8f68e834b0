// `command: export`: the bets of the repository as files in the workspace, for an artefact or a commit of a later step.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatherExport } from '../src/flows/export.ts';
import type { Host } from '../src/flows/handle.ts';
import type { RepoRef } from '../src/model/change.ts';
import { renderExport, type ExportFormat } from '../src/report/export.ts';
import type { Answer } from './answer.ts';
import { oneLine } from './engine.ts';

const FILES: Readonly<Record<ExportFormat, string>> = { json: 'yardstick.json', csv: 'yardstick.csv', markdown: 'yardstick.md' };

/** Writes `yardstick-export/yardstick.{json,csv,md}` below `folder`. */
export async function exportBets(host: Host, { repo, at, folder }: { readonly repo: RepoRef; readonly at: string; readonly folder: string }): Promise<Answer> {
  const exported = await gatherExport(host.reader, { repo, key: host.signingKey, at });
  const target = join(folder, 'yardstick-export');
  mkdirSync(target, { recursive: true });
  for (const [format, file] of Object.entries(FILES)) writeFileSync(join(target, file), renderExport(format as ExportFormat, exported));
  const counted = `${exported.entries.length} ${exported.entries.length === 1 ? 'bet' : 'bets'}`;
  return { ...oneLine('exported'), remarks: [{ level: 'notice', text: `exported ${counted} to yardstick-export/` }], summary: renderExport('markdown', exported) };
}
