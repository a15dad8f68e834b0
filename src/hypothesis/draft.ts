// Writes a ready `## Hypothesis` section out of what is known: facts, catalogue, the author's own words. Blanks stand as `<…>`.
import type { ScalingFact } from '../model/change.ts';
import type { Metric } from '../model/config.ts';
import type { Intent, Tier } from '../model/decision.ts';
import { authorsClaim } from './draft-claim.ts';
import { chooseMetrics, type Chosen } from './draft-metrics.ts';

export interface DraftInput {
  readonly facts: readonly ScalingFact[];
  readonly title: string;
  readonly body: string;
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Service → path globs. */
  readonly services: ReadonlyMap<string, readonly string[]>;
  readonly tier: Tier;
  readonly intent: Intent | null;
}

/** A section that is sound once its blanks (`<number>`, `<why …>`) are filled in; as few blanks as the intent allows. */
export function renderDraft(input: DraftInput): string {
  if (input.intent === 'step') return 'Step of #<number>\n';
  const chosen = chooseMetrics(input);
  const criteria = CRITERIA[input.intent ?? 'improve'](chosen, input.tier);
  const claim = authorsClaim({ ...input, promise: PROMISES[input.intent ?? 'improve'](chosen) });
  return ['## Hypothesis', claim, '', ...criteria.map((line) => `- ${line}`), '', closing(input.intent, input.tier), ''].join('\n');
}

type CriteriaOf = (chosen: Chosen, tier: Tier) => readonly string[];

/** What each intent asks, in the order of importance. */
const CRITERIA: Readonly<Record<Exclude<Intent, 'step'>, CriteriaOf>> = {
  improve: (chosen, tier) => [goal(chosen), ...(tier === 'full' ? guardrails(chosen) : []), ...(tier === 'full' && chosen.cost !== null ? [`${chosen.cost.name} rises by at most ${price(chosen.cost.unit)}`] : [])],
  save: (chosen) => [...(chosen.cost === null ? [] : [`${chosen.cost.name} falls by ${price(chosen.cost.unit)}`]), `guardrail: ${chosen.main.name} does not ${worse(chosen.main.better)}`, ...guardrails(chosen)],
  insure: (chosen) => [`${chosen.main.name} ${chosen.main.better === 'higher' ? '>' : '<'} ${amount(chosen.main.unit)} when ${chosen.load.name} > ${amount(chosen.load.unit)}`, ...guardrails(chosen)],
  oblige: (chosen) => [`guardrail: ${chosen.main.name} does not ${worse(chosen.main.better)}`, ...guardrails(chosen)],
  repair: (chosen) => [goal(chosen)],
};

/** The claim says in words what the first criterion says in numbers. */
const PROMISES: Readonly<Record<Exclude<Intent, 'step'>, (chosen: Chosen) => string>> = {
  improve: ({ main, events }) => (events === null ? `${main.name} ${main.better === 'higher' ? 'rises' : 'falls'} at peak` : `there are no more ${events.name}`),
  save: () => 'this saves money and harms nothing',
  insure: () => 'this holds under load',
  oblige: () => 'this has to be done',
  repair: () => 'this has to be done',
};

function goal({ main, events }: Chosen): string {
  if (events !== null) return `no more ${events.name}`;
  const verb = main.better === 'higher' ? 'rises' : 'falls';
  return `${main.name} ${verb} by <number>${main.unit === '%' ? ' percentage points' : '%'} at peak`;
}

/** The guardrail without a number: its margin is the natural wobble. */
function guardrails({ errors, main }: Chosen): readonly string[] {
  return errors === null || errors.name === main.name ? [] : [`${errors.name} does not ${worse(errors.better)}`];
}

function worse(better: 'lower' | 'higher'): string {
  return better === 'lower' ? 'rise' : 'fall';
}

function amount(unit: string | null): string {
  return unit === null || unit === 'count' ? '<number>' : unit === '%' ? '<number>%' : `<number> ${unit}`;
}

function price(unit: string | null): string {
  return unit === null ? '$<number>' : unit.startsWith('USD') ? '$<number>' : `<number> ${unit}`;
}

function closing(intent: Intent | null, tier: Tier): string {
  if (intent === 'insure') return tier === 'full' ? 'Until: <date on which this is scaled back>\n\nMeasure over 7 days.' : 'Measure over 7 days.';
  return 'Measure over 7 days.';
}
