// Finds one metric's value in what a load test or drill left behind: JSON by its key, or a line or table row of text.
import type { MetricRef, Quantity } from '../model/hypothesis.ts';
import { parseUnit } from '../quantity/unit.ts';
import { renderMetric } from '../metric-name.ts';

/** More values in a JSON document, or lines in a text, are not looked at. */
const LOOKED_AT_MAX = 100_000;
const LINE_MAX = 500;

/** The value, or why there is none. What is found twice with different values is not chosen between. */
export function findValue(text: string, metric: MetricRef): Quantity | string {
  const names = [...new Set([renderMetric(metric), metric.name])];
  const document = parseJson(text);
  for (const name of names) {
    const found = document === undefined ? inText(text, name) : inJson(document, name);
    const different = new Map(found.map((value) => [`${value.value} ${value.unit}`, value]));
    if (different.size > 1) return `it says ${name} ${different.size} times, each time with another value`;
    const [only] = different.values();
    if (only !== undefined) return only;
  }
  return `it says nothing of ${names.join(' or ')}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Every value under this key, however deep; one at the top is the only one that counts. */
function inJson(document: unknown, name: string): readonly Quantity[] {
  const top = quantityAt(document, name);
  if (top !== null) return [top];
  const found: Quantity[] = [];
  const open: unknown[] = [document];
  for (let looked = 0; open.length > 0 && looked < LOOKED_AT_MAX; looked += 1) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    const here = quantityAt(value, name);
    if (here !== null) found.push(here);
    for (const inner of Object.values(value)) open.push(inner);
  }
  return found;
}

/** `287`, `"287 ms"`, or `{"value": 287, "unit": "ms"}`. */
function quantityAt(holder: unknown, name: string): Quantity | null {
  const value = memberOf(holder, name);
  if (typeof value === 'number' && Number.isFinite(value)) return { value, unit: null };
  if (typeof value === 'string') return parseQuantity(value);
  const [amount, unit] = [memberOf(value, 'value'), memberOf(value, 'unit')];
  return typeof amount === 'number' && Number.isFinite(amount) ? { value: amount, unit: typeof unit === 'string' ? unit.slice(0, 40) : null } : null;
}

function memberOf(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) ? (holder as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** Lines that begin with the name: `p95: 287 ms`, `p95 = 287ms`, `| **p95** | 287 ms |`. */
function inText(text: string, name: string): readonly Quantity[] {
  return text.split('\n', LOOKED_AT_MAX).flatMap((line) => {
    const plain = line.slice(0, LINE_MAX).replaceAll(/[|*`]/g, ' ').replace(/^[\s>-]{1,20}/, '').trim();
    const next = plain[name.length] ?? '';
    if (!plain.startsWith(name) || !/[\s:=]/.test(next)) return [];
    return parseQuantity(plain.slice(name.length).replace(/^[\s:=]{1,20}/, '')) ?? [];
  });
}

function parseQuantity(text: string): Quantity | null {
  const match = /^\s{0,9}([+-]?\d{1,15}(?:\.\d{1,15})?)\s{0,3}([^\s\d,;)]{0,20})/.exec(text.slice(0, 100));
  if (match === null) return null;
  const unit = match[2] ?? '';
  return { value: Number(match[1]), unit: parseUnit(unit) === null ? null : unit };
}
