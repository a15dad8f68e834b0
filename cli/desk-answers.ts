// Answers to the engine's questions at a desk, where only files are at hand.
import { Answered, type AnswerTo, type Answers, type Need, type NeedReader } from '../src/flows/needs.ts';
import { deliberate, type Decided } from '../src/flows/deliberate.ts';
import type { ObservedChange } from '../src/flows/observed.ts';

/** How each kind of need is answered. */
export type DeskAnswers = { readonly [Kind in Need['kind']]: (need: Extract<Need, { kind: Kind }>) => Promise<Answers[Kind]> };

/** What nobody at a desk can know: issues, comments, permissions, artefacts. `why` is shown with a reference that leads there. */
export function deskAnswers(why: string): DeskAnswers {
  return {
    files: async () => [],
    text: async () => ({ kind: 'forbidden', why }),
    'older-text': async () => ({ kind: 'absent' }),
    issue: async () => ({ kind: 'forbidden', why }),
    permission: async () => 'none',
    artifact: async () => ({ kind: 'absent' }),
    'own-check': async () => null,
  };
}

/** A reader out of its answers by kind. */
export function readerOf(answers: DeskAnswers): NeedReader {
  return async <N extends Need>(need: N): Promise<AnswerTo<N>> => {
    const answer = answers[need.kind] as (need: Need) => Promise<Answers[Need['kind']]>;
    return (await answer(need)) as AnswerTo<N>;
  };
}

/** Decides a change that has no conversation: there is no comment of ours to remember anything. */
export function decideAtDesk(observed: ObservedChange, answers: DeskAnswers): Promise<Decided> {
  return deliberate(observed, { known: new Answered(), read: readerOf(answers), previous: null });
}
