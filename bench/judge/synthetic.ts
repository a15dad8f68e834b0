// Series as metrics are, made up: seasonal, autocorrelated, heavy-tailed, drifting. What a judge must not take for an effect.
import type { Chance } from './chance.ts';

export interface Series {
  readonly family: string;
  readonly name: string;
  readonly step: number;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

const hour = 3600;
const day = 86_400;
/** A Monday, 00:00 UTC. */
const epoch = 1_772_409_600;
const step = 600;

/** What is added up on the logarithm of a metric: each gets its size from chance once, then one number a point. */
type Part = (chance: Chance) => (time: number) => number;

const daily = (low: number, high: number): Part => (chance) => {
  const size = chance.ratio(low, high);
  const second = chance.between(0, 0.5);
  const [first, other] = [chance.between(0, day), chance.between(0, day)];
  const weekend = chance.between(-0.6, 0.1) * size;
  return (time) => size * (Math.sin((2 * Math.PI * (time - first)) / day) + second * Math.sin((4 * Math.PI * (time - other)) / day)) + (Math.floor(time / day + 3) % 7 >= 5 ? weekend : 0);
};

const noise = (low: number, high: number): Part => (chance) => {
  const size = chance.ratio(low, high);
  return () => size * chance.normal();
};

/** Wanders, and is drawn back within some hours. */
const wandering = ({ size: [low, high], hours: [short, long] }: { readonly size: readonly [number, number]; readonly hours: readonly [number, number] }): Part => (chance) => {
  const size = chance.ratio(low, high);
  const carry = Math.exp(-step / (hour * chance.ratio(short, long)));
  let level = size * chance.normal();
  return () => {
    level = carry * level + size * Math.sqrt(1 - carry * carry) * chance.normal();
    return level;
  };
};

/** Never comes back: a random walk, with a step now and then. */
const drift = (low: number, high: number): Part => (chance) => {
  const size = chance.ratio(low, high) * Math.sqrt(step / day);
  const steps = chance.between(0, 1 / (14 * day));
  let level = 0;
  return () => {
    level += size * chance.normal() + (chance.happens(steps * step) ? chance.between(-0.4, 0.4) : 0);
    return level;
  };
};

/** Student's t with 3 degrees of freedom, and bursts of an hour or so. */
const tails = (low: number, high: number): Part => (chance) => {
  const size = chance.ratio(low, high);
  let burst = 0;
  return () => {
    burst = burst > 0.01 ? burst * 0.75 : chance.happens(step / (2 * day)) ? chance.between(0.5, 2) : 0;
    const square = chance.normal() ** 2 + chance.normal() ** 2 + chance.normal() ** 2;
    return (size * chance.normal()) / Math.sqrt(square / 3) + burst;
  };
};

const families: Readonly<Record<string, readonly Part[]>> = {
  seasonal: [daily(0.2, 0.8), noise(0.02, 0.2), wandering({ size: [0.01, 0.08], hours: [2, 24] })],
  autocorrelated: [daily(0.02, 0.3), noise(0.02, 0.1), wandering({ size: [0.08, 0.4], hours: [1, 36] })],
  'heavy-tailed': [daily(0.02, 0.4), tails(0.05, 0.3), wandering({ size: [0.02, 0.1], hours: [1, 12] })],
  drifting: [daily(0.02, 0.4), noise(0.02, 0.15), drift(0.02, 0.15)],
};

export const syntheticFamilies: readonly string[] = Object.keys(families);

/** A made-up series of 17 to 45 days. */
export function drawSynthetic(chance: Chance, family: string = chance.pick(syntheticFamilies)): Series {
  const parts = families[family]!.map((part) => part(chance));
  const length = Math.round((chance.between(17, 45) * day) / step);
  const first = epoch + Math.floor(chance.between(0, 7)) * day;
  const scale = chance.ratio(0.1, 1000);
  const times = Float64Array.from({ length }, (_, i) => first + i * step);
  return { family, name: family, step, times, values: times.map((time) => scale * Math.exp(parts.reduce((sum, part) => sum + part(time), 0))) };
}
