// Trials with a known answer: a fake deployment at a random instant of a series, an effect or none, a promise that was kept or not.
import { parseCriterionText } from '../../cli/judge/trial-line.ts';
import { busiestHours } from '../../src/judge/select.ts';
import type { Trial } from '../../src/judge/trial.ts';
import type { MetricCriterion } from '../../src/model/hypothesis.ts';
import type { Chance } from './chance.ts';
import { effectNames, inject, type EffectName, type Injected, type Place } from './effects.ts';
import type { Series } from './synthetic.ts';

export type Promised = { readonly kind: 'fall' | 'guardrail'; readonly limit: number } | { readonly kind: 'level'; readonly limit: number };

export interface BenchTrial {
  readonly trial: Trial;
  readonly promised: Promised;
  /** Was the promise kept? Null where nobody can tell: the only right answer is *inconclusive*. */
  readonly truth: boolean | null;
  /** `real`, or the family of a synthetic series. */
  readonly family: string;
  readonly group: 'core' | 'peak pair' | 'defect' | 'deployment';
  readonly effect: EffectName | 'none';
  readonly factor: number;
  readonly days: number;
  readonly defect: string | null;
}

const day = 86_400;
const windows = [1, 3, 7] as const;
const falls = [0.1, 0.2, 0.3] as const;
const margin = 0.1;

interface Cut {
  readonly series: Series;
  readonly start: number;
  readonly days: number;
}

/** At least 9 days before, 14 where there are enough; at most 35. Null where the series is too short for any window. */
function cutSeries(chance: Chance, series: Series): Cut | null {
  const [first, last] = [series.times[0]!, series.times.at(-1)! + series.step];
  const least = last - first > 16 * day ? 14 : 9;
  const possible = windows.filter((days) => last - first > (least + days) * day + 3600);
  if (possible.length === 0) return null;
  const days = chance.pick(possible);
  const start = Math.floor(chance.between(first + least * day, last - days * day));
  const kept = [...series.times.keys()].filter((i) => series.times[i]! >= start - 35 * day && series.times[i]! < start + days * day);
  const cut = { ...series, times: Float64Array.from(kept, (i) => series.times[i]!), values: Float64Array.from(kept, (i) => series.values[i]!) };
  const filled = cut.times.filter((time) => time >= start).length * series.step;
  return filled < 0.95 * days * day ? null : { series: cut, start, days };
}

/** Draws until a trial is clear-cut: effects whose truth hangs on how "typical" is read are no test of a judge. */
export function drawTrials(chance: Chance, draw: () => Series): readonly BenchTrial[] {
  for (;;) {
    const cut = cutSeries(chance, draw());
    const trials = cut === null ? null : drawKind(chance, cut);
    if (trials !== null) return trials;
  }
}

function drawKind(chance: Chance, cut: Cut): readonly BenchTrial[] | null {
  const at = chance.uniform();
  if (at < 0.12) return one(drawDefect(chance, cut));
  if (at < 0.2) return one(drawDeployment(chance, cut));
  if (at < 0.32) return drawLevel(chance, cut);
  const effect = chance.happens(0.5) ? 'none' : chance.pick(effectNames);
  return effect === 'at peak' ? drawPeakPair(chance, cut) : one(drawChange(chance, cut, { effect, peak: false }));
}

function one(trial: BenchTrial | null): readonly BenchTrial[] | null {
  return trial === null ? null : [trial];
}

interface Wanted {
  readonly effect: EffectName | 'none';
  readonly peak: boolean;
}

function drawChange(chance: Chance, cut: Cut, { effect, peak }: Wanted): BenchTrial | null {
  const kind = chance.happens(0.75) ? 'fall' : 'guardrail';
  const limit = kind === 'fall' ? 1 - chance.pick(falls) : 1 + margin;
  const factor = effect === 'none' ? 1 : chance.pick(kind === 'fall' ? [0.9, 0.8, 0.7, 0.6, 0.5, 1.2] : [0.8, 1.2, 1.4, 1.7]);
  return createChange(cut, { kind, limit, peak, injected: inject(cut.series, { name: effect === 'none' ? 'multiplicative' : effect, factor, chance, place: placeOf(cut, peak) }), effect, factor });
}

interface Change {
  readonly kind: 'fall' | 'guardrail';
  readonly limit: number;
  readonly peak: boolean;
  readonly injected: Injected;
  readonly effect: EffectName | 'none';
  readonly factor: number;
}

/** The truth is clear where every reading of "typical" lies on the same side, 5 % away. */
function createChange(cut: Cut, { kind, limit, peak, injected, effect, factor }: Change): BenchTrial | null {
  const distances = injected.readings.map((ratio) => Math.log(ratio / limit));
  if (distances.some((distance) => Math.abs(distance) < 0.05) || new Set(distances.map(Math.sign)).size > 1) return null;
  const text = `${kind === 'fall' ? `m falls by ${Math.round(100 * (1 - limit))}%` : `m does not rise by more than ${Math.round(100 * (limit - 1))}%`}${peak ? ' at peak' : ''}`;
  return { ...createTrial(cut, injected.values, text), promised: { kind, limit }, truth: distances[0]! < 0, group: 'core', effect, factor, defect: null };
}

