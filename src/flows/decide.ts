// The decision on a change: asked with what is known, it answers with a decision, or with what has to be read first.
import { isRevert } from '../change/revert.ts';
import { evaluateGate } from '../gate/evaluate.ts';
import type { GateInput, StakeInput } from '../gate/input.ts';
import { evaluateStake } from '../gate/stake.ts';
import { renderDraft } from '../hypothesis/draft.ts';
import { findHypothesis } from '../hypothesis/find.ts';
import type { GateState } from '../model/gate.ts';
import { readCost } from './cost.ts';
import { listFiles, readFacts } from './files.ts';
import { Inquiry } from './inquiry.ts';
import { resolveHypothesis, resolveStep } from './linked.ts';
import type { Deciding, Known } from './needs.ts';
import type { ObservedChange } from './observed.ts';
import { checkOwnConfig } from './own-config.ts';
import { rehearse } from './rehearsal.ts';
import { settle } from './settings.ts';
import { readIncident } from './standing.ts';
import { hearCommands } from './spoken.ts';

/** The place that problems of the pull request's own text name. */
const BODY = 'pull request body';

/**
 * Decides one change. Pure: the same observation and the same answers give the same decision, wherever it runs.
 * Each call goes as far as it can, so that all that is missing is asked for in one round.
 */
export function decideChange(observed: ObservedChange, known: Known, previous: GateState | null): Deciding {
  const inquiry = new Inquiry(known);
  const { input, trial } = gather(inquiry, observed, previous);
  const notes = trial === null ? [] : rehearse(inquiry, { now: observed, trial, known, decide: (other, answers) => decideChange(other, answers, previous) });
  if (input === undefined) return { kind: 'needs', needs: inquiry.missing, meanwhile: null };
  const decision = evaluateGate(input);
  const { config } = input;
  return notes === undefined ? { kind: 'needs', needs: inquiry.missing, meanwhile: { decision, config } } : { kind: 'decided', decision: { ...decision, notes: [...decision.notes, ...notes] }, config };
}

interface Gathered {
  /** undefined while something has to be read. */
  readonly input: GateInput | undefined;
  /** The change under its own configuration, where it brings another one: tried out as soon as that is known, in the same rounds. */
  readonly trial: ObservedChange | null;
}

function gather(inquiry: Inquiry, observed: ObservedChange, previous: GateState | null): Gathered {
  const settings = settle(inquiry, observed);
  const listed = listFiles(inquiry, observed);
  if (settings === undefined || listed === undefined) return { input: undefined, trial: null };
  const { config } = settings;
  const here = checkOwnConfig(inquiry, observed, listed.files);
  const trial = here?.rehearsed ?? null;
  const { diff, settled } = readFacts(inquiry, observed, { files: listed.files, config });
  const cost = readCost(inquiry, observed, config);
  const search = findHypothesis(observed.change.body, BODY);
  const incidentBy = readIncident(inquiry, observed, config);
  const stakeInput: StakeInput = {
    change: observed.change, files: listed.files, filesComplete: listed.complete, diff, revert: isRevert(observed.change),
    cost: { report: cost?.report ?? null, problems: cost?.problems ?? [], pushedAt: observed.pushedAt },
    config, incidentBy: incidentBy ?? null, intentLine: search.intent, stepOf: search.step?.text ?? null, at: observed.at,
  };
  const stake = evaluateStake(stakeInput);
  // While the facts are open the links are read with them: one round for both.
  const asks = stake.asks || !settled || incidentBy === undefined;
  const context = { observed, search, files: listed.files, config };
  const hypothesis = asks ? resolveHypothesis(inquiry, context) : null;
  const step = asks ? resolveStep(inquiry, context) : null;
  const commands = hearCommands(inquiry, observed.comments, config);
  if (here === undefined || incidentBy === undefined || cost === undefined || hypothesis === undefined || step === undefined || commands === undefined || !settled) return { input: undefined, trial };
  const { title, body } = observed.change;
  const input: GateInput = {
    ...stakeInput, configSource: settings.source, configProblems: { here: here.problems, elsewhere: settings.problems },
    unconfigured: settings.absent ? observed.unconfigured : 'defaults-apply', hypothesis, step, commands, previous,
    draft: stake.intent !== null ? renderDraft({ facts: diff.facts, title, body, metrics: config.metrics, services: config.services, tier: stake.tier, intent: stake.intent }) : null,
  };
  return { input, trial };
}
