// The engine and what it says, in one piece that is loaded while the first requests are under way.
import { decideNotEvaluated } from '../src/gate/not-evaluated.ts';
import { handle } from '../src/flows/handle.ts';
import type { Host, Outcome } from '../src/flows/handle.ts';
import type { ReadAhead } from '../src/flows/read-ahead.ts';
import { renderAnnotations } from '../src/report/annotations.ts';
import { plain } from '../src/report/bet.ts';
import { escapeText } from '../src/report/escape.ts';
import { renderJson } from '../src/report/json.ts';
import { renderSummary } from '../src/report/summary.ts';
import { renderTitle } from '../src/report/title.ts';
import type { Decision } from '../src/model/decision.ts';
import type { Trigger } from '../src/model/trigger.ts';
import type { Answer } from './answer.ts';
import { exitCode, exitCodeOfHead } from './exit-code.ts';
import type { Inputs } from './inputs.ts';
import { renderLogLine } from './log-line.ts';
import { describeEffects, refusals } from './effects-text.ts';
import { answerTended } from './tended.ts';

/** Serves a trigger and says what came of it. */
export async function serve(trigger: Trigger, host: Host, { inputs, ahead }: { readonly inputs: Inputs; readonly ahead: ReadAhead | null }): Promise<Answer> {
  const outcome = await handle(trigger, host, ahead);
  const answer = answerOutcome(outcome, trigger, inputs);
  return { ...answer, log: [...answer.log, renderLogLine(outcome, trigger, performance.now())] };
}

/** The answer when there was none: our own error, or GitHub's, never the pull request's fault. */
export function answerFault(why: string, { onError, at }: { readonly onError: Inputs['onError']; readonly at: string }): Answer {
  const decision = decideNotEvaluated({ change: null, headSha: null, at, why, onError });
  const title = renderTitle(decision);
  return { ...tellDecision(decision), remarks: [{ level: 'warning', text: `${title}: ${why}` }], log: [], exitCode: onError === 'block' ? 1 : 0 };
}

function answerOutcome(outcome: Outcome, trigger: Trigger, inputs: Inputs): Answer {
  switch (outcome.kind) {
    case 'gated':
      return answerGated(outcome, trigger, inputs);
    case 'swept':
      return answerHead({ ...oneLine(`looked again at ${outcome.outcomes.length} open pull requests: ${outcome.because}`), log: outcome.outcomes.map(sweepLine) }, outcome.outcomes, { failOn: inputs.failOn, trigger });
    case 'tended':
      return answerHead(answerTended(outcome), outcome.outcomes, { failOn: inputs.failOn, trigger });
    case 'unmapped':
      return { ...oneLine(outcome.reason), remarks: [{ level: 'error', text: outcome.reason }], outputs: { verdict: 'fail' }, exitCode: inputs.failOn === 'never' ? 0 : 1 };
    case 'superseded':
    case 'ignored':
      return oneLine(outcome.reason);
  }
}

/** A run that decided nothing: green, one line. */
export function oneLine(reason: string): Answer {
  return { outputs: { verdict: 'neutral' }, summary: '', annotations: [], remarks: [{ level: 'notice', text: `nothing to do: ${reason}` }], log: [], exitCode: 0 };
}

/** A change that is gone leaves its head to others: where one of them fails, this job does. */
function answerHead(answer: Answer, outcomes: readonly Outcome[], of: { readonly failOn: Inputs['failOn']; readonly trigger: Trigger }): Answer {
  if (exitCodeOfHead(outcomes, of) === 0) return answer;
  const titles = outcomes.flatMap((outcome) => (outcome.kind === 'gated' && outcome.result.told.verdict === 'fail' ? [`#${outcome.change.number}: ${renderTitle(outcome.result.decision)}`] : []));
  return { ...answer, outputs: { ...answer.outputs, verdict: 'fail' }, remarks: [{ level: 'error', text: `others end with the same commit: ${titles.join('; ')}` }, ...answer.remarks], exitCode: 1 };
}

function answerGated(outcome: Outcome & { kind: 'gated' }, trigger: Trigger, inputs: Inputs): Answer {
  const { result: { decision, told: head, plan }, change, applied } = outcome;
  const planned = inputs.intention === 'dry-run' ? describeEffects(plan) : [];
  const told = tellDecision(decision);
  const summary = head.changes.length === 1 || head.of === change.number ? told.summary : `## ${escapeText(head.check.title)}\n\n${head.check.summary}\n\n${told.summary}`;
  return {
    ...told,
    outputs: { ...told.outputs, verdict: head.verdict },
    summary: planned.length === 0 ? summary : `${summary}\n\n### Dry run: what would be written\n${planned.map((line) => `- ${line}`).join('\n')}\n`,
    remarks: [{ level: head.verdict === 'fail' ? 'error' : 'notice', text: head.changes.length === 1 ? renderTitle(decision) : head.check.title }, ...configWarnings(decision), ...refusals(applied).map((text) => ({ level: 'warning' as const, text }))],
    log: inputs.intention === 'dry-run' ? [`dry run: ${planned.length === 0 ? 'nothing would be written' : planned.join('; ')}`] : [],
    exitCode: exitCode(outcome, { failOn: inputs.failOn, trigger }),
  };
}

/** A configuration that is broken elsewhere is said aloud on every run, plainly: its lines are annotated beside it. */
function configWarnings({ notes }: Decision): Answer['remarks'] {
  return notes.filter(({ code }) => code === 'configuration-broken').map(({ text }) => ({ level: 'warning', text: plain(text).replaceAll('`', '') }));
}

function tellDecision(decision: Decision): Pick<Answer, 'outputs' | 'summary' | 'annotations'> {
  const report = renderJson(decision);
  return {
    outputs: {
      verdict: decision.verdict,
      'in-scope': String(decision.inScope),
      tier: decision.tier,
      hypothesis: decision.hypothesis?.ref ?? '',
      problems: JSON.stringify(decision.problems),
      report: JSON.stringify(report),
    },
    summary: renderSummary(decision),
    annotations: renderAnnotations(decision),
  };
}

function sweepLine(outcome: Outcome): string {
  if (outcome.kind === 'gated') return `#${outcome.change.number}: ${outcome.result.decision.verdict}, ${renderTitle(outcome.result.decision)}`;
  return outcome.kind === 'superseded' ? `#${outcome.change.number}: ${outcome.reason}` : outcome.kind;
}
