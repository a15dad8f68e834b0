// Rule "complete": one sentence and one criterion; for a costly change guardrails too.
import type { Config, Metric } from '../model/config.ts';
import type { Intent, Tier } from '../model/decision.ts';
import type { Criterion, Hypothesis } from '../model/hypothesis.ts';
import type { Problem } from '../model/problem.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';

export interface CompleteContext {
  readonly metrics: Config['metrics'];
  readonly tier: Tier;
  readonly intent: Intent;
  /** What else is wrong with the text: a line that can't be read may be the very one that seems to be missing. */
  readonly unread: readonly Problem[];
}

/** What a hypothesis that was found still lacks. */
export function evaluateComplete(hypothesis: Hypothesis, context: CompleteContext): Ruling<readonly Problem[]> {
  const place = hypothesis.criteria[0]?.place ?? null;
  const problems = CHECKS.flatMap((check) => check(hypothesis, context)).map((problem): Problem => ({ ...problem, place }));
  if (problems.length === 0) return ruling('complete', { outcome: 'met', text: `says what tier ${context.tier} asks` }, []);
  return ruling('complete', { outcome: 'not-met', text: problems.map(({ found }) => found).join('; ') }, problems);
}

type Check = (hypothesis: Hypothesis, context: CompleteContext) => readonly Omit<Problem, 'place'>[];

const CHECKS: readonly Check[] = [lacksClaim, lacksGoal, lacksGuardrail, lacksLoad, lacksEnd];

function lacksClaim({ claim }: Hypothesis): ReturnType<Check> {
  if (claim.trim() !== '') return [];
  return [{ code: 'claim-missing', found: 'criteria without a sentence', expected: 'one sentence that says what you expect, and why', remedy: 'Write above the list: “… cuts … because …”.' }];
}

function lacksGoal({ criteria }: Hypothesis, { intent, unread }: CompleteContext): ReturnType<Check> {
  if (unread.length > 0) return [];
  if (criteria.length === 0) {
    return [{ code: 'no-criterion', found: 'a claim without a criterion', expected: 'a list item that a metric can confirm', ...asWritten('- p95(checkout) < 300 ms') }];
  }
  if (intent !== 'improve' || criteria.some(({ role }) => role === 'goal')) return [];
  return [{ code: 'goal-missing', found: 'guardrails only', expected: 'a goal: what gets better', ...asWritten('- p95(checkout) falls by 20%') }];
}

function lacksGuardrail(hypothesis: Hypothesis, { tier, unread, metrics }: CompleteContext): ReturnType<Check> {
  const { criteria } = hypothesis;
  if (tier !== 'full' || criteria.some(({ role }) => role === 'guardrail') || unread.some(({ found }) => MAY_GUARD.test(found))) return [];
  return [{
    code: 'guardrail-missing', found: 'no guardrail', expected: 'at least one guardrail: what must not get worse (the change is in tier `full`)',
    ...asWritten(suggestGuardrail(hypothesis, metrics)),
  }];
}

/** A guardrail that can be copied as it is: of the catalogue, for the service of the goal, with the natural wobble as margin. */
function suggestGuardrail({ criteria }: Hypothesis, metrics: Config['metrics']): string {
  const used = new Set(criteria.map(({ metric }) => metric.name));
  const args = criteria.find(({ metric }) => metric.args.length > 0)?.metric.args ?? [];
  const free = [...metrics.values()].filter((metric) => !used.has(metric.name) && metric.better !== null && metric.parameters.size <= args.length);
  const chosen: Pick<Metric, 'name' | 'better'> & { readonly parameters: { readonly size: number } } =
    free.find(({ kind }) => kind === 'rate') ?? free[0] ?? { name: 'error_rate', better: 'lower', parameters: { size: args.length } };
  const bound = args.slice(0, chosen.parameters.size);
  return `- ${chosen.name}${bound.length === 0 ? '' : `(${bound.join(', ')})`} does not ${chosen.better === 'higher' ? 'fall' : 'rise'}`;
}

/** Insurance: what shows that it holds. */
function lacksLoad({ criteria }: Hypothesis, { intent, unread }: CompleteContext): ReturnType<Check> {
  if (intent !== 'insure' || unread.length > 0 || criteria.length === 0 || criteria.some(showsLoad)) return [];
  return [{
    code: 'load-missing', found: 'nothing says up to what load or loss it should hold', expected: 'a condition (`when`), days, or evidence of a load test or drill',
    ...asWritten('- p95(checkout) < 300 ms when rps(checkout) > 800'),
  }];
}

function lacksEnd({ until }: Hypothesis, { intent, tier }: CompleteContext): ReturnType<Check> {
  if (intent !== 'insure' || tier !== 'full' || until !== null) return [];
  return [{ code: 'until-missing', found: 'no word on when this capacity is scaled back', expected: 'a date or an event', ...asWritten('Until: 2026-12-31') }];
}

/** A remedy that is the line to write. */
function asWritten(line: string): Pick<Problem, 'remedy' | 'copy'> {
  return { remedy: line, copy: line };
}

/** True where a criterion says under which load it holds, or what shows it. */
export function showsLoad(criterion: Criterion): boolean {
  return criterion.kind === 'evidence' || criterion.hours.kind !== 'all';
}

const MAY_GUARD = /guardrail|stays?|does ?n[o’']t|never|at most|no (?:more|regression|increase|drop)|unchanged|keep/i;
