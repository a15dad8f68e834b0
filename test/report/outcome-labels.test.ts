// The outcome labels: one at a time, ours only, each with a colour and a sentence.
import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/complete.ts';
import type { Experiment, ExperimentOutcome } from '../../src/model/experiment.ts';
import { outcomeLabels } from '../../src/report/outcome-labels.ts';
import { BEGAN, experiment, outcome } from './experiment-sample.ts';

const prefix = defaultConfig().labels.outcomePrefix;
const judged = (word: ExperimentOutcome): Partial<Experiment> => ({ result: outcome({ outcome: word }) });
const ended = (why: NonNullable<Experiment['withdrawal']>['why']): Partial<Experiment> => ({ withdrawal: { why, by: null, reason: null, at: BEGAN } });

test.each<readonly [string, Partial<Experiment>]>([
  ['pending', {}], ['validated', judged('validated')], ['refuted', judged('refuted')], ['inconclusive', judged('inconclusive')], ['held', judged('held')], ['broke', judged('broke')],
  ['not exercised', judged('not exercised')], ['no harm', judged('no harm')], ['harm', judged('harm')], ['withdrawn', ended('reverted')], ['withdrawn', ended('withdrawn')], ['inconclusive', ended('record-lost')],
])('outcome: %s', (word, change) => {
  const { add, remove } = outcomeLabels(experiment(change), prefix);
  expect(add.map(({ name }) => name)).toEqual([`outcome: ${word}`]);
  expect(remove).toHaveLength(9);
  expect(remove).not.toContain(`outcome: ${word}`);
  for (const { name, color, description } of add) expect([/^[0-9a-f]{6}$/.test(color), description.length <= 100, name.length <= 50]).toEqual([true, true, true]);
});

test('a silent bet has none, and the prefix is the configuration’s', () => {
  expect(outcomeLabels(experiment({ silent: true }), prefix)).toEqual({ add: [], remove: [] });
  expect(outcomeLabels(experiment(), 'bet/').add[0]?.name).toBe('bet/pending');
});
