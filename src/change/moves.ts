// Values that only moved: from one file to another, or from a resource into a variable.
import type { Turn } from './pair.ts';
import type { FileReading } from './read-file.ts';
import type { Setting } from './setting.ts';

/** A turn and the file it stands in. */
export interface Told {
  readonly reading: FileReading;
  readonly turn: Turn;
}

/** The turns of all files that are themselves new, or gone. */
export type WholeFiles = (status: 'added' | 'removed') => readonly Turn[];

/** All turns of a change but those that leave every value as it was. */
export function withoutMoves(readings: readonly FileReading[], wholeFiles: WholeFiles): readonly Told[] {
  const told = readings.flatMap((reading) => reading.turns.map((turn) => ({ reading, turn })));
  return withoutExtracted(withoutSpread(withoutCarried(told), wholeFiles), readings);
}

/** What left one file and arrived in another, under the same key with the same value, cancels out, one against one. */
function withoutCarried(told: readonly Told[]): readonly Told[] {
  const left = told.filter(({ turn }) => turn.to === null).map(({ turn }) => moveKey(turn));
  const arrived = told.filter(({ turn }) => turn.from === null).map(({ turn }) => moveKey(turn));
  const carried = commonCounts(left, arrived);
  const [goneLeft, goneArrived] = [new Map(carried), new Map(carried)];
  return told.filter((one) => {
    if (one.turn.from !== null && one.turn.to !== null) return true;
    return !take(one.turn.to === null ? goneLeft : goneArrived, moveKey(one.turn));
  });
}

/** What a file that goes had spreads over those that stay, to as many as there are; what a new one has was gathered from them. */
function withoutSpread(told: readonly Told[], wholeFiles: WholeFiles): readonly Told[] {
  const gone = told.some(({ turn }) => turn.from === null) ? new Set(wholeFiles('removed').map(moveKey)) : new Set();
  const come = told.some(({ turn }) => turn.to === null) ? new Set(wholeFiles('added').map(moveKey)) : new Set();
  return told.filter(({ turn }) => (turn.from !== null || !gone.has(moveKey(turn))) && (turn.to !== null || !come.has(moveKey(turn))));
}

function moveKey(turn: Turn): string {
  const setting = (turn.to ?? turn.from) as Setting;
  return `${turn.knob.id} ${setting.steps.slice(-2).map((step) => step.name).join('.')} ${setting.value}`;
}

function commonCounts(left: readonly string[], right: readonly string[]): ReadonlyMap<string, number> {
  const waiting = new Map<string, number>();
  for (const key of left) waiting.set(key, (waiting.get(key) ?? 0) + 1);
  const common = new Map<string, number>();
  for (const key of right) if (take(waiting, key)) common.set(key, (common.get(key) ?? 0) + 1);
  return common;
}

function take(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) counts.set(key, count - 1);
  return count > 0;
}

/** `size = 130` → `size = var.size` beside a new `default = 130`: the value stays, it only has a name now. And the way back. */
function withoutExtracted(told: readonly Told[], readings: readonly FileReading[]): readonly Told[] {
  if (!told.some(({ turn }) => mixes(turn))) return told;
  const gone = changedLiterals(readings.flatMap((reading) => reading.before));
  const come = changedLiterals(readings.flatMap((reading) => reading.after));
  const extracted = new Set<string>();
  const kept = told.filter(({ turn }) => {
    if (!mixes(turn)) return true;
    const named = turn.from?.literal === true;
    const value = (named ? turn.from : turn.to)?.value ?? '';
    if (!(named ? come : gone).has(value)) return true;
    extracted.add(`${turn.knob.id} ${value}`);
    return false;
  });
  return kept.filter(({ turn }) => {
    const only = turn.from === null ? turn.to : turn.to === null ? turn.from : null;
    return only === null || !extracted.has(`${turn.knob.id} ${only.value}`);
  });
}

function changedLiterals(settings: readonly Setting[]): ReadonlySet<string> {
  return new Set(settings.filter((setting) => setting.changed && setting.literal).map((setting) => setting.value));
}

function mixes({ from, to }: Turn): boolean {
  return from !== null && to !== null && from.literal !== to.literal;
}
