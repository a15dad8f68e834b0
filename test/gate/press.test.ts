// The buttons of the check: who may, what is written, and what is said.
import { expect, test } from 'vitest';
import { answerPress } from '../../src/gate/press.ts';
import type { Permission } from '../../src/model/change.ts';
import type { Config } from '../../src/model/config.ts';
import type { Decision } from '../../src/model/decision.ts';
import { configured } from './sample.ts';

const MISSING: Pick<Decision, 'situation' | 'draft'> = { situation: 'missing', draft: '## Hypothesis\n' };
const standing = (login: string, permission: Permission) => ({ by: { login, type: 'User' as const }, permission, teams: [], unreadTeams: [] });
const waivers = (allow: readonly string[], byAuthor = true): Config => configured({ waivers: { allow, byAuthor } });

test.each<readonly [string, string, Permission, Pick<Decision, 'situation' | 'draft'>, string | null, RegExp]>([
  ['a writer', 'ben', 'write', MISSING, '## Hypothesis\n', /as `ben` asked/],
  ['the author, who only reads', 'Ana', 'read', MISSING, '## Hypothesis\n', /as `Ana` asked/],
  ['a stranger', 'eve', 'read', MISSING, null, /`eve` may not/],
  ['somebody who triages', 'cyd', 'triage', MISSING, null, /`cyd` may not/],
  ['a writer where something is written already', 'ben', 'write', { situation: 'unsound', draft: 'x' }, null, /nothing to draft/],
  ['a writer where there is no draft', 'ben', 'write', { situation: 'missing', draft: null }, null, /nothing to draft/],
])('a draft is asked for by %s', (_, login, permission, decision, draft, said) => {
  const answer = answerPress({ button: 'draft', standing: standing(login, permission), author: 'ana', body: 'What it does.\n' }, decision, configured());
  expect(answer.written?.body ?? null).toBe(draft === null ? null : `What it does.\n\n${draft}`);
  expect(answer.note.text).toMatch(said);
});

test.each<readonly [string, string, Permission, Config, RegExp]>([
  ['who may', 'ben', 'write', waivers(['write']), /`ben` may waive, and says why as a comment: `\/yardstick waive <reason>`/],
  ['who may not', 'ben', 'write', waivers(['maintain']), /`ben` may not waive here\. Who may: people with the permission `maintain`/],
  ['by name', 'cyd', 'triage', waivers(['cyd']), /`cyd` may waive/],
  ['the author where authors may not', 'ana', 'admin', waivers(['write'], false), /can’t waive their own/],
])('a waiver is asked for by %s: nothing is waived without a reason', (_, login, permission, config, said) => {
  const answer = answerPress({ button: 'waive', standing: standing(login, permission), author: 'ana', body: '' }, MISSING, config);
  expect(answer).toMatchObject({ written: null, note: { text: expect.stringMatching(said) } });
});

test.each([
  ['just fits', 65_536 - 15, true],
  ['is full', 65_536 - 14, false],
])('a description that %s', (_, length, fits) => {
  const answer = answerPress({ button: 'draft', standing: standing('ben', 'write'), author: 'ana', body: 'x'.repeat(length) }, { situation: 'missing', draft: '## Hypothesis' }, configured());
  expect(answer.written !== null).toBe(fits);
  expect(answer.note.text).toMatch(fits ? /stands in the description/ : /no room for the draft/);
});
