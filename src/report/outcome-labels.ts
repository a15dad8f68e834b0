// The label that tells where a merged bet stands, and which of ours must go. Others' labels never appear here.
import type { LabelStyle } from '../model/effect.ts';
import type { Experiment, ExperimentOutcome } from '../model/experiment.ts';

export type OutcomeWord = 'pending' | ExperimentOutcome | 'withdrawn';

/** Amber waits, green came true, red did not, grey can't tell. */
const STYLES: Readonly<Record<OutcomeWord, Omit<LabelStyle, 'name'>>> = {
  pending: { color: 'fbca04', description: 'Yardstick: merged, and being measured' },
  validated: { color: '0e8a16', description: 'Yardstick: measured, and what was promised came true' },
  refuted: { color: 'b60205', description: 'Yardstick: measured, and what was promised did not come true' },
  inconclusive: { color: 'bfbfbf', description: 'Yardstick: measured, and the data can’t tell' },
  held: { color: '0e8a16', description: 'Yardstick: the case it is for came, and it held' },
  broke: { color: 'b60205', description: 'Yardstick: the case it is for came, and it did not hold' },
  'not exercised': { color: 'bfbfbf', description: 'Yardstick: the case it is for never came in the window' },
  'no harm': { color: '0e8a16', description: 'Yardstick: it had to be done, and no harm was seen' },
  harm: { color: 'b60205', description: 'Yardstick: it had to be done, and harm was measured' },
  withdrawn: { color: 'ededed', description: 'Yardstick: reverted or withdrawn before the verdict' },
};

/** Where an experiment stands, in a word. */
export function outcomeWord({ result, withdrawal }: Pick<Experiment, 'result' | 'withdrawal'>): OutcomeWord {
  if (withdrawal !== null) return withdrawal.why === 'record-lost' ? 'inconclusive' : 'withdrawn';
  return result === null ? 'pending' : result.outcome;
}

/** The one label to have, and ours to take away; none for what is measured silently. */
export function outcomeLabels(experiment: Pick<Experiment, 'result' | 'withdrawal' | 'silent'>, prefix: string): { readonly add: readonly LabelStyle[]; readonly remove: readonly string[] } {
  if (experiment.silent) return { add: [], remove: [] };
  const wanted = outcomeWord(experiment);
  const words = Object.keys(STYLES) as OutcomeWord[];
  return { add: [{ name: `${prefix}${wanted}`, ...STYLES[wanted] }], remove: words.filter((word) => word !== wanted).map((word) => `${prefix}${word}`) };
}
