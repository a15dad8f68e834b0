// The hidden first line of each comment of ours: what it is about, when it was evaluated, what is to be remembered.
import type { ChangeRef } from '../model/change.ts';
import type { GateState } from '../model/gate.ts';

export interface Marker {
  readonly kind: 'gate';
  readonly change: ChangeRef;
  /** The instant of the evaluation, ISO 8601. */
  readonly at: string;
  readonly state: GateState;
}

/** Longer markers are not read: our own hold 150 digests at most a waiver. */
const MARKER_LENGTH = 20_000;

/** One HTML comment; `<`, `>` and `-` of its values can't end it. */
export function renderMarker({ kind, change, at, state }: Marker): string {
  const json = JSON.stringify({ at, change: `${change.owner}/${change.repo}#${change.number}`, state });
  return `<!-- yardstick:${kind} ${json.replaceAll('--', '\\u002d\\u002d').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')} -->`;
}

/** The marker at the very start of a comment; null where there is none, or where it was damaged. */
export function parseMarker(body: string): Marker | null {
  const head = body.slice(0, MARKER_LENGTH);
  const close = head.indexOf(' -->');
  if (!head.startsWith(OPEN) || close === -1) return null;
  const value = parseObject(head.slice(OPEN.length, close));
  const change = typeof value?.['change'] === 'string' ? parseChange(value['change']) : null;
  const at = value?.['at'];
  if (value === null || change === null || typeof at !== 'string' || Number.isNaN(Date.parse(at))) return null;
  return { kind: 'gate', change, at, state: parseState(value['state']) };
}

const OPEN = '<!-- yardstick:gate ';

type Fields = Readonly<Record<string, unknown>>;

function parseObject(text: string): Fields | null {
  try {
    return asFields(JSON.parse(text));
  } catch {
    return null;
  }
}

function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function parseChange(text: string): ChangeRef | null {
  const match = /^([\w.-]{1,100})\/([\w.-]{1,100})#(\d{1,10})$/.exec(text);
  if (match === null) return null;
  const [, owner = '', repo = '', number] = match;
  return { owner, repo, number: Number(number) };
}

/** What can't be read of the state is forgotten: a waiver then counts from now on. */
function parseState(value: unknown): GateState {
  const waived = asFields(asFields(value)?.['waived']) ?? {};
  const entries = Object.entries(waived).filter((entry): entry is [string, string[]] => isTexts(entry[1]));
  const seen = asFields(value)?.['seen'];
  return { waived: Object.fromEntries(entries), seen: isTexts(seen) ? seen : null };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
