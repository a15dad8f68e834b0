// Rule "intent": which question fits this change. Inferred from facts, labels and text; one line of the author corrects it.
import type { ScalingFact } from '../model/change.ts';
import type { Intent, ScopeReason } from '../model/decision.ts';
import type { Note } from '../model/problem.ts';
import { isAllowed, whoMay } from './allowed.ts';
import type { CountedFiles } from './counted.ts';
import type { StakeInput } from './input.ts';
import { quote } from './quote.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';
import { changesVersionsOnly } from './versions.ts';
import { speaksOfForce, speaksOfReserve, speaksOfUpgrade } from './words.ts';

export interface IntentPart {
  readonly intent: Intent;
  /** `line`: the author said so; `inferred`: the hypothesis may still say otherwise. */
  readonly by: 'label' | 'line' | 'inferred';
  readonly notes: readonly Note[];
}

/** What the rule looks at beside the input. */
export interface IntentContext {
  readonly files: CountedFiles;
  readonly scope: readonly ScopeReason[];
}

/** An incident label wins, then `Step of`, then the `Intent:` line, then what the change itself shows. */
export function evaluateIntent(input: StakeInput, context: IntentContext): Ruling<IntentPart> {
  const incident = incidentLabelOf(input);
  const refused = incident === null ? null : refuseIncident(incident, input);
  if (incident !== null && refused === null) return said('repair', { by: 'label', why: `label ${quote(incident)}` });
  const { finding, part } = evaluateOthers(input, context);
  return refused === null ? { finding, part } : { finding, part: { ...part, notes: [{ code: 'incident-label-not-taken', text: refused }, ...part.notes] } };
}

function evaluateOthers(input: StakeInput, context: IntentContext): Ruling<IntentPart> {
  if (input.stepOf !== null) return said('step', { by: 'line', why: `the line ${quote(`Step of ${input.stepOf}`)}` });
  const inferred = inferIntent(input, context);
  const line = input.intentLine?.value ?? null;
  if (line === null) return said(inferred.intent, { by: 'inferred', why: inferred.why });
  const objection = objectTo(line, input, context.files.facts);
  if (objection === null) return said(line, { by: 'line', why: `the line ${quote(`Intent: ${line}`)}` });
  return said(inferred.intent, { by: 'inferred', why: inferred.why }, [{ code: 'intent-not-taken', text: objection }]);
}

/** An incident label ends the questions, so it counts as a waiver does: by people who may, or by an App that the repository's owners installed. */
function refuseIncident(label: string, { incidentBy, config: { waivers } }: StakeInput): string | null {
  if (incidentBy === null || incidentBy.by?.type === 'Bot' || isAllowed(incidentBy, waivers.allow)) return null;
  return `The label ${quote(label)} was set by ${quote(incidentBy.by?.login ?? 'ghost')}, who may not waive here, so it ends no questions. ${whoMay(incidentBy, waivers.allow)}`;
}

/** The incident label that is set, as written; null if none is. */
export function incidentLabelOf({ change, config }: Pick<StakeInput, 'change' | 'config'>): string | null {
  const wanted = new Set(config.incidentLabels.map((label) => label.toLowerCase()));
  return change.labels.find((label) => wanted.has(label.toLowerCase())) ?? null;
}

/** Two intents free the author of questions, so a line alone doesn't give them against what the diff shows. */
function objectTo(line: Intent, { config, cost }: StakeInput, facts: readonly ScalingFact[]): string | null {
  const [label] = config.incidentLabels;
  if (line === 'repair') return `\`Intent: repair\` is not taken from the text: ${label === undefined ? 'no incident label is configured' : `set the label ${quote(label)}`}.`;
  if (line === 'step') return '`Intent: step` needs the line `Step of #123` that names the programme.';
  const delta = cost.report?.monthlyDelta ?? null;
  const rises = delta === null ? facts.some(isUp) && !facts.some((fact) => fact.direction === 'down') : delta > 0;
  if (line === 'save' && rises) return '`Intent: save` is not taken: what this change turns goes up.';
  return null;
}

interface Inference {
  readonly intent: Intent;
  readonly why: string;
}

function inferIntent(input: StakeInput, { files, scope }: IntentContext): Inference {
  const { facts } = files;
  if (saves(facts, input.cost.report?.monthlyDelta ?? null)) return { intent: 'save', why: 'what it turns goes down' };
  const rises = facts.some(isUp);
  if (speaksOfForce(input.change)) return { intent: 'oblige', why: 'its text speaks of end of life, security or compliance' };
  if (facts.length === 0 && !scope.some(({ rule }) => rule === 'cost') && movesVersions(input, files)) {
    return { intent: 'oblige', why: 'it moves versions and turns no scaling knob' };
  }
  if (rises && facts.filter(isUp).every(isReserve)) return { intent: 'insure', why: 'it raises a limit that is reached under load only' };
  if (speaksOfReserve(input.change)) return { intent: 'insure', why: 'its text speaks of headroom, a launch or a failover' };
  return { intent: 'improve', why: 'nothing says otherwise' };
}

function movesVersions(input: StakeInput, { counted }: CountedFiles): boolean {
  return changesVersionsOnly(counted) || speaksOfUpgrade(input.change);
}

/** Everything goes down and the bill doesn't rise; or the bill falls although sizes were traded against each other. */
function saves(facts: readonly ScalingFact[], monthlyDelta: number | null): boolean {
  if (monthlyDelta !== null && monthlyDelta !== 0) return monthlyDelta < 0 && facts.every((fact) => !isUp(fact) || facts.some((other) => other.direction === 'down'));
  return facts.length > 0 && facts.every((fact) => fact.direction === 'down');
}

function isUp({ direction, factor }: ScalingFact): boolean {
  return direction === 'up' || (factor !== null && factor > 1);
}

const RESERVE_KEY = /max[-_ ]?(?:replicas?|size|capacity|count|nodes?|node[-_ ]?count|instances?|pods?|scale)$|multi[-_ ]?az$/i;

/** The upper bound of an autoscaler, or a second zone: paid for when it is needed. */
function isReserve({ path, knob }: ScalingFact): boolean {
  return RESERVE_KEY.test(path.slice(-80)) || knob === 'autoscaler-max';
}

function said(intent: Intent, { by, why }: { readonly by: IntentPart['by']; readonly why: string }, notes: readonly Note[] = []): Ruling<IntentPart> {
  return ruling('intent', { outcome: 'met', text: `${intent}: ${why}` }, { intent, by, notes });
}
