// YAML parser events → one value with positions, or what keeps the document from being one.
import { EVENT_ID, SCALAR_STYLE, getScalarValue, type AliasEvent, type Event, type ScalarEvent } from 'js-yaml';
import { aliasCycle, complexKey, duplicateKey, forbiddenKey, mergeKey, severalDocuments, tag, tooManyValues, unknownAlias, type Fault } from './faults.ts';
import { MAX_NODES } from './limits.ts';
import type { Entry, Node } from './node.ts';
import { resolveScalar } from './scalar.ts';

/** `root` is null for a file without content; `whole` is false where reading ended at a fault, so that `root` means nothing. */
export interface Composed {
  readonly root: Node | null;
  readonly whole: boolean;
  readonly faults: readonly Fault[];
}

interface Key { readonly name: string; readonly offset: number }
interface ListFrame { readonly kind: 'list'; readonly offset: number; readonly anchor: string | null; size: number; readonly items: Node[] }
interface MappingFrame { readonly kind: 'mapping'; readonly offset: number; readonly anchor: string | null; size: number; readonly entries: Map<string, Entry>; key: Key | null }
type Frame = ListFrame | MappingFrame;

/** A node, and how many values it stands for when its aliases are resolved. */
interface Sized { readonly node: Node; readonly size: number }

/** Leaves the loop over the events at the first fault that makes the rest meaningless; caught in `compose`. */
class Stop extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.found);
    this.fault = fault;
  }
}

/** Builds the value of the only document; linear in the events. */
export function compose(events: readonly Event[], text: string): Composed {
  const composer = new Composer(text);
  try {
    for (const event of events) composer.take(event);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { root: null, whole: false, faults: [...composer.faults, error.fault] };
  }
  return { root: composer.root, whole: true, faults: composer.faults };
}

/** `__proto__` would reach behind plain objects; `<<` isn't YAML 1.2. */
const REFUSED = new Map([['__proto__', forbiddenKey], ['<<', mergeKey]]);

class Composer {
  root: Node | null = null;
  readonly faults: Fault[] = [];
  private readonly text: string;
  private readonly frames: Frame[] = [];
  private readonly anchors = new Map<string, Sized>();
  private documents = 0;
  private total = 0;
  /** Start of the newest key or value: the place of an empty one. */
  private last = 0;

  constructor(text: string) {
    this.text = text;
  }

  take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        if (++this.documents > 1) throw new Stop(severalDocuments(this.text.indexOf('\n---', this.last) + 1, ''));
        return;
      case EVENT_ID.SCALAR:
        return this.add({ node: this.scalar(event), size: 1 }, this.anchorOf(event));
      case EVENT_ID.ALIAS:
        return this.add(this.alias(event), null);
      case EVENT_ID.POP:
        return this.close();
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        return this.open(event);
    }
  }

  private open(event: Event & { readonly start: number; readonly tagStart: number; readonly tagEnd: number; readonly anchorStart: number; readonly anchorEnd: number }): void {
    if (event.tagStart >= 0) throw new Stop(tag(event.tagStart, this.text.slice(event.tagStart, event.tagEnd)));
    const parent = this.frames.at(-1);
    if (parent?.kind === 'mapping' && parent.key === null) throw new Stop(complexKey(event.start, ''));
    const common = { offset: event.start, anchor: this.anchorOf(event), size: 1 };
    this.frames.push(event.type === EVENT_ID.SEQUENCE ? { kind: 'list', ...common, items: [] } : { kind: 'mapping', ...common, entries: new Map(), key: null });
  }

  private close(): void {
    const frame = this.frames.pop();
    if (frame === undefined) return;
    const node: Node = frame.kind === 'list' ? { kind: 'list', offset: frame.offset, items: frame.items } : { kind: 'mapping', offset: frame.offset, entries: frame.entries };
    // What lies inside has been counted already.
    this.add({ node, size: frame.size }, frame.anchor, 1);
  }

  private scalar(event: ScalarEvent): Node {
    const written = event.tagStart < 0 ? '' : this.text.slice(event.tagStart, event.tagEnd);
    if (written !== '' && written !== '!!str' && written !== '!') throw new Stop(tag(event.tagStart, written));
    if (event.valueStart < 0) return { kind: 'scalar', offset: this.last, value: written === '' ? null : '' };
    const word = getScalarValue(this.text, event);
    const plain = event.style === SCALAR_STYLE.PLAIN && written === '';
    // For the reader a quoted value starts at its quote; the parser points behind it.
    const quote = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
    return { kind: 'scalar', offset: event.valueStart - quote, value: plain ? resolveScalar(word) : word };
  }

  /** What the alias stands for, at the place where the alias is written. */
  private alias(event: AliasEvent): Sized {
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const offset = event.anchorStart - 1;
    const target = this.anchors.get(name);
    if (target !== undefined) return { node: { ...target.node, offset }, size: target.size };
    throw new Stop(this.frames.some((frame) => frame.anchor === name) ? aliasCycle(offset, name) : unknownAlias(offset, name));
  }

  private add({ node, size }: Sized, anchor: string | null, charged = size): void {
    this.total += charged;
    if (this.total > MAX_NODES) throw new Stop(tooManyValues(node.offset, ''));
    this.last = Math.max(this.last, node.offset);
    if (anchor !== null) this.anchors.set(anchor, { node, size });
    const frame = this.frames.at(-1);
    if (frame === undefined) {
      this.root = node;
      return;
    }
    frame.size += size;
    if (frame.kind === 'list') frame.items.push(node);
    else if (frame.key === null) frame.key = this.key(node, frame);
    else {
      // A key that is refused takes its value with it; of two equal keys the first stays.
      if (!REFUSED.has(frame.key.name) && !frame.entries.has(frame.key.name)) frame.entries.set(frame.key.name, { keyOffset: frame.key.offset, value: node });
      frame.key = null;
    }
  }

  private key(node: Node, frame: MappingFrame): Key {
    if (node.kind !== 'scalar') throw new Stop(complexKey(node.offset, ''));
    const name = String(node.value ?? '');
    const fault = REFUSED.get(name) ?? (frame.entries.has(name) ? duplicateKey : null);
    if (fault !== null) this.faults.push(fault(node.offset, name));
    return { name, offset: node.offset };
  }

  private anchorOf(event: { readonly anchorStart: number; readonly anchorEnd: number }): string | null {
    return event.anchorStart < 0 ? null : this.text.slice(event.anchorStart, event.anchorEnd);
  }
}
