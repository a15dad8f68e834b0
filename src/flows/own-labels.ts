// What a repository's own file calls our labels: a first look, by which is found what the dashboard forgot.
import { completeConfig } from '../config/complete.ts';
import type { RepoRef } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import type { Host } from './handle.ts';
import { parseReading } from './settings.ts';

export async function readLabels(repo: RepoRef, { reader, configPath, offer }: Pick<Host, 'reader' | 'configPath' | 'offer'>): Promise<Config['labels']> {
  const parsed = parseReading(await reader.readText(repo, configPath, null), { file: configPath, offer });
  return completeConfig(parsed?.ok === true ? [parsed.value] : []).labels;
}
