// Load tests and drills answer for themselves where a check, an artefact or a listed host tells their value; else the owner is asked.
import type { Experiment, ManualAnswer } from '../model/experiment.ts';
import type { Caretaker, Visited } from './caretaker.ts';
import { renderMetric } from '../metric-name.ts';

/** The experiment with the values that its evidence tells. What a person answered stays: they may know better. */
export async function gatherEvidence(experiment: Experiment, { caretaker, visits }: { readonly caretaker: Caretaker; readonly visits: readonly Visited[] }): Promise<Experiment> {
  const { evidence: reader } = caretaker.host;
  const config = visits[0]?.config;
  if (reader === null || config === undefined) return experiment;
  const commits = visits.flatMap(({ page: { change } }) => [...(change.merged?.sha ? [change.merged.sha] : []), change.head.sha]);
  const open = experiment.criteria.filter((criterion) => criterion.kind === 'evidence').filter(({ metric }) => !experiment.answers.some((answer) => answer.metric === renderMetric(metric)));
  const read = await Promise.all(open.map(async ({ source, metric }): Promise<readonly ManualAnswer[]> => {
    const reading = await reader.readEvidence({ repo: caretaker.repo, commits, source, metric, hosts: config.evidenceHosts });
    if (reading.kind !== 'value') return [];
    const note = reading.passed === false ? 'its check ended red' : null;
    return [{ metric: renderMetric(metric), value: reading.value.value, unit: reading.value.unit, note, by: reading.from, at: caretaker.at }];
  }));
  const answers = read.flat();
  return answers.length === 0 ? experiment : { ...experiment, answers: [...experiment.answers, ...answers] };
}