function createTrial({ series, start, days }: Cut, values: Float64Array, text: string): Pick<BenchTrial, 'trial' | 'family' | 'days'> {
  const criterion = parseCriterionText(text, null) as MetricCriterion;
  const points = Array.from(series.times, (time, i) => [time, values[i]!]);
  const trial: Trial = {
    metric: { name: 'm', unit: null, better: 'lower', kind: 'gauge', aggregate: null }, criterion, series: points, deployedAt: start, settle: 0, window: days * day,
    others: new Map(), history: [], exclude: [], deployments: [],
  };
  return { trial, family: series.family, days };
}

/** The busiest clock hours before the start, as the words `at peak` are defined. */
function peakHours({ series: { times, values }, start }: Cut, count: number): ReadonlySet<number> {
  const before = times.findIndex((time) => time >= start);
  return busiestHours({ times: times.subarray(0, before), values: values.subarray(0, before) }, count);
}

function placeOf(cut: Cut, peak: boolean): Place {
  const { series, start, days } = cut;
  const before = series.values.filter((_, i) => series.times[i]! < start).sort();
  const on = peak ? peakHours(cut, 4) : null;
  return { start, end: start + days * day, isOn: (time) => on === null || on.has(Math.floor(time / 3600) % 24), usual: before[Math.floor(before.length / 2)]! };
}

/** The same effect twice: at the busiest hours only, with `at peak`, and at all hours, with the plain criterion. What the words cost in power. */
function drawPeakPair(chance: Chance, cut: Cut): readonly BenchTrial[] | null {
  const limit = 1 - chance.pick(falls);
  const factor = limit - chance.between(0.1, 0.3);
  // The effect reaches a little beyond the four hours, as real ones do.
  const wide = peakHours(cut, chance.pick([4, 5, 6, 8]));
  const peak = { ...placeOf(cut, true), isOn: (time: number) => wide.has(Math.floor(time / 3600) % 24) };
  const some = createChange(cut, { kind: 'fall', limit, peak: true, injected: inject(cut.series, { name: 'at peak', factor, chance, place: peak }), effect: 'at peak', factor });
  const every = createChange(cut, { kind: 'fall', limit, peak: false, injected: inject(cut.series, { name: 'multiplicative', factor, chance, place: placeOf(cut, false) }), effect: 'multiplicative', factor });
  return some === null || every === null ? null : [some, every].map((trial) => ({ ...trial, group: 'peak pair' }));
}

/** "m < V": the bound lies 15-50 % off the window's mean. */
function drawLevel(chance: Chance, cut: Cut): readonly BenchTrial[] {
  const { series, start } = cut;
  const factor = chance.happens(0.5) ? 1 : chance.pick([0.6, 0.8, 1.3]);
  const { values } = inject(series, { name: 'multiplicative', factor, chance, place: placeOf(cut, false) });
  const after = values.filter((_, i) => series.times[i]! >= start);
  const mean = after.reduce((sum, value) => sum + value, 0) / after.length;
  const truth = chance.happens(0.5);
  const limit = Number((mean * chance.between(1.15, 1.5) ** (truth ? 1 : -1)).toPrecision(4));
  return [{ ...createTrial(cut, values, `m < ${limit.toFixed(12)}`), promised: { kind: 'level', limit }, truth, group: 'core', effect: factor === 1 ? 'none' : 'multiplicative', factor, defect: null }];
}

/** Another deployment in the window: one that does nothing (the verdict stands), or one that shifts the metric (nobody can tell whose effect it is). */
function drawDeployment(chance: Chance, cut: Cut): BenchTrial | null {
  const base = drawChange(chance, cut, { effect: chance.happens(0.5) ? 'none' : 'multiplicative', peak: false });
  if (base === null) return null;
  const at = Math.floor(cut.start + chance.between(0.2, 0.7) * cut.days * day);
  const shifts = chance.happens(0.5);
  const factor = chance.pick([0.4, 0.5, 1.8, 2.2]);
  const series = base.trial.series.map(([time, value]) => [time!, shifts && time! >= at ? value! * factor : value!]);
  return { ...base, trial: { ...base.trial, series, deployments: [at] }, truth: shifts ? null : base.truth, group: 'deployment' };
}

const defects = ['a third missing', 'metric lost', 'constant', '3 days of history', 'incident that ends'] as const;

function drawDefect(chance: Chance, cut: Cut): BenchTrial | null {
  const defect = chance.pick(defects);
  const base = drawChange(chance, cut, { effect: defect === 'incident that ends' || chance.happens(0.5) ? 'none' : 'multiplicative', peak: false });
  if (base === null) return null;
  const { deployedAt, series } = base.trial;
  const flat = chance.ratio(0.1, 100);
  const height = chance.pick([1.5, 2, 2.5]);
  const spoilt: Readonly<Record<(typeof defects)[number], () => Trial['series']>> = {
    'a third missing': () => series.filter(([time]) => time! < deployedAt || !chance.happens(0.33)),
    'metric lost': () => series.filter(([time]) => time! < deployedAt),
    constant: () => series.map(([time]) => [time!, time! < deployedAt ? flat : flat * base.factor]),
    '3 days of history': () => series.filter(([time]) => time! >= deployedAt - 3 * day),
    'incident that ends': () => series.map(([time, value]) => [time!, time! >= deployedAt - 5 * day && time! < deployedAt ? value! * height : value!]),
  };
  const open = defect === 'metric lost' || (defect === 'incident that ends' && base.promised.kind === 'fall');
  return { ...base, trial: { ...base.trial, series: spoilt[defect]() }, truth: open ? null : base.truth, group: 'defect', defect };
}
