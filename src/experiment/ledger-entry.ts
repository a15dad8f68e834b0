// A record's line in the dashboard's index: what the list, the evidence memory and the next run need of it.
import { renderMetric } from '../metric-name.ts';
import type { Experiment, LedgerEntry, RecordPlace } from '../model/experiment.ts';
import { stageOf } from './stage.ts';
import { isoOf, windowOf } from './windows.ts';

export function ledgerEntry(experiment: Experiment, places: { readonly home: RecordPlace | null; readonly copy: RecordPlace | null }): LedgerEntry {
  const { members, result, withdrawal } = experiment;
  const window = windowOf(experiment);
  const costs = members.flatMap(({ monthlyCost }) => (monthlyCost === null ? [] : [monthlyCost]));
  return {
    key: experiment.key,
    title: titleOf(experiment),
    stage: stageOf(experiment),
    intent: experiment.intent,
    silent: experiment.silent,
    ...places,
    changes: members.map(({ change }) => change.number),
    dueAt: window === null ? null : isoOf(window.dueAt),
    outcome: withdrawal !== null ? 'withdrawn' : (result?.outcome ?? null),
    endedAt: withdrawal?.at ?? result?.at ?? null,
    told: experiment.toldIn && { number: experiment.toldIn.change.number, commentId: experiment.toldIn.commentId },
    odds: experiment.hypothesis.odds,
    metrics: [...new Set(experiment.criteria.map(({ metric }) => renderMetric(metric)))],
    knobs: [...new Set(members.flatMap(({ knobs }) => knobs))],
    paths: [...new Set(members.flatMap(({ paths }) => paths))].slice(0, 10),
    monthlyCost: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
    currency: members.find(({ currency }) => currency !== null)?.currency ?? null,
  };
}

const TITLE_MAX = 120;

function titleOf({ hypothesis, members }: Experiment): string {
  const text = hypothesis.claim === '' ? (members[0]?.bets[0] ?? hypothesis.ref) : hypothesis.claim;
  return text.length <= TITLE_MAX ? text : `${text.slice(0, TITLE_MAX - 1)}…`;
}
