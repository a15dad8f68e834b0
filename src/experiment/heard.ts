// What people told after the merge: deployed, a value, keep, undo, accept, withdraw; who may say what, and what it changes.
import type { Account, Permission } from '../model/change.ts';
import type { Command } from '../model/command.ts';
import type { CommandAnswer, GivenCommand } from '../model/gate.ts';
import type { Experiment, KeepUndoAccept, ManualAnswer } from '../model/experiment.ts';
import type { Quantity } from '../model/hypothesis.ts';
import { stageOf } from './stage.ts';
import { isoOf, windowOf } from './windows.ts';
import { renderMetric } from '../metric-name.ts';

/** An experiment after hearing, what `deployed` said, and one answer a command that is about it. */
export interface Heard {
  readonly experiment: Experiment;
  readonly deployed: { readonly at: string; readonly sha: string | null; readonly by: string } | null;
  readonly answers: readonly CommandAnswer[];
}

interface Said {
  readonly experiment: Experiment;
  readonly deployed: Heard['deployed'];
  /** null: understood and done; else why not. */
  readonly refused: string | null;
}

/** Reads a value as a command has it ("410 USD"); null where it is none. */
export type ParseQuantity = (text: string) => Quantity | null;

/** Hears every command in the order given. What was said before is not heard twice: the experiment remembers. */
export function hear(experiment: Experiment, commands: readonly GivenCommand[], parseQuantity: ParseQuantity): Heard {
  let state: Pick<Heard, 'experiment' | 'deployed'> = { experiment, deployed: null };
  const answers: CommandAnswer[] = [];
  for (const given of commands) {
    const meaning = MEANINGS[given.command.name];
    if (meaning === undefined || given.at < experiment.lockedAt) continue;
    const said = given.editor !== null && given.editor !== given.by?.login ? refuse(state, 'somebody else edited this comment, so it has no say') : meaning({ ...state, given, parseQuantity });
    state = { experiment: said.experiment, deployed: said.deployed ?? state.deployed };
    answers.push({ commentId: given.commentId, reaction: said.refused === null ? '+1' : 'confused', text: said.refused });
  }
  return { ...state, answers };
}

interface Hearing {
  readonly experiment: Experiment;
  readonly deployed: Heard['deployed'];
  readonly given: GivenCommand;
  readonly parseQuantity: ParseQuantity;
}

type Meaning = (hearing: Hearing) => Said;

/** A command that means something here is one line; others are the gate's. */
const MEANINGS: { readonly [Name in Command['name']]?: Meaning } = {
  deployed: hearDeployed,
  outcome: hearOutcome,
  keep: (hearing) => hearDecision(hearing, 'keep'),
  undo: (hearing) => hearDecision(hearing, 'undo'),
  accept: (hearing) => hearDecision(hearing, 'accept'),
  withdraw: hearWithdraw,
};

function hearDeployed({ experiment, deployed, given }: Hearing): Said {
  if (given.command.name !== 'deployed') return { experiment, deployed, refused: null };
  if (!mayWrite(given) && !isOwner(experiment, given.by)) return refuse({ experiment, deployed }, 'only its author and people with write access may say when it was deployed');
  if (experiment.result !== null) return refuse({ experiment, deployed }, 'the verdict is told already');
  const what = given.command.what ?? '';
  const sha = /^[0-9a-f]{7,40}$/.test(what) ? what : null;
  const time = sha !== null || what === '' ? given.at : instantOf(what);
  if (time === null) return refuse({ experiment, deployed }, `"${what}" is neither a commit nor a time such as 2026-05-12T14:00Z`);
  if (time > given.at) return refuse({ experiment, deployed }, 'that time lies ahead; say it when it happened');
  // What was measured before it was promised is no promise kept. People write minutes.
  if (time.slice(0, 16) < experiment.lockedAt.slice(0, 16)) return refuse({ experiment, deployed }, `that time lies before ${experiment.lockedAt}, when this was locked: it can't have had its effect by then`);
  return { experiment, deployed: { at: time, sha, by: loginOf(given) }, refused: null };
}

