// The index of all experiments, as one hidden block of the dashboard issue: compact, versioned, with a digest against damage.
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Ledger, LedgerEntry } from '../model/experiment.ts';
import { isInstant } from '../quantity/instant.ts';
import { parseRow, toRow } from './ledger-row.ts';

/** Characters of the block, so that the readable part fits beside it. */
export const LEDGER_ROOM = 42_000;

const OPEN = '<!-- yardstick:ledger ';
const BLOCK = /<!-- yardstick:ledger (\d{1,3}) ([\w-]{16}) ([\w-]{1,65536}) -->/;
const VERSION = 1;
/** Bytes that the block may unfold to: a hundred times of what it holds is no index of ours. */
const UNFOLDED_MAX = 4_000_000;

export interface EncodedLedger {
  readonly text: string;
  /** What didn't fit: ended ones, the oldest first, and only then open ones. */
  readonly dropped: readonly LedgerEntry[];
}

/** The block, with as many entries as fit. */
export function encodeLedger({ entries, mergesSeenUntil }: Ledger, room = LEDGER_ROOM): EncodedLedger {
  const order = entries.toSorted(byWorth);
  let [fits, tooMany] = [0, order.length + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (toText(order.slice(0, middle), mergesSeenUntil).length <= room) fits = middle;
    else tooMany = middle;
  }
  const kept = new Set(order.slice(0, fits));
  return { text: toText(entries.filter((entry) => kept.has(entry)), mergesSeenUntil), dropped: order.slice(fits) };
}

export type DecodedLedger = { readonly ok: true; readonly ledger: Ledger } | { readonly ok: false; readonly reason: string };

/** Reads the block of an issue's body. Damage is a reason, never a guess. */
export function decodeLedger(body: string): DecodedLedger {
  const match = BLOCK.exec(body);
  if (match === null) return refuse(body.includes(OPEN) ? 'its index is cut or damaged' : 'it has no index');
  const [, version, digest, data = ''] = match;
  if (Number(version) !== VERSION) return refuse(`its index has version ${version}, which this version can’t read`);
  if (digestOf(data) !== digest) return refuse('its index doesn’t match its digest');
  const [seen, ...rows] = unfold(data) ?? [undefined];
  const entries = rows.map(parseRow);
  if ((seen !== null && (typeof seen !== 'string' || !isInstant(seen))) || entries.includes(null)) return refuse('its index can’t be read');
  return { ok: true, ledger: { entries: entries.filter((entry) => entry !== null), mergesSeenUntil: seen } };
}

function refuse(reason: string): DecodedLedger {
  return { ok: false, reason };
}

function toText(entries: readonly LedgerEntry[], mergesSeenUntil: string | null): string {
  const data = deflateRawSync(JSON.stringify([mergesSeenUntil, ...entries.map(toRow)]), { level: 9 }).toString('base64url');
  return `${OPEN}${VERSION} ${digestOf(data)} ${data} -->`;
}

function unfold(data: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(inflateRawSync(Buffer.from(data, 'base64url'), { maxOutputLength: UNFOLDED_MAX }).toString('utf8'));
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function digestOf(data: string): string {
  return createHash('sha256').update(data).digest('base64url').slice(0, 16);
}

const EVER = '1970-01-01T00:00:00Z';

/** Open ones first, then those that wait for a decision, then the ended ones from the newest on. */
function byWorth(a: LedgerEntry, b: LedgerEntry): number {
  return rankOf(a) - rankOf(b) || Date.parse(b.endedAt ?? EVER) - Date.parse(a.endedAt ?? EVER);
}

function rankOf({ stage }: LedgerEntry): number {
  return { locked: 0, measuring: 0, judged: 1, decided: 2, withdrawn: 2 }[stage];
}
