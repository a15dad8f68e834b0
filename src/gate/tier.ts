// Rule "tier": demand follows impact. The bill decides where it is known, else how far the knobs are turned.
import type { ScalingFact } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import type { Intent, Tier } from '../model/decision.ts';
import { renderMonthlyDelta } from '../quantity/money.ts';
import type { StakeInput } from './input.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';
import { magnitudeOf } from './size.ts';

/** How long an expected cost report is waited for. */
const COST_PATIENCE_MINUTES = 30;

type Sized = 'auto-bet' | 'light' | 'full';

/** The tier of a change that is in scope; `facts` are those that count. */
export function evaluateTier(input: StakeInput, facts: readonly ScalingFact[], intent: Intent): Ruling<Tier> {
  if (asksByTier(intent) && waitsForCost(input)) return ruling('tier', { outcome: 'met', text: 'pending: the cost report is still to come' }, 'pending');
  const sized = sizeOf(input, facts);
  const final = facts.some((fact) => !fact.reversible);
  const raised = final ? oneHigher(sized.tier) : sized.tier;
  const text = `${raised}: ${sized.why}${final ? '; one tier higher, for it can’t be taken back' : ''}`;
  return ruling('tier', { outcome: 'met', text }, raised);
}

/** True while the configuration expects a cost report, none came, and the push is less than 30 minutes old. */
export function waitsForCost({ config, cost, at }: StakeInput): boolean {
  if (config.cost.expected === null || cost.report !== null || cost.problems.length > 0 || cost.pushedAt === null) return false;
  return Date.parse(at) < costAwaitedUntil(cost.pushedAt);
}

/** Epoch milliseconds. */
export function costAwaitedUntil(pushedAt: string): number {
  return Date.parse(pushedAt) + COST_PATIENCE_MINUTES * 60_000;
}

/** The other intents are asked the same at any tier, so there is nothing to wait for. */
function asksByTier(intent: Intent): boolean {
  return intent === 'improve' || intent === 'insure';
}

function sizeOf(input: StakeInput, facts: readonly ScalingFact[]): { readonly tier: Sized; readonly why: string } {
  const { report } = input.cost;
  const known = input.filesComplete && facts.length > 0;
  if (report !== null) return { tier: byCost(Math.abs(report.monthlyDelta), known ? facts : [], input.config.tiers), why: renderMonthlyDelta(report.monthlyDelta, report.currency) };
  if (!known && facts.length === 0) return { tier: 'light', why: 'in scope without a scaling knob or a cost' };
  const tier = byKnobs(facts, input.config.tiers);
  return { tier: known || tier === 'full' ? tier : 'light', why: renderSize(facts) };
}

/** Without facts there is nothing to measure silently, so a small bill alone is no auto-bet. */
function byCost(amount: number, facts: readonly ScalingFact[], tiers: Config['tiers']): Sized {
  const smallStep = facts.length > 0 && facts.every((fact) => magnitudeOf(fact) <= tiers.autoBet.factor);
  if (smallStep && amount < tiers.autoBet.monthlyCost) return 'auto-bet';
  return amount < tiers.light.monthlyCost ? 'light' : 'full';
}

function byKnobs(facts: readonly ScalingFact[], tiers: Config['tiers']): Sized {
  if (facts.every((fact) => fact.small && magnitudeOf(fact) <= tiers.autoBet.factor)) return 'auto-bet';
  return facts.every((fact) => isLight(fact, tiers.light.factor)) ? 'light' : 'full';
}

/** An unknown factor (a knob added or removed, a size nobody ranks) is light for a small knob, full for a large one. */
function isLight(fact: ScalingFact, limit: number): boolean {
  return fact.factor === null ? fact.small : magnitudeOf(fact) <= limit;
}

function oneHigher(tier: Sized): Sized {
  return tier === 'auto-bet' ? 'light' : 'full';
}

function renderSize(facts: readonly ScalingFact[]): string {
  const unknown = facts.find((fact) => fact.factor === null);
  if (unknown !== undefined) return `no factor is known for ${unknown.scales}`;
  const largest = Math.max(...facts.map(magnitudeOf));
  const kind = facts.every((fact) => fact.small) ? 'small knobs' : 'knobs';
  return `${kind} turned by at most ×${Number(largest.toPrecision(3))}, cost unknown`;
}
