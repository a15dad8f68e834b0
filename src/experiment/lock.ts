// Freezes what was promised: a decision at merge becomes an experiment, or joins the one on the same hypothesis.
import type { Change } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import type { Decision } from '../model/decision.ts';
import type { Amendment, Experiment, LockedMetric, Member, StoredBaseline } from '../model/experiment.ts';
import type { Criterion, EffectStart } from '../model/hypothesis.ts';
import { noteApproval, type Approved } from './amend.ts';
import { changeKey, experimentKey } from './identity.ts';
import { turnedKnob } from './memory.ts';
import { digestOf } from './signature.ts';

/** What is frozen. */
export interface Agreement {
  readonly decision: Decision;
  readonly change: Change;
  readonly config: Config;
  /** The commit that the configuration was read at; null where it isn't the repository's own. */
  readonly configSha: string | null;
  /** As written, or chosen where nothing had to be written. */
  readonly criteria: readonly Criterion[];
  readonly metrics: readonly LockedMetric[];
  readonly baselines: Readonly<Record<string, StoredBaseline>>;
  /** What starts the clock where the hypothesis doesn't say. */
  readonly start: EffectStart;
  /** What the last review approved; null where nobody did, or where it can't be told. */
  readonly approved: Approved | null;
  readonly at: string;
}

/** The key that a decision's experiment has: its hypothesis', else the change's own. */
export function keyOfDecision({ hypothesis, change }: Decision, fallback: Change['ref']): string {
  return hypothesis === null ? changeKey(change ?? fallback) : experimentKey(hypothesis, change ?? fallback);
}

/** A new experiment, nothing measured yet. */
export function lockExperiment(agreement: Agreement): Experiment {
  const { decision, change, config, criteria } = agreement;
  const { hypothesis } = decision;
  return {
    version: 1,
    key: keyOfDecision(decision, change.ref),
    repo: { owner: change.ref.owner, repo: change.ref.repo },
    intent: decision.intent ?? 'improve',
    tier: decision.tier,
    silent: decision.situation === 'auto-bet',
    hypothesis: hypothesis === null
      ? { source: 'inline', ref: `#${change.ref.number}`, claim: change.title, because: null, odds: null, until: null }
      : { source: hypothesis.source, ref: hypothesis.ref, claim: hypothesis.claim, because: hypothesis.because, odds: hypothesis.odds, until: hypothesis.until },
    criteria,
    metrics: agreement.metrics,
    baselines: agreement.baselines,
    schedule: {
      start: hypothesis?.schedule.start ?? agreement.start,
      settle: hypothesis?.schedule.settle ?? config.defaults.settle,
      window: hypothesis?.schedule.window ?? config.defaults.window,
    },
    config: { place: decision.config.place, sha: agreement.configSha, digest: digestOf(JSON.stringify(agreement.metrics.map(({ name, queries, ...meaning }) => [name, queries, meaning]))) },
    lockedAt: agreement.at,
    owner: change.author?.type === 'User' ? change.author.login : null,
    members: [memberOf(agreement)],
    effect: null, lastEffectAt: null, amendments: sinceApproval(agreement), answers: [], askedAt: null, extended: false, result: null, toldIn: null, decision: null, remindedAt: null, withdrawal: null,
  };
}

/** One more pull request on the same hypothesis: it shares record, clock and measurement. Nothing changes for one that is in already. */
export function joinExperiment(experiment: Experiment, agreement: Agreement): Experiment {
  const member = memberOf(agreement);
  const isIn = experiment.members.some(({ change }) => changeKey(change) === changeKey(member.change));
  if (isIn) return experiment;
  const joined: Amendment = { at: agreement.at, text: `#${member.change.number} joined${member.bets.length === 0 ? '' : `: ${member.bets.join(', ')}`}` };
  return { ...experiment, silent: experiment.silent && agreement.decision.situation === 'auto-bet', members: [...experiment.members, member], amendments: [...experiment.amendments, joined, ...sinceApproval(agreement), ...differences(experiment, agreement)] };
}

function sinceApproval({ approved, decision, at }: Agreement): readonly Amendment[] {
  return approved === null ? [] : noteApproval(approved, decision.hypothesis?.criteria.map(({ text }) => text) ?? [], at);
}

/** The hypothesis reads differently now: shown, and never a change of what is judged. */
function differences(experiment: Experiment, { criteria, at }: Agreement): readonly Amendment[] {
  const now = criteria.map(({ text }) => text);
  const then = experiment.criteria.map(({ text }) => text);
  if (now.length === 0 || now.join('\n') === then.join('\n')) return [];
  return [{ at, text: `the hypothesis reads differently now (${now.join('; ')}); what was locked counts` }];
}

function memberOf({ decision, change, at }: Agreement): Member {
  const facts = decision.facts.filter(({ production }) => production);
  return {
    change: change.ref,
    mergeSha: change.merged?.sha ?? null,
    mergedAt: change.merged?.at ?? at,
    bets: facts.slice(0, 5).map(({ scales, from, to, service }) => `${service === null ? '' : `${service} `}${scales} ${from ?? 'unset'} → ${to ?? 'unset'}`),
    knobs: [...new Set(facts.map(turnedKnob))].slice(0, 10),
    paths: [...new Set(facts.map(({ file }) => file))].slice(0, 10),
    monthlyCost: decision.cost?.monthlyDelta ?? null,
    currency: decision.cost?.currency ?? null,
    waitsForWindow: facts.length > 0 && facts.every(({ timing }) => timing === 'maintenance-window'),
    // What is applied before it merges has its effect now.
    effect: change.merged === null ? { at, how: 'apply', text: 'the apply' } : null,
  };
}
