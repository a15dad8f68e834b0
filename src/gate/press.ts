// A button of the check that asks for more than another look: what is done about it, and the one line that says so.
import type { Decision } from '../model/decision.ts';
import type { Config } from '../model/config.ts';
import type { Standing } from '../model/gate.ts';
import type { Note } from '../model/problem.ts';
import type { Pressed } from '../model/trigger.ts';
import type { Permission } from '../model/change.ts';
import { isAllowed, sameLogin, whoMay } from './allowed.ts';
import { quote } from './quote.ts';

export interface Press extends Pick<Pressed, 'button'> {
  readonly standing: Standing;
  /** The author of the change; null for a deleted account. */
  readonly author: string | null;
  /** The description as it stands. */
  readonly body: string;
}

export interface PressAnswer {
  readonly note: Note;
  /** The description with the draft in it, and what is said where it may not be written; null: nothing is written. */
  readonly written: { readonly body: string; readonly refused: Note } | null;
}

/** GitHub's own limit on a description, characters. */
const DESCRIPTION_MAX = 65_536;

const WRITERS: readonly Permission[] = ['write', 'maintain', 'admin'];

/** GitHub lets everybody press who sees the check, so the permission is looked at here. */
export function answerPress(press: Press, decision: Pick<Decision, 'situation' | 'draft'>, config: Config): PressAnswer {
  return press.button === 'draft' ? answerDraft(press, decision) : { note: note(answerWaive(press, config)), written: null };
}

/** The draft lies in the comment already; the button saves copying it. Where something is written it is not written over. */
function answerDraft({ standing, author, body }: Press, { situation, draft }: Pick<Decision, 'situation' | 'draft'>): PressAnswer {
  const by = standing.by?.login ?? 'ghost';
  const only = (text: string): PressAnswer => ({ note: note(text), written: null });
  if (!WRITERS.includes(standing.permission) && !sameLogin(by, author ?? '')) return only(`${quote(by)} may not have the draft written into the description: its author may, and who can write here.`);
  if (situation !== 'missing' || draft === null || draft.trim() === '') return only('There is nothing to draft here.');
  const whole = body.trim() === '' ? draft : `${body.trimEnd()}\n\n${draft}`;
  if (whole.length > DESCRIPTION_MAX) return only('The description has no room for the draft: shorten it, or write the hypothesis into an issue and link it with `Hypothesis: #123`.');
  const refused = note('The draft could not be written into the description. Copy it from here.');
  return { note: note(`The draft stands in the description now, as ${quote(by)} asked. Fill its gaps, correct the rest.`), written: { body: whole, refused } };
}

/** A waiver needs a reason, which a button can't carry: who may waive is told what to write. */
function answerWaive({ standing, author }: Press, { waivers }: Config): string {
  const by = standing.by?.login ?? 'ghost';
  if (!waivers.byAuthor && sameLogin(by, author ?? '')) return 'The author can’t waive their own change here; somebody else may.';
  if (!isAllowed(standing, waivers.allow)) return `${quote(by)} may not waive here. ${whoMay(standing, waivers.allow)}`;
  return `${quote(by)} may waive, and says why as a comment: \`/yardstick waive <reason>\`, with \`until 2026-12-31\` behind it where it is to end.`;
}

function note(text: string): Note {
  return { code: 'pressed', text };
}
