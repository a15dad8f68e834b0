// Pairs what was removed with what was added, by path inside the resource and never by the order of lines.
import { valueText } from './compare.ts';
import type { Knob } from './knob.ts';
import type { Owner, Setting } from './setting.ts';
import { wordsOf } from './words.ts';

/** A changed setting that turns a knob. */
export interface Candidate {
  readonly setting: Setting;
  readonly knob: Knob;
  /** Which hunk it stands in; settings whose root is out of sight pair within their hunk only. */
  readonly run: number;
}

/** One knob, before and after. */
export interface Turn {
  readonly knob: Knob;
  readonly from: Setting | null;
  readonly to: Setting | null;
}

/** Pairs by path; then what only moved falls out; then renamed parents and shifted list items; what is left was added or removed. */
export function pairCandidates(before: readonly Candidate[], after: readonly Candidate[]): readonly Turn[] {
  const byPath = pairBy(before, after, pathKey);
  const moved = pairBy(byPath.before, byPath.after, valueKey);
  const renamed = pairBy(moved.before, moved.after, siblingKey);
  const tails = pairEqualGroups(renamed.before, renamed.after);
  const siblings = pairBy(tails.before, tails.after, tailWordsKey);
  return [
    ...byPath.turns,
    ...tails.turns,
    ...siblings.turns,
    ...siblings.before.map(({ knob, setting }) => ({ knob, from: setting, to: null })),
    ...siblings.after.map(({ knob, setting }) => ({ knob, from: null, to: setting })),
  ];
}

interface Pairing {
  readonly turns: readonly Turn[];
  readonly before: readonly Candidate[];
  readonly after: readonly Candidate[];
}

function pairBy(before: readonly Candidate[], after: readonly Candidate[], keyOf: (candidate: Candidate) => string): Pairing {
  const waiting = groupBy(before, keyOf);
  const turns: Turn[] = [];
  const rest: Candidate[] = [];
  for (const candidate of after) {
    const partner = waiting.get(keyOf(candidate))?.shift();
    if (partner === undefined) rest.push(candidate);
    else turns.push({ knob: candidate.knob, from: partner.setting, to: candidate.setting });
  }
  return { turns, before: [...waiting.values()].flat(), after: rest };
}

/** Where a parent was renamed or items shifted, equally many of one tail on both sides pair in order. */
function pairEqualGroups(before: readonly Candidate[], after: readonly Candidate[]): Pairing {
  const olds = groupBy(before, tailKey);
  const news = groupBy(after, tailKey);
  const turns: Turn[] = [];
  for (const [key, added] of news) {
    const removed = olds.get(key) ?? [];
    if (removed.length !== added.length || !added.every((candidate, index) => mayBeRenamed(removed[index]?.setting, candidate.setting))) continue;
    added.forEach(({ knob, setting }, index) => turns.push({ knob, from: removed[index]?.setting ?? null, to: setting }));
    olds.delete(key);
    news.delete(key);
  }
  return { turns, before: [...olds.values()].flat(), after: [...news.values()].flat() };
}

/** Paths that differ only in steps whose own lines changed on both sides, or in positions of list items. */
function mayBeRenamed(from: Setting | undefined, to: Setting): boolean {
  if (from === undefined || from.steps.length !== to.steps.length) return false;
  if (ownerKey(from.owner) !== ownerKey(to.owner) && !(from.owner.fresh && to.owner.fresh)) return false;
  return from.steps.every((step, index) => {
    const other = to.steps[index];
    if (other === undefined) return false;
    if (step.name === other.name && (step.name !== '' || step.label === other.label)) return true;
    return (step.name === '') === (other.name === '') && (step.changed || step.name === '') && (other.changed || other.name === '');
  });
}

/** What names an owner on both sides of a change. */
export function ownerKey(owner: Owner): string {
  return `${owner.within === null ? '' : ownerKey(owner.within)}|${owner.type ?? ''}|${owner.namespace ?? ''}|${owner.name ?? ''}|${owner.address.join('.')}`;
}

function pathKey({ setting, run, knob }: Candidate): string {
  const steps = setting.steps.map((step) => (step.index === null ? step.name : `${step.name}[${step.label ?? `${step.index}${step.changed ? ' new' : ''}`}]`));
  return `${setting.rooted ? '' : run}\n${ownerKey(setting.owner)}\n${steps.join('\n')}\n${knob.id}`;
}

function valueKey({ setting, knob }: Candidate): string {
  return `${knob.id}\n${setting.steps.at(-1)?.name ?? ''}\n${valueText(knob.value, setting.value) ?? ''}`;
}

/** A key that got another name beside its siblings, and kept its value. */
function siblingKey(candidate: Candidate): string {
  return `${parentKey(candidate)}\n${valueText(candidate.knob.value, candidate.setting.value) ?? ''}`;
}

/** A key that got another name that ends alike, and another value: `PARTITION_COUNT` → `TOPIC_PARTITION_COUNT`; but a bound is no rename. */
function tailWordsKey(candidate: Candidate): string {
  const words = wordsOf(candidate.setting.steps.at(-1)?.name ?? '');
  const bounds = words.filter((word) => word === 'min' || word === 'max');
  return `${parentKey(candidate)}\n${[...bounds, ...words.slice(-2)].join(' ')}`;
}

function parentKey({ setting, run, knob }: Candidate): string {
  const above = setting.steps.slice(0, -1).map((step) => `${step.name}[${step.label ?? step.index ?? ''}]`);
  return `${setting.rooted ? '' : run}\n${ownerKey(setting.owner)}\n${above.join('\n')}\n${knob.id}`;
}

function tailKey({ setting, knob }: Candidate): string {
  const renamed = setting.steps.slice(0, -1).map((step) => (step.changed ? '1' : '0')).join('');
  return `${knob.id}\n${renamed}\n${setting.steps.at(-1)?.name ?? ''}`;
}

function groupBy(candidates: readonly Candidate[], keyOf: (candidate: Candidate) => string): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [candidate]);
    else group.push(candidate);
  }
  return groups;
}
