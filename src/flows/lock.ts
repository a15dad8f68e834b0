// A merged change: what it promised is frozen, with its hourly baseline, or joins the experiment on the same hypothesis.
import { joinExperiment, keyOfDecision, lockExperiment, type Agreement } from '../experiment/lock.ts';
import { expandEach } from '../hypothesis/expand.ts';
import { impliedCriteria } from '../hypothesis/implied.ts';
import type { Config } from '../model/config.ts';
import type { Decision } from '../model/decision.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Criterion, EffectStart } from '../model/hypothesis.ts';
import { readApproved } from './approved.ts';
import type { Caretaker, Visited } from './caretaker.ts';
import { deliberate } from './deliberate.ts';
import { observe } from './gate.ts';
import { Answered } from './needs.ts';
import { homeOf } from './publish.ts';
import { readBaselines, lockMetrics } from './reading.ts';
import type { Records, Standing, StoredRecord } from './records.ts';
import { ownComments } from './remembered.ts';

/** How far back a deployment shows that the repository has such an environment. Days. */
const ENVIRONMENT_DAYS = 90;

/** What a merge leaves to be measured, or why nothing. */
export type Locking = { readonly kind: 'locked'; readonly record: StoredRecord; readonly visited: Visited } | { readonly kind: 'nothing'; readonly reason: string };

/** Decides once more as of the merge, and freezes what was agreed. Nothing is written here. */
export async function lockChange(visited: Visited, { caretaker, records }: { readonly caretaker: Caretaker; readonly records: Records }): Promise<Locking> {
  const { page } = visited;
  const { host, at } = caretaker;
  // Open still, and asked for by name: it was applied before it merges.
  if (page.change.state === 'closed') return { kind: 'nothing', reason: `#${page.change.ref.number} was closed without a merge` };
  const observed = observe({ page, configPath: host.configPath, unconfigured: host.unconfigured, offer: host.offer, at });
  const { decision, config } = await deliberate(observed, { known: new Answered(), read: visited.read, previous: null });
  const criteria = agreedCriteria(decision, config);
  if (criteria === null) return { kind: 'nothing', reason: `#${page.change.ref.number}: ${whyNothing(decision)}` };
  const metrics = await lockMetrics(criteria, config, host.metrics);
  if (decision.situation === 'auto-bet' && metrics.length === 0) return { kind: 'nothing', reason: `#${page.change.ref.number}: no metric of the catalogue fits this small change` };
  const [start, approved, baselines] = await Promise.all([defaultStart(visited, caretaker), readApproved(visited, decision, host), readBaselines(metrics, { reader: host.metrics, sources: config.sources, now: caretaker.now })]);
  const agreement: Agreement = { decision, change: page.change, config, configSha: page.change.base.sha, criteria, metrics, baselines, start, approved, at };
  const key = keyOfDecision(decision, page.change.ref);
  const known = records.records.find(({ experiment }) => experiment.key === key) ?? null;
  const experiment = known === null ? lockExperiment(agreement) : joinExperiment(known.experiment, agreement);
  return { kind: 'locked', visited, record: { experiment, home: known?.home ?? homeOf(visited, key) ?? gateComment(visited, experiment), copy: known?.copy ?? null } };
}

/** As written, each by itself, with the guardrails that nobody had to write; null where there is nothing to come back to. */
function agreedCriteria(decision: Decision, config: Config): readonly Criterion[] | null {
  const { situation, intent, hypothesis, facts, cost } = decision;
  const implied = (): readonly Criterion[] => impliedCriteria({ facts, metrics: config.metrics, services: config.services, intent: intent ?? 'improve', monthlyDelta: cost?.monthlyDelta ?? null });
  switch (situation) {
    case 'sound': case 'step': case 'nothing-asked': {
      const written = expandEach(hypothesis?.criteria ?? [], config);
      return intent === 'save' || intent === 'oblige' || written.length === 0 ? withImplied(written, implied()) : written;
    }
    case 'auto-bet': case 'repair':
      return withImplied(expandEach(hypothesis?.criteria ?? [], config), implied());
    default:
      return null;
  }
}

/** What is written about a metric counts before what would be chosen for it. */
function withImplied(written: readonly Criterion[], implied: readonly Criterion[]): readonly Criterion[] {
  const named = new Set(written.map(({ metric }) => metric.name));
  return [...written, ...implied.filter(({ metric }) => !named.has(metric.name))];
}

function whyNothing({ situation }: Decision): string {
  switch (situation) {
    case 'waived':
      return 'it went in by a waiver, without a hypothesis';
    case 'missing': case 'unsound':
      return 'it went in without a sound hypothesis';
    case 'out-of-scope': case 'exempt': case 'not-configured':
      return 'it is not in scope';
    default:
      return `nothing was agreed (${situation})`;
  }
}

/** Deployment to the configured environment where the repository has it, else the merge. */
async function defaultStart({ config }: Visited, caretaker: Caretaker): Promise<EffectStart> {
  const { environment } = config.defaults;
  const since = new Date((caretaker.now - ENVIRONMENT_DAYS * 86_400) * 1000).toISOString();
  const deployments = await caretaker.deployments(environment, since);
  return deployments.length === 0 ? { kind: 'merge' } : { kind: 'deployment', environment };
}

/** The comment of the gate turns into the record, so that a pull request has one of ours and not two. */
function gateComment({ page }: Visited, { silent }: Experiment): Standing | null {
  const [own] = ownComments(page);
  if (own === undefined || silent) return null;
  return { place: { number: page.change.ref.number, commentId: own.id, nodeId: own.nodeId }, body: own.body, state: { kind: 'intact' } };
}
