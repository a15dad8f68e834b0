// Reads one changed file: which knobs were turned in it, and whether more of the file is needed to say so.
import type { FileDiff, FileEnds } from '../model/change.ts';
import type { Preset } from '../model/config.ts';
import { compareValues, isValueOf, valueText } from './compare.ts';
import { formatOf, type Format } from './format.ts';
import type { Knob } from './knob.ts';
import { knobWords } from './knob-match.ts';
import { ownerKey, pairCandidates, type Candidate, type Turn } from './pair.ts';
import { knobOf } from './place.ts';
import { readSide } from './read-side.ts';
import type { Setting, Step } from './setting.ts';
import { newPeers } from './peers.ts';
import { sidesOfFile, sidesOfPatch } from './side.ts';

/** What a file's change turns, before it is told as facts. */
export interface FileReading {
  readonly file: FileDiff;
  readonly turns: readonly Turn[];
  /** All settings of each side, for what stands beside a knob. */
  readonly before: readonly Setting[];
  readonly after: readonly Setting[];
  readonly needsEnds: boolean;
}

/** Autoscalers attach to what exists, so a new one is a change of something that ran before. */
const ATTACHES = /^(?:HorizontalPodAutoscaler|VerticalPodAutoscaler|ScaledObject|ScaledJob|aws_appautoscaling_\w+|aws_autoscaling_(?:schedule|policy)|AWS::ApplicationAutoScaling::\w+|google_compute_(?:region_)?autoscaler|azurerm_monitor_autoscale_setting|kubernetes_horizontal_pod_autoscaler\w*|aws_lambda_provisioned_concurrency_config)$/;
const ATTACHES_TEXT = /PodAutoscaler|kind: Scaled(?:Object|Job)|autoscal/i;
const WORTH_READING = new RegExp(`(?:${[...new Set(knobWords())].join('|')}|\\b(?:db|cache)\\.[a-z][0-9]|\\.(?:[0-9]{0,3}xlarge|large|medium|small|micro)|Standard_)`, 'i');
/** Values are numbers, or names of sizes and classes: where no changed line holds one, nothing is turned. */
const MAY_TURN = /^[-+].*(?:[0-9]|small|medium|large|micro|nano|metal|size|type|class|tier|sku|plan|flavor)/im;

interface Known {
  readonly presets: readonly Preset[];
  readonly ends: FileEnds | null;
  readonly reading: FileReading | null;
}

/** A decision asks anew after each round of reading: what a file said need not be found out again. */
const known = new WeakMap<FileDiff, Known>();

/** Reads a file's turns; null where it can have none (by its path, its words, or the presets). */
export function readFile(file: FileDiff, presets: readonly Preset[], ends: FileEnds | null): FileReading | null {
  const last = known.get(file);
  if (last !== undefined && last.presets === presets && last.ends === ends) return last.reading;
  const reading = readAnew(file, presets, ends);
  known.set(file, { presets, ends, reading });
  return reading;
}

function readAnew(file: FileDiff, presets: readonly Preset[], ends: FileEnds | null): FileReading | null {
  const whole = file.status === 'added' || file.status === 'removed';
  if (whole && !ATTACHES_TEXT.test(file.patch ?? '')) return null;
  const format = formatToRead(file, presets);
  return format === null ? null : readTurns(file, format, whole ? null : ends);
}

function formatToRead(file: FileDiff, presets: readonly Preset[]): Format | null {
  if (file.patch === null) return null;
  const format = formatOf(file);
  if (format === null || !format.presets.some((preset) => presets.includes(preset))) return null;
  return MAY_TURN.test(file.patch) && WORTH_READING.test(file.patch) ? format : null;
}

/** All knobs of a file that is itself new or gone: no change, but where values came from or went. */
export function readWholeFile(file: FileDiff, presets: readonly Preset[]): readonly Turn[] {
  const format = formatToRead(file, presets);
  if (format === null) return [];
  const sides = sidesOfPatch(file.patch ?? '');
  const [before, after] = [readSide(sides.before, format, file.path), readSide(sides.after, format, file.path)];
  return pairCandidates(candidatesOf(before).candidates, candidatesOf(after).candidates);
}

