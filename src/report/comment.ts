// The gate's comment: at most one, edited in place, and none where there is nothing to say.
import type { Decision } from '../model/decision.ts';
import { renderBet } from './bet.ts';
import { TEXT_MAX, cutLine, cutLines, joinWithin } from './budget.ts';
import { code, escapeText, fence, inline } from './escape.ts';
import { renderMarker } from './marker.ts';
import { renderProblems } from './problems.ts';
import { renderAnswers, renderNotes, renderWayOut, renderWhy } from './sentences.ts';
import { renderTitle } from './title.ts';

const DRAFT_MAX = 20_000;

/** The comment that is worth beginning one for, its marker included; null where the gate stays silent. */
export function renderGateComment(decision: Decision): string | null {
  if (decision.mode === 'observe') return null;
  if (decision.situation === 'waived') return renderGateLine(decision);
  if (decision.situation !== 'missing' && decision.situation !== 'unsound') return null;
  return withMarker(decision, renderRequest(decision));
}

/** The one line that a comment from earlier is emptied to when nothing is asked any more; its marker included. */
export function renderGateLine(decision: Decision): string {
  const { waiver, situation } = decision;
  if (situation === 'waived' && waiver !== null) {
    const extent = waiver.until === null ? 'until later commits scale more' : `until ${waiver.until}`;
    return withMarker(decision, `Waived by ${code(waiver.by)}, ${extent}: ${escapeText(cutLine(waiver.reason, 300))}`);
  }
  return withMarker(decision, `${decision.verdict === 'pass' ? 'All is well' : 'Nothing to do now'}: ${escapeText(renderTitle(decision))}.`);
}

/** What is asked, why, and what to write: the same text in the comment and in the check. */
export function renderRequest(decision: Decision): string {
  const { draft, situation, urgent } = decision;
  const wayOut = renderWayOut(decision);
  const missing = situation === 'missing';
  return joinWithin([
    urgent ? wayOut : null,
    `${renderAsk(decision)} In scope: ${renderWhy(decision)}.`,
    missing ? renderDraft(draft) : renderProblems(decision.problems),
    missing ? renderAsks(decision) : foldDraft(draft),
    titled('Worth knowing', renderNotes(decision)),
    titled('Answers', renderAnswers(decision)),
    renderOtherWays(decision, urgent ? null : wayOut),
  ], TEXT_MAX);
}

function renderAsk(decision: Decision): string {
  const { situation, intent, mode, problems } = decision;
  const bet = renderBet(decision);
  const when = mode === 'enforce' ? ' before it merges' : '';
  const advice = mode === 'advise' ? ' This is advice: it blocks nothing.' : '';
  if (situation === 'unsound') {
    const count = problems.length === 1 ? 'one correction' : `${problems.length} corrections`;
    return `**The hypothesis needs ${count}${when}.**${advice}`;
  }
  const what = intent === 'oblige' ? 'a reason and a link' : 'a hypothesis';
  return `**This change needs ${what}${when}${bet === '' ? '' : `: ${escapeText(bet)}`}.**${advice}`;
}

function renderDraft(draft: string | null): string | null {
  if (draft === null || draft.trim() === '') return null;
  return `Here is a draft. Copy it into the description, correct it, done:\n\n${fence(cutLines(draft, DRAFT_MAX), 'markdown')}`;
}

/** An author who has written something needs corrections first, a draft only to begin again. */
function foldDraft(draft: string | null): string | null {
  if (draft === null || draft.trim() === '') return null;
  return `<details><summary>A draft to begin again from</summary>\n\n${fence(cutLines(draft, DRAFT_MAX), 'markdown')}\n\n</details>`;
}

function renderAsks({ asks, intent, problems }: Decision): string | null {
  // An obligation may lack only one of the two: its problems say which.
  if (intent === 'oblige') return renderProblems(problems);
  return asks.length === 0 ? null : `What makes it complete:\n${asks.map((ask) => `- ${inline(ask)}`).join('\n')}`;
}

function renderOtherWays({ intent }: Decision, wayOut: string | null): string {
  const ways = [
    ...(wayOut === null ? [] : [wayOut]),
    'Written elsewhere? `Hypothesis: #123` in the description links it; `Step of #123` makes this a step of a programme.',
    ...(intent === 'improve' ? ['Not about getting faster? `Intent: save`, `insure` or `oblige` in the description asks another question.'] : []),
    'No time for it? `/yardstick waive <reason>` as a comment.',
  ];
  return `---\n${ways.join(' ')}`;
}

function titled(title: string, text: string | null): string | null {
  return text === null ? null : `**${title}**\n${text}`;
}

function withMarker({ change, at, state }: Decision, text: string): string {
  return change === null ? text : `${renderMarker({ kind: 'gate', change, at, state })}\n${text}`;
}
