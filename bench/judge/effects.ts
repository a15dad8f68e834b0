// What a change may do to a metric, put into a series after a fake deployment; and what it comes to over the window.
import type { Chance } from './chance.ts';
import type { Series } from './synthetic.ts';

export const effectNames = ['multiplicative', 'additive', 'ramping', 'fading', 'at peak'] as const;
export type EffectName = (typeof effectNames)[number];

export interface Place {
  readonly start: number;
  readonly end: number;
  /** Does this instant lie in the hours that the effect is on? All, but for effects at peak. */
  readonly isOn: (time: number) => boolean;
  /** The typical value before. */
  readonly usual: number;
}

/** The value at an instant after the deployment, from what it would have been. */
type Apply = (value: number, time: number) => number;

function effectOf(name: EffectName, { factor, chance, place: { start, end, isOn, usual } }: { readonly factor: number; readonly chance: Chance; readonly place: Place }): Apply {
  const share = (time: number): number => (time - start) / (end - start);
  switch (name) {
    case 'multiplicative':
      return (value) => value * factor;
    case 'additive':
      return (value) => Math.max(value + (factor - 1) * usual, 0.05 * value);
    case 'ramping': {
      const length = chance.between(0.1, 1);
      return (value, time) => value * factor ** Math.min(share(time) / length, 1);
    }
    case 'fading': {
      const life = chance.between(0.15, 1);
      return (value, time) => value * factor ** Math.exp(-share(time) / life);
    }
    case 'at peak':
      return (value, time) => (isOn(time) ? value * factor : value);
  }
}

export interface Injected {
  readonly values: Float64Array;
  /** The typical change over the hours that count, read in several ways: as ratios. */
  readonly readings: readonly number[];
}

/** Puts an effect into the window of a series. */
export function inject({ times, values }: Series, effect: { readonly name: EffectName; readonly factor: number; readonly chance: Chance; readonly place: Place }): Injected {
  const { start, end, isOn } = effect.place;
  const apply = effectOf(effect.name, effect);
  const changed = values.map((value, i) => (times[i]! >= start && times[i]! < end ? apply(value, times[i]!) : value));
  const hours = new Map<number, { was: number; is: number }>();
  for (let i = 0; i < times.length; i++) {
    if (times[i]! < start || times[i]! >= end || !isOn(times[i]!)) continue;
    const hour = Math.floor(times[i]! / 3600);
    const sums = hours.get(hour) ?? { was: 0, is: 0 };
    hours.set(hour, { was: sums.was + values[i]!, is: sums.is + changed[i]! });
  }
  return { values: changed, readings: readingsOf([...hours.values()]) };
}

function readingsOf(hours: readonly { readonly was: number; readonly is: number }[]): readonly number[] {
  const total = (key: 'was' | 'is'): number => hours.reduce((sum, hour) => sum + hour[key], 0);
  const ratios = hours.filter(({ was }) => was > 0).map(({ was, is }) => is / was).sort((a, b) => a - b);
  return [total('is') / total('was'), ratios[Math.floor(ratios.length / 2)] ?? 1];
}
