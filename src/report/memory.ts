// What earlier verdicts say, in a line each: "The last 4 raises of `replicas` here: 1 validated (#12), 2 refuted (#15, #18), 1 inconclusive (#20)."
import type { LedgerEntry, Recollection } from '../model/experiment.ts';
import { metricName } from './names.ts';

/** Markdown, a list item each; null where nothing is remembered. */
export function renderMemory(recollections: readonly Recollection[]): string | null {
  return recollections.length === 0 ? null : recollections.map((one) => `- ${renderRecollection(one)}`).join('\n');
}

function renderRecollection({ by, entries }: Recollection): string {
  const [only, ...others] = entries;
  if (only !== undefined && others.length === 0) return `The last ${renderThing(by, 'one')} here: ${only.outcome}${links([only])}.`;
  const words = [...new Set(entries.map(({ outcome }) => outcome))];
  const counted = words.map((word) => entries.filter(({ outcome }) => outcome === word)).map((same) => `${same.length} ${same[0]?.outcome}${links(same)}`);
  return `The last ${entries.length} ${renderThing(by, 'many')} here: ${counted.join(', ')}.`;
}

const TURNS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  up: ['raise', 'raises'], down: ['cut', 'cuts'], added: ['addition', 'additions'], removed: ['removal', 'removals'], changed: ['change', 'changes'],
};

function renderThing({ kind, name }: Recollection['by'], count: 'one' | 'many'): string {
  const bets = count === 'one' ? 'bet' : 'bets';
  if (kind !== 'knob') return `${bets} on ${metricName(name)}`;
  const space = name.lastIndexOf(' ');
  const turn = TURNS[name.slice(space + 1)];
  if (turn === undefined) return `${bets} on ${metricName(name)}`;
  return `${turn[count === 'one' ? 0 : 1]} of ${metricName(name.slice(0, space))}`;
}

/** The pull request or issue where each was told; silent ones were told nowhere. */
function links(entries: readonly LedgerEntry[]): string {
  const numbers = [...new Set(entries.flatMap(({ told, home }) => told?.number ?? home?.number ?? []))];
  return numbers.length === 0 ? '' : ` (${numbers.map((number) => `#${number}`).join(', ')})`;
}
