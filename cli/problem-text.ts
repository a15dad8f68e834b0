// Problems as lines for a terminal, each beginning with the place that editors and graders can jump to.
import { SetupError } from '../src/errors.ts';
import type { Problem } from '../src/model/problem.ts';
import { plain, type Style } from './style.ts';

/** `file:line:column`, or nothing for a problem without a place. */
export function renderPlace({ place }: Problem): string {
  return place === null ? '' : `${place.file}:${place.line}:${place.column}: `;
}

export function renderProblem(problem: Problem, style: Style): string {
  const lines = [`${style('bold', plain(renderPlace(problem)))}${style('red', problem.code)}: found ${plain(problem.found)}`, `  expected: ${plain(problem.expected)}`];
  return [...lines, ...`remedy: ${plain(problem.remedy)}`.split('\n').map((line) => `  ${line}`)].join('\n');
}

/** Input that was given by hand and can't be used, with everything that is wrong with it. */
export class InputProblems extends SetupError {
  readonly problems: readonly Problem[];

  constructor(message: string, problems: readonly Problem[]) {
    super(message, 'Correct what is listed, and run it again.');
    this.problems = problems;
  }
}