function hearOutcome({ experiment, deployed, given, parseQuantity }: Hearing): Said {
  if (given.command.name !== 'outcome') return { experiment, deployed, refused: null };
  const { metric, value, note } = given.command;
  if (experiment.result !== null) return known(experiment.answers.some((answer) => answer.at === given.at && answer.metric === metric), { experiment, deployed }, 'the verdict is told already');
  if (!mayWrite(given) && !isOwner(experiment, given.by)) return refuse({ experiment, deployed }, 'only its owner and people with write access may give the value');
  const names = experiment.criteria.filter((criterion) => criterion.kind === 'evidence' || criterion.manual).map((criterion) => renderMetric(criterion.metric));
  if (!names.includes(metric)) return refuse({ experiment, deployed }, names.length === 0 ? 'nothing here waits for a value' : `values are awaited for ${names.join(', ')}`);
  const quantity = parseQuantity(value);
  if (quantity === null) return refuse({ experiment, deployed }, `"${value}" is no number with a unit`);
  const answer: ManualAnswer = { metric, value: quantity.value, unit: quantity.unit, note, by: loginOf(given), at: given.at };
  return { experiment: { ...experiment, answers: [...experiment.answers.filter((other) => other.metric !== metric), answer] }, deployed, refused: null };
}

function hearDecision({ experiment, deployed, given }: Hearing, what: KeepUndoAccept['what']): Said {
  const state = { experiment, deployed };
  if (experiment.decision !== null) return known(experiment.decision.at === given.at && experiment.decision.what === what, state, `it was decided already: ${experiment.decision.what}`);
  if (stageOf(experiment) !== 'judged' || experiment.result === null) return refuse(state, 'there is no verdict yet');
  // Whoever said it before didn't know what they decide on.
  if (Date.parse(given.at) < Math.floor(Date.parse(experiment.result.at) / 1000) * 1000) return refuse(state, 'it was said before the verdict; say it again if it still holds');
  if (!mayWrite(given)) return refuse(state, 'only people with write access may decide');
  const reason = given.command.name === 'keep' || given.command.name === 'accept' ? given.command.reason : null;
  return { experiment: { ...experiment, decision: { what, by: loginOf(given), reason, at: given.at } }, deployed, refused: null };
}

/** Open until the window is over: afterwards the data are in, and withdrawing would be a way out of a refutation. */
function hearWithdraw({ experiment, deployed, given }: Hearing): Said {
  if (given.command.name !== 'withdraw') return { experiment, deployed, refused: null };
  const state = { experiment, deployed };
  if (experiment.withdrawal !== null) return known(experiment.withdrawal.at === given.at, state, 'it was withdrawn already');
  if (!mayWrite(given) && !isOwner(experiment, given.by)) return refuse(state, 'only its author and people with write access may withdraw it');
  const window = windowOf(experiment);
  const over = window !== null && Date.parse(given.at) / 1000 >= window.to;
  if (over || experiment.result !== null) return refuse(state, 'the window is over, so it is judged; after the verdict say `/yardstick accept <reason>`');
  return { experiment: { ...experiment, withdrawal: { why: 'withdrawn', by: loginOf(given), reason: given.command.reason, at: given.at } }, deployed, refused: null };
}

function refuse(state: Pick<Said, 'experiment' | 'deployed'>, refused: string): Said {
  return { ...state, refused };
}

/** A command that was heard in an earlier run stays answered as it was. */
function known(isSame: boolean, state: Pick<Said, 'experiment' | 'deployed'>, refused: string): Said {
  return { ...state, refused: isSame ? null : refused };
}

const WRITERS: readonly Permission[] = ['write', 'maintain', 'admin'];

function mayWrite({ permission }: GivenCommand): boolean {
  return WRITERS.includes(permission);
}

function isOwner({ owner }: Experiment, by: Account | null): boolean {
  return owner !== null && by !== null && by.type === 'User' && by.login.toLowerCase() === owner.toLowerCase();
}

function loginOf({ by }: GivenCommand): string {
  return by?.login ?? 'somebody';
}

/** ISO 8601; without a zone UTC is meant. */
function instantOf(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,3})?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return null;
  const zoned = text.length === 10 || /(?:Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10)) ? text : `${text}Z`;
  const time = Date.parse(zoned.replace(' ', 'T'));
  return Number.isNaN(time) ? null : isoOf(time / 1000);
}
