// docs/judging.md keeps its word: every reason with its sentence, and the settings as they are.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sentences } from '../../src/judge/reasons.ts';
import { doubtAllowed, leastHistory, longestGap, longestHistory, mostMissing, priorDeviation } from '../../src/judge/settings.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/judging.md'), 'utf8');

test('every reason stands there, in the order and words of the code', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (.+) \|$/gm)].filter(([, reason]) => Object.hasOwn(sentences, reason ?? '')).map(([, reason, sentence]) => [reason, sentence]);
  expect(rows).toEqual(Object.entries(sentences));
});

test('the settings are those of the code', () => {
  const usual = doubtAllowed({ history: 10, role: 'goal', controlled: false, atPeak: false });
  const long = doubtAllowed({ history: 21, role: 'goal', controlled: false, atPeak: false });
  const guardrail = doubtAllowed({ history: 28, role: 'guardrail', controlled: false, atPeak: false });
  for (const part of [
    `*Met* from odds of ${100 - 100 * usual.met} %, *missed* up to ${100 * usual.missed} %; ${100 - 100 * long.met} % and ${100 * long.missed} % from three weeks`,
    `A guardrail is met from ${100 - 100 * guardrail.met} %`, `deviation ${priorDeviation} on`, `From up to ${longestHistory} days`, `Under ${leastHistory} days`,
    `Over ${100 * mostMissing} % of the window missing, or a hole of over ${longestGap / 3600} hours`,
  ]) expect(page.replaceAll('\n', ' ')).toContain(part);
});
