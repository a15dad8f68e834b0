// Where an experiment stands. It only ever moves on: of two copies the one that is further along is the newer.
import type { Experiment, Stage } from '../model/experiment.ts';

const ORDER: readonly Stage[] = ['locked', 'measuring', 'judged', 'decided', 'withdrawn'];

export function stageOf({ withdrawal, decision, result, effect }: Pick<Experiment, 'withdrawal' | 'decision' | 'result' | 'effect'>): Stage {
  if (withdrawal !== null) return 'withdrawn';
  if (decision !== null) return 'decided';
  if (result !== null) return 'judged';
  return effect === null ? 'locked' : 'measuring';
}

/** Nothing is left to measure or to tell. */
export function isEnded(experiment: Experiment): boolean {
  const stage = stageOf(experiment);
  return stage === 'withdrawn' || stage === 'decided' || (stage === 'judged' && experiment.silent);
}

/** Of two readings of one experiment the one that knows more: a later stage, then more members, amendments and answers. */
export function newerOf(a: Experiment, b: Experiment): Experiment {
  const rank = (one: Experiment): readonly number[] => [
    ORDER.indexOf(stageOf(one)), one.toldIn === null ? 0 : 1, one.extended ? 1 : 0, one.members.length, one.amendments.length, one.answers.length, one.askedAt === null ? 0 : 1, one.remindedAt === null ? 0 : 1,
  ];
  const [left, right] = [rank(a), rank(b)];
  const differs = left.findIndex((value, i) => value !== right[i]);
  return differs === -1 || left[differs]! > right[differs]! ? a : b;
}
