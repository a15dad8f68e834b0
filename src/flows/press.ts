// Answers a pressed button: who it was is looked up, and what the answer writes is planned.
import { answerPress } from '../gate/press.ts';
import type { Config } from '../model/config.ts';
import type { Decision } from '../model/decision.ts';
import type { Effect } from '../model/effect.ts';
import type { Standing } from '../model/gate.ts';
import type { Note } from '../model/problem.ts';
import type { Pressed } from '../model/trigger.ts';
import type { ChangePage } from '../ports/forge.ts';
import { Inquiry } from './inquiry.ts';
import type { Answered, NeedReader } from './needs.ts';
import { readStanding } from './standing.ts';

export interface PressRequest {
  readonly page: ChangePage;
  readonly known: Answered;
  readonly read: NeedReader;
}

export interface AnsweredPress {
  /** With the answer among its notes. */
  readonly decision: Decision;
  /** What is written before the answer is told, and the decision to tell where it is refused; null: nothing is. */
  readonly first: { readonly effect: Effect; readonly refused: Decision } | null;
}

/** A draft that was written is found as a hypothesis by the next run: nothing is written twice. */
export async function withPress(pressed: Pressed | null, { decision, config }: { readonly decision: Decision; readonly config: Config }, request: PressRequest): Promise<AnsweredPress> {
  if (pressed === null) return { decision, first: null };
  const { ref, body, author } = request.page.change;
  const standing = await readWho(pressed.by, config, request);
  const { note, written } = answerPress({ button: pressed.button, standing, author: author?.login ?? null, body }, decision, config);
  const saying = (told: Note): Decision => ({ ...decision, notes: [...decision.notes, told] });
  return { decision: saying(note), first: written === null ? null : { effect: { kind: 'edit-issue', issue: ref, body: written.body }, refused: saying(written.refused) } };
}

async function readWho(login: string, config: Config, { known, read }: PressRequest): Promise<Standing> {
  for (;;) {
    const inquiry = new Inquiry(known);
    const standing = readStanding(inquiry, { login, type: 'User' }, config);
    if (standing !== undefined) return standing;
    await Promise.all(inquiry.missing.map(async (need) => known.set(need, await read(need))));
  }
}
