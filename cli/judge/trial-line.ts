// One trial of `yardstick judge --jsonl`: a line of JSON, checked and turned into what the judge takes.
import { z } from 'zod';
import { readCriterion } from '../../src/hypothesis/criterion/read.ts';
import type { Trial } from '../../src/judge/trial.ts';
import type { MetricCriterion } from '../../src/model/hypothesis.ts';
import { parseDuration } from '../../src/quantity/duration.ts';

const kinds = ['gauge', 'count', 'rate', 'cost', 'events'] as const;
const pairs = z.array(z.tuple([z.number(), z.number()]));
/** Series are long: they are checked by hand, since a schema visits every number. The first bad point is named. */
const points = z.custom<readonly (readonly number[])[]>(() => true).superRefine((value: unknown, context) => {
  if (!Array.isArray(value)) return context.addIssue({ code: 'custom', message: 'expected a list of [epochSeconds, value]' });
  const at = value.findIndex((point) => !isPoint(point));
  if (at >= 0) context.addIssue({ code: 'custom', path: [at], message: 'expected [epochSeconds, value], numbers or null' });
  else if (value[0]?.[0] > latest) context.addIssue({ code: 'custom', path: [0], message: 'expected seconds since 1970; these look like milliseconds' });
});

/** A value may be null where there is none; `[t, bad, total]` is a point too. */
function isPoint(point: unknown): boolean {
  return Array.isArray(point) && typeof point[0] === 'number' && point.length >= 2 && point.every((value) => typeof value === 'number' || value === null);
}

/** Epoch seconds of the year 5138: what is later is in milliseconds. */
const latest = 1e11;
/** Seconds; longer windows are a slip of the pen. */
const longest = 366 * 86_400;

const line = z.object({
  id: z.union([z.string(), z.number()]),
  metric: z.object({
    name: z.string(), unit: z.string().nullish(), better: z.enum(['lower', 'higher']).nullish(), kind: z.enum(kinds),
    aggregate: z.enum(['median', 'mean', 'p95', 'max']).nullish(),
  }),
  criterion: z.string(),
  role: z.enum(['goal', 'guardrail']).nullish(),
  series: points,
  deployedAt: z.number().min(0).max(latest, 'expected seconds since 1970; this looks like milliseconds'),
  settle: z.string().default('0s'),
  window: z.string(),
  others: z.record(z.string(), points).default({}),
  history: points.default([]),
  exclude: pairs.default([]),
  deployments: z.array(z.number()).default([]),
});

export type TrialLine = { readonly ok: true; readonly id: string | number; readonly trial: Trial } | { readonly ok: false; readonly id: string | number | null; readonly found: string };

/** Never throws: what is wrong with a line is told in its own verdict. */
export function parseTrialLine(text: string): TrialLine {
  const json = parseJson(text);
  if (json === undefined) return { ok: false, id: null, found: 'not JSON' };
  const id = idOf(json);
  const read = line.safeParse(json);
  if (!read.success) return { ok: false, id, found: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).slice(0, 3).join('; ') };
  const { data } = read;
  const criterion = parseCriterionText(machineNumbers(data.criterion), data.role ?? null);
  if (typeof criterion === 'string') return { ok: false, id, found: criterion };
  const settle = parseDuration(data.settle);
  const window = parseDuration(data.window);
  if (settle === null) return { ok: false, id, found: `settle: "${data.settle.slice(0, 40)}" is no duration` };
  if (window === null || window <= 0) return { ok: false, id, found: `window: "${data.window.slice(0, 40)}" is no duration` };
  if (window > longest || settle > longest) return { ok: false, id, found: `${window > longest ? 'window' : 'settle'}: longer than a year` };
  const { name, unit, better, kind, aggregate } = data.metric;
  const metric = { name, unit: unit === '' ? null : (unit ?? null), better: better ?? null, kind, aggregate: aggregate ?? null };
  return { ok: true, id: data.id, trial: { ...data, metric, criterion, settle, window, others: new Map(Object.entries(data.others)) } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function idOf(json: unknown): string | number | null {
  const id = typeof json === 'object' && json !== null && 'id' in json ? json.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/** In JSON Lines a number is written as JSON writes it: `1.200` and `3.67e+06` have one reading, which the grammar of people gets spelt out. */
function machineNumbers(text: string): string {
  return text.replaceAll(/(?<![\w.,])\d{1,17}(?:\.\d{1,17})?(?:e[+-]?\d{1,3})?(?![\d.,])/gi, (digits) => {
    const plain = /e/i.test(digits) ? Number(digits).toFixed(12).replace(/\.?0+$/, '') : digits;
    return /^\d{1,3}\.\d{3}$/.test(plain) ? `${plain}0` : plain;
  });
}

/** A measured criterion, or what is wrong with it. */
export function parseCriterionText(text: string, role: 'goal' | 'guardrail' | null): MetricCriterion | string {
  const read = readCriterion({ text, place: { file: 'criterion', line: 1, column: 1 }, role });
  if (!read.ok) return `criterion: ${read.problem.found}; expected ${read.problem.expected}; ${read.problem.remedy}`;
  if (read.criterion.kind === 'evidence') return 'criterion: evidence is one value; there is no series to judge';
  return role === null ? read.criterion : { ...read.criterion, role };
}
