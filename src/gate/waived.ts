// Rule "waived": somebody who may has said that this change goes in without a hypothesis, and it still is that change.
import type { Waiver } from '../model/decision.ts';
import type { CommandAnswer, GateState, GivenCommand } from '../model/gate.ts';
import type { Note } from '../model/problem.ts';
import { isAllowed, sameLogin, whoMay } from './allowed.ts';
import { isWider } from './fingerprint.ts';
import type { GateInput } from './input.ts';
import { quote } from './quote.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';

export interface WaivedPart {
  readonly waiver: Waiver | null;
  readonly answers: readonly CommandAnswer[];
  /** To be remembered: the scope at the time of each waiver that was accepted. */
  readonly state: GateState;
  readonly notes: readonly Note[];
}

/** The newest waiver in force. `scopeNow` is the fingerprint of what is in scope now. */
export function evaluateWaived(input: GateInput, scopeNow: readonly string[]): Ruling<WaivedPart> {
  const hearings = input.commands.flatMap((given) => (given.command.name === 'waive' ? [hear({ given, waive: given.command }, input, scopeNow)] : []));
  const accepted = hearings.filter((hearing) => hearing.refusal === null);
  const state: GateState = { waived: Object.fromEntries(accepted.map(({ given, scope }) => [String(given.commentId), scope])), seen: scopeNow };
  const waiver = accepted.findLast((hearing) => hearing.ended === null)?.waiver ?? null;
  const ended = accepted.at(-1)?.ended ?? null;
  const notes: Note[] = waiver === null && ended !== null ? [{ code: 'waiver-ended', text: ended }] : [];
  const text = waiver === null ? (ended ?? hearings.at(-1)?.refusal ?? 'no waiver') : `waived by ${quote(waiver.by)}`;
  return ruling('waived', { outcome: waiver === null ? 'not-met' : 'met', text }, { waiver, state, notes, answers: hearings.map(answerTo) });
}

interface Waive {
  readonly given: GivenCommand;
  readonly waive: { readonly reason: string; readonly until: string | null };
}

interface Hearing {
  readonly given: GivenCommand;
  readonly waiver: Waiver | null;
  readonly scope: readonly string[];
  /** Why it has no effect from the start; null when it was accepted. */
  readonly refusal: string | null;
  /** Why it has none any more. */
  readonly ended: string | null;
}

function hear({ given, waive }: Waive, input: GateInput, scopeNow: readonly string[]): Hearing {
  // New to this run: it was given for what the run before had seen, not for what came with this push.
  const scope = input.previous?.waived[String(given.commentId)] ?? input.previous?.seen ?? scopeNow;
  const refusal = refuse({ given, waive }, input);
  const by = given.by?.login ?? 'ghost';
  return { given, scope, refusal, ended: whyEnded(by, { until: waive.until, scope }, { at: input.at, scopeNow }), waiver: { by, reason: waive.reason, at: given.at, until: waive.until } };
}

function refuse({ given, waive }: Waive, { change, config }: GateInput): string | null {
  const { by, editor } = given;
  if (by === null) return 'The account that wrote this waiver no longer exists.';
  if (editor !== null && !sameLogin(editor, by.login)) return `${quote(editor)} edited this comment, so it isn't ${quote(by.login)}'s word any more. Please write it again.`;
  if (waive.until !== null && given.at.slice(0, 10) > waive.until) return `The waiver by ${quote(by.login)} ended on ${waive.until}, before it was written.`;
  if (waive.reason === '') return 'A waiver needs a reason: `/yardstick waive <reason> [until YYYY-MM-DD]`.';
  if (!config.waivers.byAuthor && sameLogin(by.login, change.author?.login ?? '')) return 'The author can’t waive their own change here; somebody else may.';
  if (!isAllowed(given, config.waivers.allow)) return `${quote(by.login)} may not waive here. ${whoMay(given, config.waivers.allow)}`;
  return null;
}

interface Extent {
  readonly until: string | null;
  readonly scope: readonly string[];
}

function whyEnded(by: string, { until, scope }: Extent, now: { readonly at: string; readonly scopeNow: readonly string[] }): string | null {
  if (until !== null && now.at.slice(0, 10) > until) return `The waiver by ${quote(by)} ended on ${until}.`;
  if (isWider(scope, now.scopeNow)) return `The waiver by ${quote(by)} ended: later commits scale more than what was waived.`;
  return null;
}

function answerTo({ given, refusal }: Hearing): CommandAnswer {
  return { commentId: given.commentId, reaction: refusal === null ? '+1' : '-1', text: refusal };
}
