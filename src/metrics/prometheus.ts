// Prometheus and its kin (Thanos, Mimir, VictoriaMetrics, Grafana Cloud): range queries of the HTTP API v1.
import { SetupError } from '../errors.ts';
import type { MetricProvider, Series, SeriesCondition, SeriesQuery } from '../ports/metrics.ts';
import { at, listAt, parseAnswer, textAt } from './answer.ts';
import type { Ask } from './request.ts';
import { finishSeries, refuseSeveral, type RawPoint } from './series.ts';

/** Prometheus refuses more points a series and call (`web/api/v1/api.go`: "exceeded maximum resolution of 11,000 points"). */
const POINTS_MAX = 11_000;

interface Page {
  readonly series: ReadonlyMap<string, readonly RawPoint[]>;
  readonly warnings: readonly string[];
}

export function createPrometheus(ask: Ask): MetricProvider {
  return { readSeries: (query) => readSeries(ask, query) };
}

async function readSeries(ask: Ask, query: SeriesQuery): Promise<Series> {
  const { series, warnings } = await readPages(ask, query);
  if (series.size > 1) return refuseSeveral([...series.keys()], query);
  const points = [...series.values()][0] ?? [];
  const selectors = instantSelectors(query.query);
  const sampled = selectors.length > 0 && points.length > 0 ? await readSampled(ask, query, selectors) : null;
  const real = sampled === null ? points : points.filter(([time]) => sampled.has(time));
  const conditions: SeriesCondition[] = warnings.map((text) => ({ kind: 'warning', text: text.slice(0, 200) }));
  if (real.length < points.length) conditions.push({ kind: 'repeated', count: points.length - real.length });
  return finishSeries({ points: real, step: query.step, stands: 'for-instant', conditions }, query);
}

/**
 * The instants behind which there is a sample within one step. A selector without a range looks back 5 minutes and repeats what it finds, so that half of
 * the samples may be missing and no point is; `count_over_time` doesn't. Of several selectors one with a sample is enough: the others may rightly be empty.
 * A millisecond less than a step: before version 3 a range holds both of its ends, so that one sample would stand for two points.
 */
async function readSampled(ask: Ask, query: SeriesQuery, selectors: readonly string[]): Promise<ReadonlySet<number>> {
  const counts = selectors.map((selector) => `sum(count_over_time(${selector}[${query.step * 1000 - 1}ms]))`).join(' or ');
  const { series } = await readPages(ask, { ...query, query: counts });
  return new Set([...series.values()].flatMap((points) => points.map(([time]) => time)));
}

/** A lone name, and every `name{…}` inside an expression, that is read without a range. A range looks no further than it says. */
function instantSelectors(query: string): readonly string[] {
  const name = /^\s{0,9}([A-Za-z_:][A-Za-z0-9_:]{0,200})\s{0,9}$/.exec(query)?.[1];
  if (name !== undefined) return [name];
  const found = [...query.matchAll(/[A-Za-z_:]?[A-Za-z0-9_:]{0,200}\{(?:[^{}"']|"(?:[^"\\]|\\.){0,500}"|'(?:[^'\\]|\\.){0,500}'){1,2000}\}(?!\s{0,9}(?:\[|offset\b|@))/g)];
  return [...new Set(found.map(([selector]) => selector))].slice(0, 10);
}

/** Pages on a grid that is a multiple of the step, so that every run and every page asks for the same instants. */
async function readPages(ask: Ask, { query, from, to, step }: SeriesQuery): Promise<Page> {
  const series = new Map<string, RawPoint[]>();
  const warnings = new Set<string>();
  for (let start = Math.ceil(from / step) * step; start <= to; start += POINTS_MAX * step) {
    const end = Math.min(to, start + (POINTS_MAX - 1) * step);
    const page = await readPage(ask, new URLSearchParams({ query, start: String(start), end: String(end), step: String(step) }));
    for (const [labels, points] of page.series) series.set(labels, [...(series.get(labels) ?? []), ...points]);
    for (const warning of page.warnings) warnings.add(warning);
  }
  return { series, warnings: [...warnings] };
}

async function readPage(ask: Ask, form: URLSearchParams): Promise<Page> {
  const text = await ask({ method: 'POST', path: '/api/v1/query_range', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() });
  const answer = parseAnswer(text, 'Prometheus');
  if (at(answer, 'status') !== 'success' || at(answer, 'data', 'resultType') !== 'matrix') throw new SetupError('Prometheus answered without a range of values', 'Check `url` of the source: the address without `/api/v1` at its end.');
  return {
    series: new Map(listAt(answer, 'data', 'result').map((row) => [renderLabels(at(row, 'metric')), listAt(row, 'values').flatMap(pointOf)])),
    warnings: listAt(answer, 'warnings').filter((warning) => typeof warning === 'string'),
  };
}

/** Values come as strings: "0.25", "NaN", "+Inf". */
function pointOf(pair: unknown): readonly RawPoint[] {
  const time = at(pair, '0');
  return typeof time === 'number' ? [[time, Number(textAt(pair, '1').replace('Inf', 'Infinity') || Number.NaN)]] : [];
}

function renderLabels(metric: unknown): string {
  return `{${Object.entries((metric ?? {}) as Record<string, unknown>).map(([name, value]) => `${name}="${String(value)}"`).sort().join(', ')}}`;
}
