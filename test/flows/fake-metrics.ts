// Metric sources of flow tests: a wobbling level for each metric, changed, torn or silenced as a test wants.
import type { MetricReader, MetricReading } from '../../src/ports/metrics.ts';
import { renderMetric } from '../../src/metric-name.ts';

export interface Metrics {
  readonly reader: MetricReader;
  /** From the effect on the level is multiplied. */
  readonly after: (name: string, factor: number) => void;
  readonly hole: (name: string, from: string, to: string) => void;
  readonly fail: (name: string, message: string) => void;
  readonly several: (name: string) => void;
  /** All of it, the past too, is told as so many times what it was. */
  readonly rescale: (name: string, factor: number) => void;
}

/** Levels by full name; `effectAt` in epoch seconds. */
export function createMetrics(levels: Readonly<Record<string, number>>, effectAt: number): Metrics {
  const factors = new Map<string, number>();
  const holes = new Map<string, readonly [number, number]>();
  const failures = new Map<string, string>();
  const several = new Set<string>();
  const scales = new Map<string, number>();
  const valueAt = (name: string, time: number): number => {
    const level = (levels[name] ?? 1) * (scales.get(name) ?? 1);
    const daily = 1 + 0.15 * Math.sin((2 * Math.PI * time) / 86_400);
    const noise = 1 + 0.04 * Math.sin(time / 997) * Math.cos(time / 311);
    return level * daily * noise * (time >= effectAt ? (factors.get(name) ?? 1) : 1);
  };
  const read = (name: string, { from, to, step }: { readonly from: number; readonly to: number; readonly step: number }): MetricReading => {
    const failure = failures.get(name);
    if (failure !== undefined) return { kind: 'failed', lasting: 'transient', message: failure, remedy: null };
    if (several.has(name)) return { kind: 'series', points: [], step, conditions: [{ kind: 'several-series', count: 2, examples: ['a', 'b'] }], missing: null, queries: [name] };
    const [begin, end] = holes.get(name) ?? [Infinity, -Infinity];
    const times = Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + i * step).filter((time) => time < begin || time >= end);
    return { kind: 'series', points: times.map((time) => [time, valueAt(name, time)]), step, conditions: [], missing: 0, queries: [name] };
  };
  return {
    reader: {
      lock: async (refs) => refs.map((ref) => {
        const name = renderMetric(ref);
        return levels[name] === undefined ? null : { name, unit: name === 'errors' ? 'count' : 'ms', better: 'lower', kind: 'gauge', aggregate: null, cadence: null, public: false, source: 'prom', sourceType: 'prometheus', queries: [name], samples: null };
      }),
      read: async (metrics, _, range) => metrics.map(({ name }) => read(name, range)),
    },
    after: (name, factor) => void factors.set(name, factor),
    hole: (name, from, to) => void holes.set(name, [Date.parse(from) / 1000, Date.parse(to) / 1000]),
    fail: (name, message) => void failures.set(name, message),
    several: (name) => void several.add(name),
    rescale: (name, factor) => void scales.set(name, factor),
  };
}
