// Content → one hypothesis, or every problem that keeps it from being one.
import type { Criterion, Hypothesis } from '../model/hypothesis.ts';
import type { Parsed, Place, Problem } from '../model/problem.ts';
import type { Content } from './content.ts';
import { readCriterion } from './criterion/read.ts';
import { inOrder } from './in-order.ts';
import { findPlaceholder, partReason } from './prose.ts';

/** Where a hypothesis was found; `place` is where it begins. */
export interface Origin {
  readonly source: Hypothesis['source'];
  readonly ref: string;
  readonly place: Place;
}

/** More is a dashboard, not a bet. */
export const MOST_CRITERIA = 20;

const NO_CRITERION = 'add a list item such as `- p95(checkout) falls by 30%`';
const NO_CLAIM = 'write one sentence above the list: what you expect, *because* of what';

/** One claim, one to twenty criteria, each read whole. */
export function composeHypothesis(content: Content, { source, ref, place }: Origin): Parsed<Hypothesis> {
  const prose = partReason(content.claims.join(' '));
  const reasons = partReason(`because ${content.reasons.join(' ').replace(/^\s{0,9}because\b/i, '')}`).because;
  const because = [prose.because, reasons].filter((part) => part !== null).join(' ') || null;
  const criteria: Criterion[] = [];
  const unread: Problem[] = [];
  for (const line of content.lines.slice(0, MOST_CRITERIA)) {
    const reading = readCriterion(line);
    if (reading.ok) criteria.push(reading.criterion);
    else unread.push(reading.problem);
  }
  const problems = inOrder([...content.problems, ...unread, ...checkProse(content, prose.claim, place), ...checkCount(content.lines.length, place), ...checkTwice(criteria)]);
  const { window, settle, start, odds, until } = content.settings;
  const starts = content.startsWith;
  const value: Hypothesis = {
    source, ref, claim: prose.claim, because, criteria, odds: odds ?? null, until: until ?? null,
    schedule: { window: window ?? null, settle: settle ?? null, start: starts === null ? start ?? null : { kind: 'change', ref: starts.text } },
  };
  return problems.length > 0 ? { ok: false, problems, readable: value } : { ok: true, value, notes: content.notes };
}

function checkProse(content: Content, claim: string, place: Place): readonly Problem[] {
  const written = [...content.claims, ...content.reasons, content.settings.until ?? ''].join(' ');
  const blank = findPlaceholder(written);
  if (blank !== null) return [{ code: 'placeholder', place, found: `\`${blank.slice(0, 80)}\``, expected: 'a sentence that is filled in', remedy: `replace \`${blank.slice(0, 80)}\` by your own words` }];
  return claim === '' && content.reasons.length === 0 ? [{ code: 'no-claim', place, found: 'no sentence', expected: 'one sentence that says what you expect, and why', remedy: NO_CLAIM }] : [];
}

function checkCount(count: number, place: Place): readonly Problem[] {
  if (count === 0) return [{ code: 'no-criterion', place, found: 'no criterion', expected: 'at least one list item that a metric can confirm', remedy: NO_CRITERION }];
  if (count <= MOST_CRITERIA) return [];
  return [{ code: 'too-many-criteria', place, found: `${count} criteria`, expected: `at most ${MOST_CRITERIA}`, remedy: 'keep those that would change your mind' }];
}

/** The same promise twice is a slip of copying. */
function checkTwice(criteria: readonly Criterion[]): readonly Problem[] {
  const seen = new Set<string>();
  return criteria.flatMap((criterion) => {
    const { text: _text, place, ...meaning } = criterion;
    const key = JSON.stringify(meaning);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ code: 'same-criterion', place, found: 'a criterion that stands there already', expected: 'each criterion once', remedy: 'remove this line' }];
  });
}