function readTurns(file: FileDiff, format: Format, ends: FileEnds | null): FileReading {
  const sides = ends === null ? sidesOfPatch(file.patch ?? '') : sidesOfFile(file, ends);
  const before = readSide(sides.before, format, file.previousPath ?? file.path);
  const after = readSide(sides.after, format, file.path);
  const removed = candidatesOf(before);
  const added = candidatesOf(after);
  const pairs = pairCandidates(removed.candidates, added.candidates);
  const whole = file.status === 'added' || file.status === 'removed' || isRewritten(file, before.flat(), after.flat());
  const context = { format, whole, oldOwners: ownersOf(before), newOwners: ownersOf(after) };
  const born = new Set([...newMachines(pairs, [...before.flat(), ...after.flat()]), ...newWorkloads([...before.flat(), ...after.flat()]), ...newPeers(pairs, [...before.flat(), ...after.flat()])]);
  const off = switchedOff(after.flat());
  const turns = pairs.filter((turn) => counts(turn, context) && !off.has(ownerKey(((turn.to ?? turn.from) as Setting).owner)) && !(isOneSided(turn) && stepsAbove(turn).some((step) => born.has(step))));
  const partial = ends === null && !whole && (removed.partial || added.partial);
  return { file, turns, before: before.flat(), after: after.flat(), needsEnds: partial };
}

/** Another file under the same name: no line stays, and no key at the root. */
function isRewritten({ patch }: FileDiff, before: readonly Setting[], after: readonly Setting[]): boolean {
  if (patch === null || !/^@@ -1[, ]/.test(patch) || /^(?: |@@(?! -1[, ]))/m.test(patch)) return false;
  const roots = new Set(before.map(rootOf));
  return after.length > 0 && !after.some((setting) => roots.has(rootOf(setting)));
}

function rootOf({ owner, steps }: Setting): string {
  return owner.address.join('.') || (steps[0]?.name ?? '');
}

/** Resources and modules with `count = 0`: they don't exist, so nothing in them scales. */
function switchedOff(settings: readonly Setting[]): ReadonlySet<string> {
  return new Set(settings.filter((setting) => setting.steps.length === 1 && setting.steps[0]?.name === 'count' && setting.value === '0' && setting.owner.address.length > 0).map((setting) => ownerKey(setting.owner)));
}

/**
 * Entries of maps that came (or went) together with a class of their own: `gpu = { instance_type = …, max_size = … }` is a new machine.
 * So is one whose key was there before, with nothing below it that stays.
 */
function newMachines(turns: readonly Turn[], settings: readonly Setting[]): readonly Step[] {
  const classes = turns.filter((turn) => isOneSided(turn) && turn.knob.value === 'class');
  if (classes.length === 0) return [];
  const paired = turns.flatMap(({ from, to }) => (from === null || to === null ? [] : [from, to]));
  const lasting = new Set([...settings.filter(({ changed }) => !changed), ...paired].flatMap(({ steps }) => steps));
  return classes.flatMap((turn) => stepsAbove(turn).filter((step, index, above) => step.changed || (index === above.length - 1 && !lasting.has(step))));
}

/** Entries of maps that came (or went) with an image or a name for people: a new workload in an existing values file, a new choice on a menu. */
function newWorkloads(settings: readonly Setting[]): readonly Step[] {
  const telling = settings.filter((setting) => setting.changed && /^(?:image|repository|tag|storage_?uri|display_?name)$/i.test(setting.steps.at(-1)?.name ?? ''));
  return telling.flatMap((setting) => setting.steps.slice(0, -1).filter((step) => step.changed && step.name !== 'image'));
}

function isOneSided({ from, to }: Turn): boolean {
  return from === null || to === null;
}

/** The steps that hold the setting, without its own. */
function stepsAbove({ from, to }: Turn): readonly Step[] {
  return ((to ?? from) as Setting).steps.slice(0, -1);
}

