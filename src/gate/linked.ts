// Rule "linked": a hypothesis is there, can be read, is sound itself and still open.
import type { HypothesisFinding, StepFinding } from '../model/gate.ts';
import type { Problem } from '../model/problem.ts';
import { quote, shorten } from './quote.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';

/** Every reason why it doesn't count; a missing hypothesis is the code `hypothesis-missing`. */
export function evaluateLinked(found: HypothesisFinding | null): Ruling<readonly Problem[]> {
  if (isMissing(found)) return ruling('linked', { outcome: 'not-met', text: 'no hypothesis found' }, [MISSING]);
  const ref = found.hypothesis === null ? 'what is linked' : quote(found.hypothesis.ref);
  const problems = found.ended === null ? found.problems : [...found.problems, endedProblem(ref, found.ended)];
  if (problems.length > 0) return ruling('linked', { outcome: 'not-met', text: `${ref} is not sound: ${problems.map(({ code }) => code).join(', ')}` }, problems);
  return ruling('linked', { outcome: 'met', text: `hypothesis found: ${ref}` }, []);
}

/** A step needs nothing but a programme that is itself sound and open. */
export function evaluateProgramme(step: StepFinding | null): Ruling<readonly Problem[]> {
  const reference = step === null ? 'the programme' : quote(step.reference);
  if (step === null || isMissing(step.programme)) {
    const problem: Problem = {
      code: 'programme-missing', place: null, found: `no hypothesis in ${reference}`, expected: 'an issue or file that holds the hypothesis of the programme',
      remedy: `Write the hypothesis into ${reference}, or correct the number in ${quote('Step of #123')}.`,
    };
    return ruling('linked', { outcome: 'not-met', text: problem.found }, [problem]);
  }
  const linked = evaluateLinked(step.programme);
  return linked.part.length > 0 ? linked : ruling('linked', { outcome: 'met', text: `step of ${reference}` }, []);
}

function isMissing(found: HypothesisFinding | null): found is null {
  return found === null || (found.hypothesis === null && found.problems.length === 0 && found.ended === null);
}

const MISSING: Problem = {
  code: 'hypothesis-missing', place: null, found: 'no hypothesis', expected: 'a `## Hypothesis` section in the description, or a line `Hypothesis: #123` that links one',
  remedy: 'Copy the draft into the description and correct it.',
};

function endedProblem(ref: string, ended: string): Problem {
  return {
    code: 'hypothesis-ended', place: null, found: `${ref} is closed: ${shorten(ended, 80)}`, expected: 'a hypothesis without a verdict or withdrawal',
    remedy: 'Write a new hypothesis for this change, or link one that is still open.',
  };
}
