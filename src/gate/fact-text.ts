// Says a scaling fact in one line: "`replicas` 3 → 12 (×4) in charts/orders/values.yaml:14".
import type { ScalingFact } from '../model/change.ts';
import { quote, shorten } from './quote.ts';

const PATH_LENGTH = 60;

/** The fact with its place. */
export function renderFact(fact: ScalingFact): string {
  return `${quote(tail(fact.path), PATH_LENGTH)} ${renderStep(fact)}${renderFactor(fact.factor)} in ${quote(`${fact.file}:${fact.line}`, 120)}`;
}

function renderStep({ from, to }: ScalingFact): string {
  return `${renderValue(from)} → ${renderValue(to)}`;
}

function renderValue(text: string | null): string {
  return text === null ? 'unset' : shorten(text, 30);
}

function renderFactor(factor: number | null): string {
  if (factor === null || factor === 1) return '';
  return ` (×${Number(factor.toPrecision(factor >= 1 ? 3 : 2))})`;
}

/** The end of a deep path, which names the knob; the beginning is in the file's name already. */
function tail(path: string): string {
  if (path.length <= PATH_LENGTH) return path;
  const segments = path.split('.');
  return `…${segments.slice(-2).join('.')}`;
}
