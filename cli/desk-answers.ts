// Answers to the engine's questions at a desk, where only files are at hand.
import { Answered, readerOf, type NeedTable } from '../src/flows/needs.ts';
import { deliberate, type Decided } from '../src/flows/deliberate.ts';
import type { ObservedChange } from '../src/flows/observed.ts';

/** What nobody at a desk can know: issues, comments, permissions, artefacts. `why` is shown with a reference that leads there. */
export function deskAnswers(why: string): NeedTable {
  return {
    files: async () => [],
    text: async () => ({ kind: 'forbidden', why }),
    'older-text': async () => ({ kind: 'absent' }),
    issue: async () => ({ kind: 'forbidden', why }),
    // Whoever sits here reads for themselves, and nobody else reads the answer.
    access: async ({ repo }) => ({ sight: { repo, visibility: 'public' }, why }),
    permission: async () => 'none',
    membership: async () => 'unreadable',
    artifact: async () => ({ kind: 'absent' }),
    'last-merged': async () => [],
    'own-check': async () => null,
    'own-words': async () => null,
    'own-reactions': async () => [],
  };
}

/** Decides a change that has no conversation: there is no comment of ours to remember anything. */
export function decideAtDesk(observed: ObservedChange, answers: NeedTable): Promise<Decided> {
  return deliberate(observed, { known: new Answered(), read: readerOf(answers), previous: null });
}
