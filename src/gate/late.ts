// What a command is answered whoever hears it, and what where the gate is past: merged or closed, a record hears only what is meant for it.
import type { Change } from '../model/change.ts';
import type { Command } from '../model/command.ts';
import type { CommandAnswer } from '../model/gate.ts';
import { HELP } from './commands.ts';

export type Word = Pick<CommandAnswer, 'reaction' | 'text'>;

/** What is answered alike before the merge and after it; null for what depends on it. */
export function answerAnywhere(command: Command): Word | null {
  switch (command.name) {
    case 'check':
      return { reaction: '+1', text: null };
    case 'help':
      return { reaction: '+1', text: HELP };
    case 'unknown':
      return { reaction: 'confused', text: command.remedy };
    case 'waive': case 'deployed': case 'outcome': case 'keep': case 'undo': case 'accept': case 'withdraw':
      return null;
  }
}

/** Where a record hears what is meant for it, the rest: null for what it answers itself. */
export function answerBesideRecord(command: Command): Word | null {
  return command.name === 'waive' ? { reaction: 'confused', text: 'It is merged: there is nothing left to waive.' } : answerAnywhere(command);
}

/** Where no open record is. `measured`: one is, silently. */
export function answerWithoutRecord(command: Command, { state, measured }: { readonly state: Change['state']; readonly measured: boolean }): Word {
  if (command.name === 'help' || command.name === 'unknown' || measured) return answerBesideRecord(command) ?? { reaction: '+1', text: null };
  return { reaction: 'confused', text: state === 'closed' ? 'This pull request is closed: it is looked at again when it is reopened.' : 'This pull request is merged, and nothing of it is waited for any more.' };
}
