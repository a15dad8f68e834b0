// Remembers what was in scope when a waiver was given, so that later commits that widen it are noticed.
import { createHash } from 'node:crypto';
import type { ScalingFact } from '../model/change.ts';
import type { ScopeReason } from '../model/decision.ts';

/** More entries than this are kept as one digest, and then any difference counts as wider. */
const ENTRIES_MAX = 150;

/**
 * One entry a reason and a fact: a digest of what it is, and for a fact how far its knob was turned.
 * Digests, because the entries are kept in a comment that anybody can read and paths can be long.
 */
export function scopeFingerprint(facts: readonly ScalingFact[], scope: readonly ScopeReason[]): readonly string[] {
  const entries = [...new Set([...scope.map(({ rule }) => `rule=${rule}`), ...facts.map(renderEntry)])].sort();
  return entries.length <= ENTRIES_MAX ? entries : [`all=${digest(entries.join('\n'))}`];
}

/** True when `now` holds something that was not there before, or a knob that is turned further. */
export function isWider(before: readonly string[], now: readonly string[]): boolean {
  const known = new Map(before.map((entry) => split(entry)));
  return now.map(split).some(([key, amount]) => {
    const old = known.get(key);
    if (old === undefined) return true;
    return old !== amount && !(Number(amount) <= Number(old));
  });
}

function renderEntry(fact: ScalingFact): string {
  const key = digest(`${fact.file}\n${fact.knob}\n${fact.path}\n${fact.direction}`);
  // Without a factor "further" can't be told, so another target is another fact.
  return `${key}=${fact.factor === null ? digest(String(fact.to)) : amountOf(fact.factor)}`;
}

function amountOf(factor: number): string {
  return factor <= 0 ? 'Infinity' : String(Number(Math.abs(Math.log2(factor)).toFixed(4)));
}

function split(entry: string): readonly [string, string] {
  const at = entry.indexOf('=');
  return [entry.slice(0, at), entry.slice(at + 1)];
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 10);
}
