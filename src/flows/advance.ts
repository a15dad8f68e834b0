// Takes one experiment as far as it can go today: hears people, looks for the effect, measures and judges what is due. Writes nothing.
import { hear } from '../experiment/heard.ts';
import { isEnded } from '../experiment/stage.ts';
import { answerBesideRecord } from '../gate/late.ts';
import { answerDeadline, isOverdueStart, windowOf, type Window } from '../experiment/windows.ts';
import type { CommandAnswer, GivenCommand } from '../model/gate.ts';
import type { Experiment, ExperimentResult } from '../model/experiment.ts';
import type { MetricReading } from '../ports/metrics.ts';
import { parseQuantity } from '../quantity/quantity.ts';
import { askUntil } from './ask-until.ts';
import type { Caretaker, Visited } from './caretaker.ts';
import { remindFrom, unanswered } from './due.ts';
import { isLookDue, judgeEarly } from './harm.ts';
import { judgeExperiment } from './judging.ts';
import { noteEdits } from './edits.ts';
import { gatherEvidence } from './evidence.ts';
import { readSeries } from './reading.ts';
import { hearCommands } from './spoken.ts';
import { findReversal, startClock } from './start.ts';
import { renderMetric } from '../metric-name.ts';

/** What has to be told, once. */
export type Telling =
  | { readonly kind: 'verdict'; readonly result: ExperimentResult; readonly readings: ReadonlyMap<string, MetricReading>; readonly window: Window }
  /** The owner is asked for values that no source has. */
  | { readonly kind: 'question'; readonly metrics: readonly string[] }
  /** A verdict that nobody decided on. */
  | { readonly kind: 'reminder' };

export interface Advanced {
  /** As far as it is certain: a verdict that has to be told is in `telling`, and written down by the run that wins the claim. */
  readonly experiment: Experiment;
  readonly answers: readonly CommandAnswer[];
  readonly telling: Telling | null;
  readonly waits: string | null;
}

export async function advance(locked: Experiment, { caretaker, visits }: { readonly caretaker: Caretaker; readonly visits: readonly Visited[] }): Promise<Advanced> {
  const spoken = await listen(visits);
  const listened = hear(await noteEdits(locked, { caretaker, visits }), spoken.map(({ given }) => given), parseQuantity);
  const heard = { ...listened, answers: inOrder([...listened.answers, ...(locked.silent ? [] : answerRest(locked, spoken))], spoken) };
  const still = (experiment: Experiment, waits: string | null = null): Advanced => ({ experiment, answers: heard.answers, telling: null, waits });
  if (isEnded(heard.experiment)) return still(heard.experiment);
  const reversal = await findReversal(heard.experiment, caretaker);
  if (reversal !== null) return still({ ...heard.experiment, withdrawal: reversal });
  const started = await startClock(heard.experiment, { caretaker, deployed: heard.deployed });
  const window = windowOf(started);
  if (window === null) return still(started, isOverdueStart(started, caretaker.now) ? 'a sign that it took effect: nothing was seen for two weeks; say `/yardstick deployed`' : null);
  if (started.result !== null) return { ...still(started), telling: await followUp(started, started.result, { caretaker, visits, window }) };
  if (isLookDue(window, caretaker.now)) return { ...still(started), telling: await lookForHarm(started, { caretaker, visits, window }) };
  if (caretaker.now < window.dueAt) return still(started);
  return { ...(await measure(started, { caretaker, visits, window })), answers: heard.answers };
}

/** What every member's conversation says, in the order in which it was said. */
async function listen(visits: readonly Visited[]): Promise<readonly Spoken[]> {
  const commands = await Promise.all(visits.map(async ({ page, config, read }) => (await askUntil((inquiry) => hearCommands(inquiry, page.comments, config), read)).map((given) => ({ given, open: page.change.state === 'open' }))));
  return commands.flat().toSorted((a, b) => (a.given.at < b.given.at ? -1 : 1));
}

interface Spoken {
  readonly given: GivenCommand;
  /** On a change that the gate still answers for. */
  readonly open: boolean;
}

/** What is said after the lock and means nothing to a record. */
function answerRest({ lockedAt }: Experiment, spoken: readonly Spoken[]): readonly CommandAnswer[] {
  return spoken.filter(({ given, open }) => !open && given.at >= lockedAt).flatMap(({ given: { command, commentId } }) => {
    const word = answerBesideRecord(command);
    return word === null ? [] : [{ commentId, ...word }];
  });
}

