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
}

export interface PressAnswer {
  readonly note: Note;
  /** What is added to the description; null: nothing is. */
  readonly draft: string | null;
}

const WRITERS: readonly Permission[] = ['write', 'maintain', 'admin'];

/** GitHub lets everybody press who sees the check, so the permission is looked at here. */
export function answerPress(press: Press, decision: Pick<Decision, 'situation' | 'draft'>, config: Config): PressAnswer {
  return press.button === 'draft' ? answerDraft(press, decision) : { note: note(answerWaive(press, config)), draft: null };
}

/** The draft lies in the comment already; the button saves copying it. Where something is written it is not written over. */
function answerDraft({ standing, author }: Press, { situation, draft }: Pick<Decision, 'situation' | 'draft'>): PressAnswer {
  const by = standing.by?.login ?? 'ghost';
  if (!WRITERS.includes(standing.permission) && !sameLogin(by, author ?? '')) return { note: note(`${quote(by)} may not have the draft written into the description: its author may, and who can write here.`), draft: null };
  if (situation !== 'missing' || draft === null || draft.trim() === '') return { note: note('There is nothing to draft here.'), draft: null };
  return { note: note(`The draft stands in the description now, as ${quote(by)} asked. Fill its gaps, correct the rest.`), draft };
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
