// The title of the check: one line that carries the bet for the reviewer.
import { assertNever } from '../errors.ts';
import type { Decision } from '../model/decision.ts';
import { plain, renderBet, renderPromise } from './bet.ts';
import { renderVisible, seenBy } from './preflight.ts';
import { TITLE_MAX, cutLine } from './budget.ts';

/** Plain text of at most 120 characters. */
export function renderTitle(decision: Decision): string {
  return cutLine(plain(titleOf(decision)).replaceAll('`', ''), TITLE_MAX);
}

function titleOf(decision: Decision): string {
  const { situation, mode, problems } = decision;
  if (mode === 'observe' && situation !== 'not-configured' && situation !== 'not-evaluated') return 'observing';
  switch (situation) {
    case 'not-configured':
      return 'not configured here';
    case 'out-of-scope':
    case 'exempt':
      return `not in scope: ${reasonOut(decision)}`;
    case 'auto-bet':
      return withBet(decision, 'small and reversible, nothing is asked');
    case 'nothing-asked':
      return withBet(decision, 'nothing is asked');
    case 'sound':
      return soundTitle(decision);
    case 'step':
      return withBet(decision, `a step of ${decision.hypothesis?.ref ?? 'its programme'}`);
    case 'missing':
      return beforeBet(decision, `${wayOut(decision)}${missingTitle(decision)}`);
    case 'unsound':
      return beforeBet(decision, `${wayOut(decision)}hypothesis has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`);
    case 'waived':
      return waivedTitle(decision);
    case 'repair':
      return withTail(`merge when ready, nothing is asked until the load is back to normal: repair (label ${decision.incidentLabel ?? 'incident'})`, renderBet(decision));
    case 'waiting-for-cost':
      return 'waiting for the cost report';
    case 'configuration-broken':
      return `configuration broken: ${problems[0]?.found ?? 'see the annotations'}${problems[0]?.place ? ` (line ${problems[0].place.line})` : ''}`;
    case 'not-evaluated':
      return isGivenUp(decision) ? 'could not evaluate, not tried again: press Re-check' : 'could not evaluate, trying again';
    default:
      return assertNever(situation);
  }
}

/** Every try failed, and the next one waits for somebody. */
export function isGivenUp({ notes }: Pick<Decision, 'notes'>): boolean {
  return notes.some(({ code }) => code === 'given-up');
}

/** Why a change is out of scope: the exemption, else what the rule that reads the diff said. */
export function reasonOut({ scope, findings }: Decision): string {
  const exempt = scope.find(({ rule }) => rule === 'exempt');
  return exempt?.text ?? findings.find(({ rule }) => rule === 'diff')?.text ?? 'no rule brings it in';
}

function missingTitle({ intent, problems }: Decision): string {
  if (intent !== 'oblige') return 'hypothesis needed';
  const lacks = [['reason-missing', 'reason'], ['link-missing', 'link']].filter(([code]) => problems.some((problem) => problem.code === code));
  return `${lacks.map(([, word]) => word).join(' and ')} needed`;
}

function soundTitle(decision: Decision): string {
  const promise = renderPromise(decision);
  if (promise !== null) return withBet(decision, withTail(`promises ${promise}`, renderVisible(decision.preflight, seenBy(decision)) ?? ''));
  if (decision.intent === 'oblige' && decision.hypothesis === null) return `${subjectOf(decision)}, reason and link are given`;
  return withBet(decision, 'hypothesis is sound');
}

/** An obligation turns no knob as a rule: then the version it moves says what changes, else its title. */
function subjectOf(decision: Decision): string {
  const bet = renderBet(decision);
  return bet === '' ? cutLine(plain(decision.subject), SUBJECT_MAX) : bet;
}

/** Room is left for the words behind it. */
const SUBJECT_MAX = 80;

/** Who fixes an incident reads one line: it begins with what ends the questions. */
function wayOut({ urgent, incidentLabel }: Decision): string {
  return urgent && incidentLabel !== null ? `incident? add the label ${incidentLabel}; else ` : '';
}

function waivedTitle({ waiver }: Decision): string {
  if (waiver === null) return 'waived';
  return `waived by ${waiver.by} ${waiver.until === null ? 'for this scope' : `until ${waiver.until}`}: ${waiver.reason}`;
}

function withBet(decision: Decision, tail: string): string {
  const bet = renderBet(decision);
  return bet === '' ? tail : withTail(bet, tail);
}

function beforeBet(decision: Decision, head: string): string {
  const bet = decision.intent === 'oblige' ? subjectOf(decision) : renderBet(decision);
  const why = bet === '' ? plain(decision.scope[0]?.text ?? '') : bet;
  return why === '' ? head : `${head}: ${why}`;
}

function withTail(head: string, tail: string): string {
  return tail === '' ? head : `${head}, ${tail}`;
}
