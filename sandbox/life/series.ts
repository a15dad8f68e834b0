// What the shop's services did in these six weeks, a value every five minutes: made up, but the same on every machine.

/** One series: how it moves by itself, and what the deployment changes. */
export interface SeriesSeed {
  readonly metric: string;
  readonly service: string;
  readonly level: number;
  /** How far the evening is above the night, as a part of the level. */
  readonly swing: number;
  /** Spread from one value to the next, and from one day to the next. */
  readonly noise: number;
  readonly days: number;
  /** What the level is multiplied by from the deployment on. */
  readonly effect: number;
}

export type Sample = readonly [number, number];

export const STEP = 300;
/** The first and the last value. */
export const FROM = Date.parse('2026-02-01T00:00:00Z') / 1000;
export const TO = Date.parse('2026-03-19T00:00:00Z') / 1000;
const DAY = 86_400;

/** The values of a series, whose effect begins at an instant (epoch seconds). */
export function samplesOf(seed: SeriesSeed, effectAt: number): readonly Sample[] {
  return Array.from({ length: (TO - FROM) / STEP }, (_, i) => FROM + i * STEP).map((time) => [time, valueAt(seed, { time, effectAt })]);
}

function valueAt({ metric, service, level, swing, noise, days, effect }: SeriesSeed, { time, effectAt }: { readonly time: number; readonly effectAt: number }): number {
  const name = `${metric}(${service})`;
  const evening = 1 + (swing * (1 - Math.cos((2 * Math.PI * (time - 7 * 3600)) / DAY))) / 2;
  const wobble = 1 + noise * chance(`${name} ${time}`) + days * chance(`${name} day ${Math.floor(time / DAY)}`);
  return Number((level * evening * wobble * (time >= effectAt ? effect : 1)).toPrecision(5));
}

/** A number around 0 with the spread 1, made of a text (FNV-1a, then the sum of three even numbers). */
function chance(text: string): number {
  let hash = 2_166_136_261;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619);
  const even = [1, 2, 3].map((round) => {
    hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507 + round);
    return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
  });
  return (even.reduce((sum, value) => sum + value, 0) - 1.5) * 2;
}

/** As Prometheus takes it in: the OpenMetrics text format. */
export function renderOpenMetrics(seeds: readonly SeriesSeed[], effectAt: number): string {
  const metrics = [...new Set(seeds.map(({ metric }) => metric))];
  const lines = metrics.flatMap((metric) => [
    `# TYPE ${metric} gauge`,
    ...seeds.filter((seed) => seed.metric === metric).flatMap((seed) => samplesOf(seed, effectAt).map(([time, value]) => `${metric}{service="${seed.service}"} ${value} ${time}`)),
  ]);
  return `${lines.join('\n')}\n# EOF\n`;
}

/** As a file in the repository: a column a series. */
export function renderCsv(seeds: readonly SeriesSeed[], effectAt: number): string {
  const columns = seeds.map((seed) => samplesOf(seed, effectAt));
  const rows = (columns[0] ?? []).map(([time], row) => [time, ...columns.map((column) => column[row]?.[1])].join(','));
  return `${['time', ...seeds.map(({ metric, service }) => `${metric}_${service}`)].join(',')}\n${rows.join('\n')}\n`;
}
