// New entries in a map of peers: one namespace more, with its own limits, changes no other.
import type { Turn } from './pair.ts';
import type { Setting, Step } from './setting.ts';

/**
 * Steps that came (or went) as an entry of a plural map (`namespaces`, `choices`) in which an entry that stays has the same keys.
 * Not `resources`: `requests.cpu` beside `limits.cpu` is no new thing.
 */
export function newPeers(turns: readonly Turn[], settings: readonly Setting[]): readonly Step[] {
  const entries = turns.filter((turn) => turn.from === null || turn.to === null).flatMap(({ from, to }) => entryOf((to ?? from) as Setting));
  if (entries.length === 0) return [];
  const parents = new Set(entries.map(({ parent }) => parent));
  const shapes = new Map<Step, Set<string>>();
  for (const { steps } of settings) {
    steps.forEach((step, index) => {
      if (!parents.has(step) || steps[index + 1]?.changed !== false) return;
      const known = shapes.get(step) ?? new Set();
      shapes.set(step, known.add(keysBelow(steps, index + 1)));
    });
  }
  return entries.filter(({ parent, keys }) => shapes.get(parent)?.has(keys) === true).map(({ step }) => step);
}

interface Entry {
  readonly step: Step;
  readonly parent: Step;
  readonly keys: string;
}

/** The outermost changed key on the way, where it is an entry of a plural map. */
function entryOf({ steps }: Setting): readonly Entry[] {
  const at = steps.findIndex((step) => step.changed);
  const [step, parent] = [steps[at], steps[at - 1]];
  if (step === undefined || parent === undefined || steps.length - at < 2 || step.index !== null || !/(?<!resource)s$/i.test(parent.name)) return [];
  return [{ step, parent, keys: keysBelow(steps, at) }];
}

function keysBelow(steps: readonly Step[], at: number): string {
  return steps.slice(at + 1, at + 3).map((step) => step.name).join('\n');
}
