// From what a source gave to a series: in order, finite, inside what was asked, with what was left out said.
import type { Series, SeriesCondition, SeriesQuery } from '../ports/metrics.ts';

/** `[epochSeconds, value]` as read; null and NaN for no value. */
export type RawPoint = readonly [number, number | null];

const DAY = 86_400;

export interface Gathered {
  readonly points: readonly RawPoint[];
  readonly step: number;
  /** Whether a point stands for the bucket that begins at its time: then the newest one may not be whole. */
  readonly stands: Series['stands'];
  readonly conditions?: readonly SeriesCondition[];
  /** As the source states it. */
  readonly unit?: string | null;
}

/** The series that the engine gets. */
export function finishSeries({ points, step, stands, conditions = [], unit = null }: Gathered, query: SeriesQuery): Series {
  const { from, to, now } = query;
  const inside = points.filter(([time]) => time >= from && time <= to);
  const finite = inside.filter((point): point is readonly [number, number] => point[1] !== null && Number.isFinite(point[1]));
  const ordered = finite.toSorted((a, b) => a[0] - b[0]);
  const contradiction = ordered.find((point, i) => point[0] === ordered[i + 1]?.[0] && point[1] !== ordered[i + 1]?.[1]);
  if (contradiction !== undefined) return refuseSeveral([`two values at ${new Date(contradiction[0] * 1000).toISOString()}`, 'the query needs a sum, or a GROUP BY less'], query);
  const single = ordered.filter(([time], i) => time !== ordered[i + 1]?.[0]);
  const last = single.at(-1);
  const partial = stands === 'for-bucket' && last !== undefined && last[0] + step > now ? last : null;
  const kept = partial === null ? single : single.slice(0, -1);
  const first = kept[0];
  const said: SeriesCondition[] = [...conditions];
  if (first === undefined && !said.some(({ kind }) => kind === 'several-series')) said.push({ kind: 'no-data' });
  if (inside.length > finite.length) said.push({ kind: 'dropped', count: inside.length - finite.length });
  if (partial !== null) said.push({ kind: 'partial-newest', at: partial[0] });
  if (first !== undefined && first[0] - from > DAY + step) said.push({ kind: 'truncated-history', from: first[0] });
  if (step > query.step) said.push({ kind: 'coarser-step', step });
  return { points: kept, step, stands, conditions: said, unit };
}

/** The answer where a query gives several series: none of their points, and how they differ. */
export function refuseSeveral(names: readonly string[], query: SeriesQuery): Series {
  return { points: [], step: query.step, stands: 'for-instant', conditions: [{ kind: 'several-series', count: names.length, examples: names.slice(0, 3).map((name) => name.slice(0, 120)) }] };
}

/** The distance of most neighbours, for sources that don't tell their step. */
export function stepOf(points: readonly RawPoint[], asked: number): number {
  const times = points.map(([time]) => time).sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time)).filter((gap) => gap > 0).sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? asked;
}
