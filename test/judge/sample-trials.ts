// Trials as tests write them: a series with a daily cycle, an effect, a promise.
import type { Point, Trial } from '../../src/judge/trial.ts';
import type { Expectation, MetricCriterion } from '../../src/model/hypothesis.ts';
import type { MetricKind } from '../../src/model/config.ts';

export const day = 86_400;
export const deployedAt = 1_774_864_800;

/** A repeatable wobble between 0 and 1: no random numbers, the same on every machine. */
export function wobble(i: number): number {
  const x = Math.sin(i * 12.9898) * 43_758.5453;
  return x - Math.floor(x);
}

/** Points every five minutes with a daily cycle and some noise, multiplied by `factor` from the deployment on. */
export function gauge({ days = 28, after = 3, factor = 1, peakOnly = false }: { readonly days?: number; readonly after?: number; readonly factor?: number; readonly peakOnly?: boolean }): readonly Point[] {
  const first = deployedAt - days * day;
  return Array.from({ length: (days + after) * 288 }, (_, i) => {
    const time = first + i * 300;
    const hour = (time % day) / 3600;
    const cycle = 100 * (1 + 0.5 * Math.sin((hour / 24) * 2 * Math.PI));
    const counts = time >= deployedAt && (!peakOnly || (hour >= 4 && hour < 8));
    return [time, cycle * (0.9 + 0.2 * wobble(i)) * (counts ? factor : 1)];
  });
}

export function hourly(value: (i: number, time: number) => number, { days = 28, after = 7 } = {}): readonly Point[] {
  return Array.from({ length: (days + after) * 24 }, (_, i) => [deployedAt - days * day + i * 3600, value(i, deployedAt - days * day + i * 3600)]);
}

export const falls = (by: number): Expectation => ({ kind: 'relative-change', op: '<=', by: -by });

export function criterion(expects: Expectation, more: Partial<MetricCriterion> = {}): MetricCriterion {
  return { kind: 'metric', text: 'm', place: { file: 'test', line: 1, column: 1 }, role: 'goal', metric: { name: 'm', args: [] }, expects, hours: { kind: 'all' }, against: { kind: 'baseline' }, forEach: null, manual: false, ...more };
}

export function trial(series: readonly Point[], expects: Expectation, more: Partial<Trial> & { readonly kind?: MetricKind } = {}): Trial {
  const { kind = 'gauge', ...rest } = more;
  const metric = { name: 'm', unit: null, better: 'lower', kind, aggregate: null } as const;
  return { metric, criterion: criterion(expects), series, deployedAt, settle: 0, window: 3 * day, others: new Map(), history: [], exclude: [], deployments: [], ...rest };
}
