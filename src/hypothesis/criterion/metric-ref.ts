// The name of a metric in a criterion: `checkout_p95`, `p95(orders)`.
import type { MetricRef } from '../../model/hypothesis.ts';
import { refuseBad } from './amount.ts';
import type { Cursor } from './cursor.ts';
import { WORDS, type Meaning } from './words.ts';

/** Words of the grammar that can't be metrics where they stand first; a catalogue that uses one writes it with its arguments. */
const RESERVED: readonly Meaning[] = ['aux', 'not', 'never', 'stay', 'below', 'above', 'atMost', 'atLeast', 'notLess', 'peak', 'when', 'forEach', 'compared', 'about', 'baseline', 'regression', 'unchanged', 'higher', 'lower', 'worse'];
const RESERVED_WORDS = new Set([
  ...RESERVED.flatMap((meaning) => (WORDS.get(meaning) ?? []).filter((phrase) => phrase.length === 1).map(([word]) => word)),
  'by', 'to', 'from', 'of', 'in', 'on', 'at', 'for', 'and', 'or', 'but', 'no', 'without', 'with', 'between', 'within', 'than', 'we', 'it', 'this', 'that', 'there', 'i', 'zero', 'any', 'all', 'both',
  'do', "don't", 'let', 'avoid', 'prevent', 'if', 'until', 'unless', 'save', 'saves', 'saving', 'improve', 'improves', 'handle', 'handles', 'serve', 'serves', 'support', 'supports', 'survive', 'survives', 'achieve', 'achieves', 'reach', 'reaches', 'may', 'can', 'could', 'might', 'go', 'goes', 'going', 'get', 'gets', 'fall', 'falls', 'rise', 'rises', 'increases', 'decreases',
]);

/** Takes one metric, with an article before it. Null, and nothing taken, where none stands. */
export function parseMetric(cursor: Cursor): MetricRef | null {
  const start = cursor.position();
  cursor.take('article');
  const token = cursor.next();
  if (token?.kind === 'metric') return { name: token.name, args: token.args };
  if (token?.kind === 'word' && !RESERVED_WORDS.has(token.lower) && !token.lower.includes("'")) return { name: token.text.replace(/^_+/, ''), args: [] };
  cursor.reset(start);
  if (token?.kind === 'bad') refuseBad(cursor, token);
  return null;
}
