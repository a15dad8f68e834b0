// What a command is answered when the pull request is merged or closed: the gate is past, and a record hears only what is meant for it.
import type { Change } from '../model/change.ts';
import type { Command } from '../model/command.ts';
import type { CommandAnswer } from '../model/gate.ts';
import { HELP } from './commands.ts';

type Word = Pick<CommandAnswer, 'reaction' | 'text'>;

/** Where a record hears what is meant for it, the rest: null for what it answers itself. */
export function answerBesideRecord(command: Command): Word | null {
  switch (command.name) {
    case 'check':
      return { reaction: '+1', text: null };
    case 'help':
      return { reaction: '+1', text: HELP };
    case 'unknown':
      return { reaction: 'confused', text: command.remedy };
    case 'waive':
      return { reaction: 'confused', text: 'It is merged: there is nothing left to waive.' };
    case 'deployed': case 'outcome': case 'keep': case 'undo': case 'accept': case 'withdraw':
      return null;
  }
}

/** Where no open record is. `measured`: one is, silently. */
export function answerWithoutRecord(command: Command, { state, measured }: { readonly state: Change['state']; readonly measured: boolean }): Word {
  if (command.name === 'help' || command.name === 'unknown' || measured) return answerBesideRecord(command) ?? { reaction: '+1', text: null };
  return { reaction: 'confused', text: state === 'closed' ? 'This pull request is closed: it is looked at again when it is reopened.' : 'This pull request is merged, and nothing of it is waited for any more.' };
}
