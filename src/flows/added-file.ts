// Hypothesis files that a change adds: their text stands whole in the diff, so nothing has to be read.
import { matchGlobs } from '../gate/glob.ts';
import type { FileDiff } from '../model/change.ts';
import type { Config } from '../model/config.ts';

export interface AddedFile {
  readonly path: string;
  readonly text: string;
}

/** The added files that the configuration counts as hypothesis files, in the order of the diff. */
export function addedHypothesisFiles(files: readonly FileDiff[], config: Config): readonly AddedFile[] {
  const isHypothesis = matchGlobs(config.hypothesisFiles);
  return files.flatMap((file) => {
    const text = file.status === 'added' && isHypothesis(file.path) ? addedText(file) : null;
    return text === null ? [] : [{ path: file.path, text }];
  });
}

/** The whole text of an added file, out of its patch; null where the patch is missing. */
export function addedText(file: FileDiff): string | null {
  if (file.status !== 'added' || file.patch === null) return null;
  return file.patch.split('\n').filter((line) => line.startsWith('+')).map((line) => line.slice(1)).join('\n');
}
