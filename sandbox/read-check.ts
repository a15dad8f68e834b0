// The App's check on a commit, as a person sees it.
import { readCheckRuns } from './github/checks.ts';
import type { Layer } from './github/layer.ts';
import type { Button } from './github/store.ts';
import { personToken, STAGEHAND } from './github/upstream.ts';

export interface Check {
  readonly id: number;
  readonly conclusion: string;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly buttons: readonly Button[];
}

interface Run {
  readonly id: number;
  readonly name: string;
  readonly conclusion: string | null;
  readonly app: { readonly slug: string } | null;
  readonly output: { readonly title: string | null; readonly summary: string | null; readonly text: string | null };
}

/** null while there is none. */
export async function readCheck(layer: Layer, repository: string, sha: string): Promise<Check | null> {
  const runs = (await readCheckRuns(layer, { repository, sha, token: personToken(STAGEHAND) })) as unknown as readonly Run[];
  const run = runs.find(({ name, app }) => name === 'yardstick' && app?.slug === 'yardstick');
  if (run === undefined) return null;
  const { title, summary, text } = run.output;
  return { id: run.id, conclusion: run.conclusion ?? 'pending', title: title ?? '', summary: summary ?? '', text: text ?? '', buttons: layer.store.buttons.get(run.id) ?? [] };
}
