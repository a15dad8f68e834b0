// Problems on the lines of files where they stand: hypothesis files and the configuration.
import type { Decision } from '../model/decision.ts';
import type { Annotation } from '../model/effect.ts';
import type { Problem } from '../model/problem.ts';
import { plain } from './bet.ts';
import { ANNOTATIONS_MAX, cutLine } from './budget.ts';

/** At most 50, the most that GitHub takes at once. What stands in a description or an issue has no line in the diff. */
export function renderAnnotations({ problems, configProblems, verdict }: Decision): readonly Annotation[] {
  const own = problems.filter(isInFile).map((problem) => annotate(problem, verdict === 'fail' ? 'failure' : 'warning'));
  // The configuration is broken, and this change didn't do it: a warning, whatever becomes of the change.
  const elsewhere = configProblems.filter(isInFile).map((problem) => annotate(problem, 'warning'));
  return [...own, ...elsewhere].slice(0, ANNOTATIONS_MAX);
}

function annotate({ code, place, found, expected, remedy }: InFile, level: Annotation['level']): Annotation {
  return {
    file: place.file, line: place.line, column: place.column, level,
    title: `yardstick: ${code}`.slice(0, 255),
    message: cutLine(plain(`${found.replace(/\.$/, '')}. Expected: ${expected.replace(/\.$/, '')}. ${remedy}`).replaceAll('`', ''), 1_000),
  };
}

type InFile = Problem & { readonly place: NonNullable<Problem['place']> };

/** Only a path of this repository can be annotated: not the description, `owner/repo#12` or `owner/repo:path`. */
function isInFile(problem: Problem): problem is InFile {
  const file = problem.place?.file;
  return file !== undefined && file !== 'pull request body' && !/#\d+$|:/.test(file);
}