/** As it was said: of many answers the newest are shown. */
function inOrder(answers: readonly CommandAnswer[], spoken: readonly Spoken[]): readonly CommandAnswer[] {
  const place = new Map(spoken.map(({ given }, index) => [given.commentId, index]));
  return answers.toSorted((a, b) => (place.get(a.commentId) ?? 0) - (place.get(b.commentId) ?? 0));
}

/** Written down by a run that died before it was said, or said and not answered. */
async function followUp(experiment: Experiment, result: ExperimentResult, measuring: Measuring): Promise<Telling | null> {
  const { toldIn, silent, decision, remindedAt } = experiment;
  if (silent) return null;
  if (toldIn === null) return { kind: 'verdict', result, readings: await readAll(experiment, measuring), window: measuring.window };
  if (decision !== null || remindedAt !== null) return null;
  return measuring.caretaker.now > remindFrom(experiment, result) ? { kind: 'reminder' } : null;
}

interface Measuring {
  readonly caretaker: Caretaker;
  readonly visits: readonly Visited[];
  readonly window: Window;
}

/** The one telling before the end. What is measured silently stays silent. */
async function lookForHarm(experiment: Experiment, measuring: Measuring): Promise<Telling | null> {
  if (experiment.silent) return null;
  const { caretaker, window } = measuring;
  const readings = await readAll(experiment, measuring);
  const result = judgeEarly(experiment, { readings, window, deployments: [], at: caretaker.at }, caretaker.now);
  return result && { kind: 'verdict', result, readings, window };
}

/** Lack of data, not lack of effect: for these the window may be extended, once. */
const EXTENDABLE = ['missing-data', 'gap', 'too-few-events', 'too-few-errors', 'no-data'];

async function readAll(experiment: Experiment, { caretaker: { host, now }, visits, window }: Measuring): Promise<ReadonlyMap<string, MetricReading>> {
  const config = visits[0]?.config;
  return config === undefined ? new Map() : readSeries(experiment, { reader: host.metrics, config, window, now });
}

async function measure(due: Experiment, measuring: Measuring): Promise<Omit<Advanced, 'answers'>> {
  const { caretaker, window } = measuring;
  const { now, at } = caretaker;
  const experiment = await gatherEvidence(due, measuring);
  const missing = unanswered(experiment);
  if (missing.length > 0 && now < answerDeadline(window)) {
    const metrics = missing.map(({ metric }) => renderMetric(metric));
    return { experiment, telling: experiment.askedAt === null && !experiment.silent ? { kind: 'question', metrics } : null, waits: `a value for ${metrics.join(', ')}` };
  }
  const readings = await readAll(experiment, measuring);
  const failed = [...readings].find(([, reading]) => reading.kind === 'failed');
  if (failed !== undefined && now < window.deadline) return { experiment, telling: null, waits: `${failed[0]}: ${failed[1].kind === 'failed' ? failed[1].message : ''}` };
  const deployments = await otherDeployments(experiment, { caretaker, window });
  const result = judgeExperiment(experiment, { readings, window, deployments, at });
  if (!experiment.extended && lacksData(result)) return { experiment: { ...experiment, extended: true, amendments: [...experiment.amendments, { at, text: 'too few data: the window was extended once, to twice its length' }] }, telling: null, waits: 'more data' };
  return experiment.silent ? { experiment: { ...experiment, result }, telling: null, waits: null } : { experiment, telling: { kind: 'verdict', result, readings, window }, waits: null };
}

function lacksData({ outcome, criteria }: ExperimentResult): boolean {
  return outcome === 'inconclusive' && criteria.some(({ reason }) => EXTENDABLE.includes(reason)) && criteria.every(({ verdict, reason }) => verdict === 'met' || EXTENDABLE.includes(reason));
}

/** Deployments of anything else to the same environment, inside the window. */
async function otherDeployments({ schedule, effect }: Experiment, { caretaker, window }: { readonly caretaker: Caretaker; readonly window: Window }): Promise<readonly number[]> {
  if (schedule.start.kind !== 'deployment' || effect === null) return [];
  const all = await caretaker.deployments(schedule.start.environment, effect.at);
  return all.flatMap(({ succeededAt }) => (succeededAt === null ? [] : [Math.floor(Date.parse(succeededAt) / 1000)])).filter((time) => time > window.from && time < window.to).toSorted((a, b) => a - b);
}
