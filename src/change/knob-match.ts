// Finds the knob that a setting turns: by the words of its key, its parents and its owner.
import type { Knob } from './knob.ts';
import { KNOBS } from './knobs.ts';
import { endsWithWords, wordsOf } from './words.ts';

interface Segment {
  readonly kind: 'words' | 'any' | 'many';
  readonly words: readonly string[];
  readonly exact: boolean;
}

interface Pattern {
  readonly knob: Knob;
  readonly owners: readonly RegExp[];
  /** Nearest first: the key itself, then its parents. */
  readonly segments: readonly Segment[];
  readonly weight: number;
}

/** A setting as the table looks at it. */
export interface KnobPlace {
  /** Keys from the document's root (or as far up as they are in sight) to the setting. */
  readonly names: readonly string[];
  readonly ownerType: string | null;
  /** False where keys above or the owner may be out of sight. */
  readonly complete: boolean;
}

/** `found`; `maybe` where only what is out of sight could tell; null where it is no knob. */
export type KnobMatch = { readonly kind: 'found'; readonly knob: Knob } | { readonly kind: 'maybe' } | null;

const ANY_LEAF = '*';
const byLastWord: ReadonlyMap<string, readonly Pattern[]> = indexPatterns();

/** Looks a setting up in the table. */
export function matchKnob(place: KnobPlace): KnobMatch {
  const leaf = wordsOf(place.names.at(-1) ?? '');
  let best: Pattern | null = null;
  let maybe = false;
  for (const pattern of [...(byLastWord.get(leaf.at(-1) ?? '') ?? []), ...(byLastWord.get(ANY_LEAF) ?? [])]) {
    const owner = ownerFits(pattern, place);
    const path = owner === 'no' ? 'no' : pathFits(pattern.segments, place);
    if (path === 'no') continue;
    if (path === 'maybe' || owner === 'maybe') maybe = true;
    else if (best === null || pattern.weight > best.weight) best = pattern;
  }
  if (best !== null) return { kind: 'found', knob: best.knob };
  return maybe ? { kind: 'maybe' } : null;
}

/** A row by its id, for values that say what they are without their key. */
export function knobById(id: string): KnobMatch {
  const knob = KNOBS.find((row) => row.id === id);
  return knob === undefined ? null : { kind: 'found', knob };
}

/** The last words by which keys are recognised: what a diff has to contain for the table to have a say. */
export function knobWords(): readonly string[] {
  return [...byLastWord.keys()].filter((word) => word !== ANY_LEAF);
}

function ownerFits(pattern: Pattern, place: KnobPlace): 'yes' | 'maybe' | 'no' {
  if (pattern.owners.length === 0) return 'yes';
  const type = place.ownerType;
  if (type === null) return place.complete ? 'no' : 'maybe';
  return pattern.owners.some((owner) => owner.test(type)) ? 'yes' : 'no';
}

function pathFits(segments: readonly Segment[], place: KnobPlace): 'yes' | 'maybe' | 'no' {
  let at = place.names.length - 1;
  for (let index = 0; index < segments.length; index += 1) {
    const segment = segments[index] as Segment;
    if (segment.kind === 'many') {
      const next = segments[index + 1] as Segment;
      while (at >= 0 && !segmentFits(next, place.names[at] as string)) at -= 1;
      continue;
    }
    if (at < 0) return place.complete ? 'no' : 'maybe';
    if (!segmentFits(segment, place.names[at] as string)) return 'no';
    at -= 1;
  }
  return 'yes';
}

function segmentFits(segment: Segment, name: string): boolean {
  if (segment.kind !== 'words') return true;
  const words = wordsOf(name);
  if (segment.exact && words.length !== segment.words.length) return false;
  return endsWithWords(words, segment.words);
}

function indexPatterns(): ReadonlyMap<string, readonly Pattern[]> {
  const index = new Map<string, Pattern[]>();
  for (const knob of KNOBS) {
    for (const key of knob.keys) {
      const pattern = parsePattern(knob, key);
      const leaf = pattern.segments[0] as Segment;
      const word = leaf.kind === 'words' ? (leaf.words.at(-1) ?? ANY_LEAF) : ANY_LEAF;
      index.set(word, [...(index.get(word) ?? []), pattern]);
    }
  }
  return index;
}

function parsePattern(knob: Knob, key: string): Pattern {
  const colon = key.lastIndexOf(': ');
  const owners = colon < 0 ? [] : key.slice(0, colon).split('|').map(ownerPattern);
  const segments = key.slice(colon < 0 ? 0 : colon + 2).split('/').toReversed().map(parseSegment);
  const words = segments.reduce((sum, segment) => sum + segment.words.length, 0);
  return { knob, owners, segments, weight: words * 2 + segments.length + (owners.length > 0 ? 10 : 0) + (segments[0]?.exact === true ? 1 : 0) };
}

function ownerPattern(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\*', '[^ ]*')}$`, 'i');
}

function parseSegment(text: string): Segment {
  if (text === '**') return { kind: 'many', words: [], exact: false };
  if (text === '*') return { kind: 'any', words: [], exact: false };
  const exact = text.startsWith('=');
  return { kind: 'words', words: wordsOf(exact ? text.slice(1) : text), exact };
}