function candidatesOf(runs: readonly (readonly Setting[])[]): { readonly candidates: readonly Candidate[]; readonly partial: boolean } {
  const candidates: Candidate[] = [];
  let partial = false;
  runs.forEach((settings, run) => {
    for (const setting of settings) {
      if (!setting.changed) continue;
      const match = knobOf(setting);
      if (match === null) continue;
      if (!mayBeValue(match, setting)) {
        // A bare number under `size` is one only below `disks` or the like, which may be out of sight.
        partial = partial || (!setting.rooted && match.kind === 'found' && match.knob.value === 'bytes-with-unit' && /^[0-9]{1,9}$/.test(setting.value));
        continue;
      }
      partial = partial || !setting.rooted;
      if (match.kind === 'found') candidates.push({ setting, knob: match.knob, run });
    }
  });
  return { candidates, partial };
}

function mayBeValue(match: NonNullable<ReturnType<typeof knobOf>>, setting: Setting): boolean {
  if (!setting.literal || match.kind === 'maybe') return match.kind === 'found' || /[0-9]/.test(setting.value);
  const text = valueText(match.knob.value, setting.value);
  return text !== null && isValueOf(match.knob.value, text);
}

interface TurnContext {
  readonly format: Format;
  readonly whole: boolean;
  readonly oldOwners: ReadonlySet<string>;
  readonly newOwners: ReadonlySet<string>;
}

/** A turn is a fact when the value differs and the thing that is scaled was there before and after. */
function counts(turn: Turn, context: TurnContext): boolean {
  const { knob, from, to } = turn;
  if (from !== null && to !== null) return !isGuard(knob, from, to) && compareTurn(turn) !== null;
  const setting = (from ?? to) as Setting;
  if (!setting.literal || setting.value === '') return false;
  if (isGuard(knob, setting, setting)) return false;
  if (ATTACHES.test(setting.owner.type ?? '')) return true;
  return !context.whole && !isNewThing(setting, from === null ? context.oldOwners : context.newOwners, context.format);
}

/** The difference of a turn with both sides; null where there is none. */
export function compareTurn({ knob, from, to }: Turn): ReturnType<typeof compareValues> {
  if (from === null || to === null) return null;
  const [before, after] = [from, to].map((side) => ({ text: valueText(knob.value, side.value) ?? '', literal: side.literal })) as [{ text: string; literal: boolean }, { text: string; literal: boolean }];
  return compareValues(knob.value, before, after);
}

/** `count = 0`, `count = 1`, `count = var.enabled ? 1 : 0`: a switch, not a size. */
function isGuard(knob: Knob, from: Setting, to: Setting): boolean {
  if (knob.value !== 'replicas-or-guard' || from.steps.at(-1)?.name !== 'count') return false;
  return [from, to].every((side) => (side.literal ? /^[01]$/.test(side.value) : !/(?<![\w."-])(?:[2-9]|[1-9][0-9]{1,4})(?![\w."])/.test(side.value)));
}

/** The resource, document, list item or service was itself added (or removed) with the setting. */
function isNewThing(setting: Setting, otherSide: ReadonlySet<string>, format: Format): boolean {
  if (setting.owner.fresh && !otherSide.has(ownerKey(setting.owner))) return true;
  const last = setting.steps.length - 1;
  const entry = setting.steps.findIndex((step) => format.entries.includes(step.name)) + 1;
  return setting.steps.some((step, index) => {
    if (!step.changed || index === last) return false;
    if (index === entry && entry > 0) return true;
    // The item that is the pair of name and value is the knob itself.
    return step.name === '' && step.index !== null && !(index === last - 1 && (setting.steps[last]?.name ?? '').toLowerCase() === 'value') && !isAssignment(setting, index);
  });
}

/** `- KEY=value`: the item's only key stands on the item's own line and is the last step. */
function isAssignment(setting: Setting, index: number): boolean {
  return index === setting.steps.length - 2 && setting.steps[index]?.line === setting.line && /^[A-Z_]+$|^[a-z-]+$/.test(setting.steps.at(-1)?.name ?? '') && setting.owner.type !== null;
}

function ownersOf(runs: readonly (readonly Setting[])[]): ReadonlySet<string> {
  return new Set(runs.flatMap((settings) => settings.map((setting) => ownerKey(setting.owner))));
}
