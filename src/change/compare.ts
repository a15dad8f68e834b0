// Compares two written values of a knob: are they the same, by how much do they differ, which way.
import type { Direction } from '../model/change.ts';
import { parseBytes, parseSize, type Size } from '../quantity/size.ts';
import type { ValueKind } from './knob.ts';
import { classFactor, parseClass } from './ladder.ts';

export interface Difference {
  readonly factor: number | null;
  readonly direction: Direction;
}

/** A value as a setting has it. */
export interface WrittenValue {
  readonly text: string;
  readonly literal: boolean;
}

const HEAP = /-(?:Xmx|XX:(?:MaxRAM|MaxHeapSize)=)[0-9]{1,12}[kKmMgGtT]?|-XX:MaxRAMPercentage=[0-9.]{1,6}|--max-old-space-size=[0-9]{1,9}/;
const HEAP_OPTION = /^-[A-Za-z:-]+=?/;

/** How two values differ; null where they are one value, written differently or not. */
export function compareValues(kind: ValueKind, from: WrittenValue, to: WrittenValue): Difference | null {
  if (from.text === to.text) return null;
  if (!from.literal || !to.literal) return compareExpressions(kind, from, to);
  if (kind === 'class') return compareClasses(from.text, to.text);
  if (kind === 'heap' && HEAP_OPTION.exec(from.text)?.[0] !== HEAP_OPTION.exec(to.text)?.[0]) return { factor: null, direction: 'changed' };
  return compareNumbers(sizeOf(kind, from.text), sizeOf(kind, to.text));
}

/** Whether a literal can be a value of this kind at all: `memory: true` is none. */
export function isValueOf(kind: ValueKind, text: string): boolean {
  if (kind === 'class') return parseClass(text) !== null || /^[0-9]{1,3}$/.test(text) || /^[A-Za-z][\w.-]{1,60}$/.test(text);
  return sizeOf(kind, text) !== null;
}

/** The knob of a value that can be nothing else (`db.r5.large`, `Standard_D2s_v3`, `-Xmx2g`), whatever its key is called; null for all others. */
export function knobOfValue(text: string): 'database-class' | 'cache-class' | 'instance-type' | 'heap' | null {
  return HEAP.test(text) ? 'heap' : classOf(text);
}

/** The knob of a class (`cache.m5.large`), whatever its key is called. */
export function classOf(text: string): 'database-class' | 'cache-class' | 'instance-type' | null {
  if (!/^(?:(?:db|cache|kafka)\.)?[a-z]{1,4}[0-9][a-z]{0,5}(?:-[a-z0-9]{1,6})?\.[a-z0-9-]{4,9}(?:\.search)?$|^Standard_[A-Z]{1,3}[0-9]|^(?:GP|MO|BC?|HS)_(?:S_)?(?:Gen[0-9]_|Standard_[A-Z])|^[a-z][0-9][a-z]?-(?:standard|highmem|highcpu)-[0-9]/.test(text)) return null;
  if (parseClass(text) === null) return null;
  return /^db\.|^(?:GP|MO|BC?|HS)_/.test(text) ? 'database-class' : text.startsWith('cache.') ? 'cache-class' : 'instance-type';
}

/** The part of a text that is the value: `-Xmx2g` of a JVM's options; the text itself for all other kinds. */
export function valueText(kind: ValueKind, text: string): string | null {
  if (kind !== 'heap') return text;
  return HEAP.exec(text)?.[0] ?? null;
}

function sizeOf(kind: ValueKind, text: string): Size | null {
  if (kind === 'heap') return parseBytes(text.replace(HEAP_OPTION, '').toLowerCase());
  if (kind === 'bytes') return parseBytes(text);
  if (kind === 'bytes-with-unit') return /[KMGTP]i?B?$/i.test(text) ? onlyBytes(parseSize(text)) : null;
  if (kind === 'cpu') return parseSize(text);
  const size = parseSize(text.replace(/(?<=[0-9])_(?=[0-9])/g, ''));
  return size?.dimension === 'plain' || kind === 'class' ? size : null;
}

function onlyBytes(size: Size | null): Size | null {
  return size?.dimension === 'bytes' ? size : null;
}

function compareNumbers(from: Size | null, to: Size | null): Difference | null {
  if (from === null || to === null) return { factor: null, direction: 'changed' };
  if (from.dimension !== to.dimension && from.dimension !== 'plain' && to.dimension !== 'plain') return { factor: null, direction: 'changed' };
  if (from.value === to.value) return null;
  // −1 is "leave as it is", or "no limit": no size to compare.
  if (from.value < 0 || to.value < 0) return { factor: null, direction: 'changed' };
  // Binary fractions: 0.1 CPU to 0.3 CPU is × 3, not × 2.9999999999999996.
  const factor = from.value === 0 ? null : Number((to.value / from.value).toPrecision(15));
  return { factor, direction: to.value > from.value ? 'up' : 'down' };
}

/** Another family at the same size is a change of class with factor 1; whether it is more, nobody can say from its name. */
function compareClasses(from: string, to: string): Difference | null {
  const [before, after] = [parseClass(from), parseClass(to)];
  if (before === null || after === null) {
    return before === null && after === null ? compareNumbersOrNames(from, to) : { factor: null, direction: 'changed' };
  }
  const factor = classFactor(before, after);
  if (before.ladder !== after.ladder || before.size === null || after.size === null || before.size === after.size) return { factor, direction: 'changed' };
  return { factor, direction: after.size > before.size ? 'up' : 'down' };
}

function compareNumbersOrNames(from: string, to: string): Difference | null {
  const [before, after] = [parseSize(from), parseSize(to)];
  return before !== null && after !== null ? compareNumbers(before, after) : { factor: null, direction: 'changed' };
}

const LITERAL_IN_EXPRESSION = /"([^"$]{0,80})"|(?<![\w.[-])([0-9]{1,15}(?:\.[0-9]{1,9})?(?:[KMGT]i?)?)(?![\w.\]])/g;

/**
 * Expressions count only by the literals in them: `var.prod ? 3 : 1` → `var.prod ? 5 : 1` is 3 → 5, `var.a` → `var.b` is nothing.
 * From or to a literal it is a change of unknown size.
 */
function compareExpressions(kind: ValueKind, from: WrittenValue, to: WrittenValue): Difference | null {
  if (from.literal !== to.literal) return { factor: null, direction: 'changed' };
  const [before, after] = [literalsIn(from.text), literalsIn(to.text)];
  if (before.shape !== after.shape) return null;
  const differing = before.literals.flatMap((text, index) => (text === after.literals[index] ? [] : [[text, after.literals[index] ?? ''] as const]));
  const only = differing.length === 1 ? differing[0] : undefined;
  if (only === undefined) return differing.length > 1 ? { factor: null, direction: 'changed' } : null;
  if (!isValueOf(kind, only[0]) || !isValueOf(kind, only[1])) return null;
  return compareValues(kind, { text: only[0], literal: true }, { text: only[1], literal: true });
}

function literalsIn(text: string): { readonly shape: string; readonly literals: readonly string[] } {
  const literals: string[] = [];
  const shape = text.slice(0, 400).replace(LITERAL_IN_EXPRESSION, (_whole, quoted?: string, number?: string) => {
    literals.push(quoted ?? number ?? '');
    return '?';
  });
  return { shape, literals };
}
