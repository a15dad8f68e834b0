// The one line that a run leaves in the log.
import type { Applied } from '../src/effects/apply.ts';
import type { Outcome } from '../src/flows/handle.ts';
import type { Trigger } from '../src/model/trigger.ts';

/** `event=… change=… flow=… decision=… effects=… ms=…`; `ms` is the age of the process. */
export function renderLogLine(outcome: Outcome, trigger: Trigger, ms: number): string {
  const fields = { event: trigger.event, ...subject(trigger), flow: trigger.kind, decision: decisionOf(outcome), effects: effectsOf(outcome).join(',') || 'none', ms: Math.round(ms) };
  return Object.entries(fields).map(([name, value]) => `${name}=${value}`).join(' ');
}

function subject(trigger: Trigger): { readonly change?: string; readonly repo?: string } {
  if (trigger.kind === 'ignored') return {};
  const change = trigger.kind === 'gate' || trigger.kind === 'tend' ? trigger.change : null;
  if (change !== null) return { change: `${change.owner}/${change.repo}#${change.number}` };
  return trigger.kind === 'gate' ? {} : { repo: `${trigger.repo.owner}/${trigger.repo.repo}` };
}

function decisionOf(outcome: Outcome): string {
  if (outcome.kind === 'gated') return `${outcome.result.decision.verdict}/${outcome.result.decision.situation}`;
  if (outcome.kind === 'tended') return `${outcome.result.tended.length} records`;
  return outcome.kind === 'swept' ? `${outcome.outcomes.length} changes` : outcome.kind;
}

function effectsOf(outcome: Outcome): readonly string[] {
  if (outcome.kind === 'swept') return outcome.outcomes.flatMap(effectsOf);
  if (outcome.kind === 'tended') return [...namesOf(outcome.result.applied), ...outcome.outcomes.flatMap(effectsOf)];
  return outcome.kind === 'gated' ? namesOf(outcome.applied) : [];
}

function namesOf(applied: readonly Applied[]): readonly string[] {
  return applied.map(({ effect, outcome: became }) => (became.kind === 'done' ? effect.kind : `${effect.kind}:refused`));
}
