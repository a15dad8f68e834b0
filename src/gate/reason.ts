// Rule "reason": what an obligation has to say, a reason and a link to what forces it.
import type { Problem } from '../model/problem.ts';
import type { GateChange } from './input.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';
import { prose, speaksOfForce } from './words.ts';

const LINK = /https?:\/\/[^\s<>)]{4,}|(?:^|[\s(])(?:[\w.-]{1,100}\/[\w.-]{1,100})?#\d{1,9}\b|\bCVE-\d{4}-\d{4,7}\b|\b[A-Z][A-Z0-9]{1,9}-\d{1,7}\b/;
const REASON_WORDS = 4;

/** Both may stand anywhere in title and description; headings and links are no reason by themselves. */
export function evaluateReason(change: GateChange): Ruling<readonly Problem[]> {
  const body = prose(change);
  const lacks = [
    ...(hasReason(change, body) ? [] : [{ code: 'reason-missing', found: 'no reason in the description', expected: 'one sentence on what forces this change', remedy: 'Reason: version 12 reaches its end of life on 2026-11-14.' }]),
    ...(LINK.test(body) || LINK.test(change.title.slice(0, 300)) ? [] : [{ code: 'link-missing', found: 'no link in the description', expected: 'a link to the notice, the advisory or the issue behind it', remedy: 'Link: https://…', copy: 'Link: https://…' }]),
  ].map((lack: Omit<Problem, 'place'>): Problem => ({ ...lack, place: null }));
  if (lacks.length === 0) return ruling('reason', { outcome: 'met', text: 'a reason and a link are given' }, []);
  return ruling('reason', { outcome: 'not-met', text: lacks.map(({ found }) => found).join('; ') }, lacks);
}

function hasReason(change: GateChange, body: string): boolean {
  if (speaksOfForce(change)) return true;
  return body.split('\n').some((line) => !line.startsWith('#') && words(line) >= REASON_WORDS);
}

function words(line: string): number {
  return line.slice(0, 1_000).split(/\s+/).filter((word) => /^[\p{L}’']{2,}/u.test(word) && !word.includes('://')).length;
}
