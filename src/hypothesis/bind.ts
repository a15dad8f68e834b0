// Binds a metric's name to the catalogue: a plain metric, or a template with arguments that are allowed.
import type { Metric } from '../model/config.ts';
import type { MetricRef } from '../model/hypothesis.ts';
import { quoteLine } from './criterion/quote.ts';
import { nearestName } from '../spelling.ts';
import { renderMetric } from '../metric-name.ts';

/** What is wrong with a name; the place is the criterion's. */
export interface Unbound {
  readonly code: 'unknown-metric' | 'metric-arguments' | 'unknown-argument';
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}

export type Binding = { readonly ok: true; readonly metric: Metric } | ({ readonly ok: false } & Unbound);

const LONGEST_ARGUMENT = 100;

/** Finds the metric of a criterion. Arguments are only ever compared, never put into a query here. */
export function bindMetric(ref: MetricRef, metrics: ReadonlyMap<string, Metric>): Binding {
  const metric = metrics.get(ref.name);
  if (metric === undefined) return unknown(ref, metrics);
  const parameters = [...metric.parameters];
  if (parameters.length !== ref.args.length) {
    return {
      ok: false, code: 'metric-arguments', found: quoteLine(renderMetric(ref)), expected: parameters.length === 0 ? `\`${metric.name}\` without arguments` : `an argument for ${parameters.map(([name]) => `\`${name}\``).join(', ')}`,
      remedy: `write \`${exampleOf(metric)}\``,
    };
  }
  for (const [index, [name, allowed]] of parameters.entries()) {
    const value = ref.args[index] ?? '';
    const known = allowed.values === null ? matchesWhole(allowed.pattern, value) : allowed.values.includes(value);
    if (!known) return wrongArgument(ref, { name, value, allowed });
  }
  return { ok: true, metric };
}

/** A metric as a criterion would name it, with the first allowed arguments. */
export function exampleOf(metric: Metric): string {
  const args = [...metric.parameters].map(([name, { values }]) => values?.[0] ?? name);
  return renderMetric({ name: metric.name, args });
}

function unknown(ref: MetricRef, metrics: ReadonlyMap<string, Metric>): Binding {
  const nearest = nearestName(ref.name, metrics.keys());
  const some = [...metrics.values()].slice(0, 8).map((metric) => `\`${exampleOf(metric)}\``).join(', ');
  const suggested = nearest === null ? undefined : metrics.get(nearest);
  const fitting = suggested === undefined ? null : suggested.parameters.size === ref.args.length ? renderMetric({ name: suggested.name, args: ref.args }) : exampleOf(suggested);
  return {
    ok: false, code: 'unknown-metric', found: `the metric ${quoteLine(renderMetric(ref))}`, expected: `a metric of the catalogue: ${some}${metrics.size > 8 ? ' …' : ''}`,
    remedy: fitting === null ? 'use a name of the catalogue, or add the metric to the configuration on the base branch' : `did you mean \`${fitting}\`?`,
  };
}

function wrongArgument(ref: MetricRef, { name, value, allowed }: { readonly name: string; readonly value: string; readonly allowed: { readonly values: readonly string[] | null; readonly pattern: string | null } }): Binding {
  const nearest = allowed.values === null ? null : nearestName(value, allowed.values);
  const expected = allowed.values === null ? `a ${name} that matches \`${allowed.pattern ?? ''}\`` : allowed.values.slice(0, 12).map((known) => `\`${known}\``).join(', ') + (allowed.values.length > 12 ? ' …' : '');
  const fixed = nearest === null ? null : renderMetric({ name: ref.name, args: ref.args.map((arg) => (arg === value ? nearest : arg)) });
  return { ok: false, code: 'unknown-argument', found: `the ${name} ${quoteLine(value)}`, expected, remedy: fixed === null ? `use an allowed ${name}, or add it to the metric's \`parameters\`` : `did you mean \`${fixed}\`?` };
}

/** `m < 300 ms for each service`: the template with one argument left to stand for each. A metric that has no such parameter is not bound. */
export function bindEach(ref: MetricRef, word: string, metrics: ReadonlyMap<string, Metric>): Binding {
  const metric = metrics.get(ref.name);
  if (metric === undefined) return unknown(ref, metrics);
  const parameters = [...metric.parameters.keys()];
  const index = parameters.findIndex((name) => isParameter(name, word));
  if (index !== -1 && ref.args.length === parameters.length - 1) return { ok: true, metric };
  const expected = parameters.length === 0 ? `a template; \`${metric.name}\` is one metric` : `${parameters.map((name) => `\`for each ${name}\``).join(' or ')}, and arguments for the others`;
  return { ok: false, code: 'metric-arguments', found: `${quoteLine(renderMetric(ref))} for each ${quoteLine(word)}`, expected, remedy: parameters.length === 0 ? `leave \`for each ${word}\` out` : `write \`${metric.name}\` \`for each ${parameters[0] ?? ''}\`` };
}

/** People write the plural as well. */
export function isParameter(name: string, word: string): boolean {
  return name === word || `${name}s` === word;
}

/** The catalogue's pattern is the operator's, checked when the configuration is read; the value is short. */
function matchesWhole(pattern: string | null, value: string): boolean {
  if (value.length > LONGEST_ARGUMENT || pattern === null) return false;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value);
  } catch {
    return false;
  }
}
