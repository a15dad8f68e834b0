// Chooses the metrics of a draft: those of the catalogue that fit the service and what is scaled.
import type { ScalingFact } from '../model/change.ts';
import type { Metric } from '../model/config.ts';
import { parseUnit } from '../quantity/unit.ts';
import { renderMetric } from '../metric-name.ts';

/** A metric as the draft names it. */
export interface Pick {
  readonly name: string;
  readonly unit: string | null;
  readonly better: 'lower' | 'higher';
}

export interface Chosen {
  /** What should get better, or not worse: latency if the catalogue has it. */
  readonly main: Pick;
  readonly errors: Pick | null;
  readonly cost: Pick | null;
  readonly load: Pick;
  /** Events that the change should end, such as OOM kills; null where nothing points to them. */
  readonly events: Pick | null;
}

interface ChooseInput {
  readonly facts: readonly ScalingFact[];
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly services: ReadonlyMap<string, readonly string[]>;
}

/** Picks by unit, kind and name; with no catalogue, names that a reader understands. */
export function chooseMetrics({ facts, metrics, services }: ChooseInput): Chosen {
  const service = serviceOf(facts, services);
  const candidates = [...metrics.values()].filter(({ source }) => source !== 'manual').map((metric) => ({ metric, name: bound(metric, service) })).filter((entry): entry is Candidate => entry.name !== null);
  const pick = (fits: (metric: Metric) => boolean): Pick | null => {
    const fitting = candidates.filter(({ metric }) => fits(metric));
    const best = fitting.find(({ metric, name }) => service !== null && (metric.parameters.size > 0 || name.toLowerCase().includes(service.toLowerCase()))) ?? fitting[0];
    return best === undefined ? null : { name: best.name, unit: best.metric.unit, better: best.metric.better ?? 'lower' };
  };
  const memory = facts.some(({ scales }) => /memory/i.test(scales));
  const named = (name: string): string => renderMetric({ name, args: service === null ? [] : [service] });
  const errors = pick(({ name, kind }) => kind === 'rate' || /error|fail|5xx/i.test(name));
  const latency = pick(isLatency) ?? pick(({ kind, better, name }) => kind === 'gauge' && better !== null && !/cost/i.test(name));
  return {
    main: latency ?? errors ?? { name: named('p95'), unit: 'ms', better: 'lower' },
    errors: errors ?? (metrics.size === 0 ? { name: named('error_rate'), unit: '%', better: 'lower' } : null),
    cost: pick((metric) => metric.kind === 'cost' || parseUnit(metric.unit ?? '')?.dimension.startsWith('money') === true),
    load: pick(({ unit, name }) => parseUnit(unit ?? '')?.dimension === 'rate' || /rps|throughput|requests|traffic/i.test(name)) ?? { name: named('rps'), unit: null, better: 'higher' },
    events: memory ? pick(({ kind, name }) => kind === 'events' && /oom|kill|evict|restart/i.test(name)) : null,
  };
}

interface Candidate {
  readonly metric: Metric;
  readonly name: string;
}

function isLatency({ unit, name, kind }: Metric): boolean {
  return kind === 'gauge' && (parseUnit(unit ?? '')?.dimension === 'time' || /latency|duration|p9[0-9]/i.test(name));
}

/** The metric's name with the service as its argument; null where the service is no allowed one, or it wants more. */
function bound(metric: Metric, service: string | null): string | null {
  const parameters = [...metric.parameters.values()];
  const [first] = parameters;
  if (first === undefined) return metric.name;
  if (parameters.length > 1) return null;
  const fits = service !== null && (first.values === null ? matches(first.pattern, service) : first.values.includes(service));
  const argument = fits ? service : first.values?.[0];
  return argument === undefined ? null : renderMetric({ name: metric.name, args: [argument] });
}

function matches(pattern: string | null, service: string): boolean {
  try {
    return pattern !== null && service.length <= 100 && new RegExp(`^(?:${pattern})$`, 'u').test(service);
  } catch {
    return false;
  }
}

/** The service that the configuration gives the path, else the one that the fact names, if it can be written as an argument. */
function serviceOf(facts: readonly ScalingFact[], services: ReadonlyMap<string, readonly string[]>): string | null {
  for (const { file } of facts) {
    for (const [service, globs] of services) {
      if (globs.some((glob) => covers(glob, file))) return service;
    }
  }
  const named = facts.find(({ service }) => service !== null)?.service ?? null;
  return named !== null && /^[\w.:/-]{1,80}$/.test(named) ? named : null;
}

/** Enough of a glob for a suggestion: what stands before its first wildcard. */
function covers(glob: string, file: string): boolean {
  const fixed = glob.replace(/^\//, '').split(/[*?[{]/, 1)[0] ?? '';
  return fixed !== '' && (fixed === file || (file.startsWith(fixed) && (fixed.endsWith('/') || glob.length > fixed.length)));
}
