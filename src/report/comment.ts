// The gate's comment: at most one, edited in place, and none where there is nothing to say.
import type { Decision } from '../model/decision.ts';
import { TEXT_MAX, cutLine, cutLines, joinWithin } from './budget.ts';
import { code, escapeText, fence, inline } from './escape.ts';
import { renderMarker } from './marker.ts';
import { renderMemory } from './memory.ts';
import { renderPreflightAsks, seenBy } from './preflight.ts';
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

/** The one line that a comment from earlier is emptied to when nothing is asked any more, with what people are answered; its marker included. */
export function renderGateLine(decision: Decision): string {
  const { waiver, situation } = decision;
  if (situation === 'waived' && waiver !== null) {
    const extent = waiver.until === null ? 'until later commits scale more' : `until ${waiver.until}`;
    return withAnswers(decision, `Waived by ${code(waiver.by)}, ${extent}: ${escapeText(cutLine(waiver.reason, 300))}`);
  }
  return withAnswers(decision, `${decision.verdict === 'pass' ? 'Nothing left to do: ' : ''}${escapeText(renderTitle(decision))}.`);
}

/** Whether somebody asked for words: they are said in a comment, since nobody was told to open the check. */
export function isSpokenTo(decision: Decision): boolean {
  return renderAnswers(decision) !== null;
}

function withAnswers(decision: Decision, line: string): string {
  return withMarker(decision, joinWithin([line, titled('Answers', renderAnswers(decision))], TEXT_MAX));
}

/** What is asked, why, and what to write: the same text in the comment and in the check. */
export function renderRequest(decision: Decision): string {
  const { situation, urgent } = decision;
  const wayOut = renderWayOut(decision);
  return joinWithin([
    urgent ? wayOut : null,
    `${renderAsk(decision)} It is in scope: ${renderWhy(decision)}.`,
    ...(situation === 'missing' ? renderMissing(decision) : renderUnsound(decision)),
    titled('Before you promise it', renderPreflightAsks(decision.preflight, seenBy(decision))),
    titled('Earlier here', renderMemory(decision.memory)),
    titled('Worth knowing', renderNotes(decision)),
    titled('Answers', renderAnswers(decision)),
    urgent ? null : wayOut,
    OTHER_WAYS,
  ], TEXT_MAX);
}

function renderAsk({ situation, intent, mode, problems }: Decision): string {
  const when = mode === 'enforce' ? ' before it merges' : '';
  const advice = mode === 'advise' ? ' This is advice and blocks nothing.' : '';
  if (situation === 'unsound') {
    const count = problems.length === 1 ? 'one correction' : `${problems.length} corrections`;
    return `**The hypothesis needs ${count}${when}.**${advice}`;
  }
  return `**This change needs ${intent === 'oblige' ? 'a reason and a link' : 'a hypothesis'}${when}.**${advice}`;
}

/** The draft comes first: it gives before it asks. */
function renderMissing({ draft, asks, intent, tier, problems }: Decision): readonly (string | null)[] {
  const missing = intent === 'oblige' ? `No goal is asked. Still missing: ${problems.map(({ expected }) => inline(expected)).join('; ')}.` : null;
  if (draft === null || draft.trim() === '') return [missing, asks.map((ask) => `- ${inline(ask)}`).join('\n')];
  const enough = tier === 'full' ? 'One sentence, one goal and one guardrail are enough.' : 'One sentence and one criterion are enough.';
  return [`Here is a draft to copy into the description. Fill its gaps, correct the rest, done.\n\n${fence(cutLines(draft, DRAFT_MAX), 'markdown')}`, missing ?? (intent === 'insure' ? asks.map((ask) => `- ${inline(ask)}`).join('\n') : enough)];
}

/** Who has written something needs corrections first, and a draft only to begin again. */
function renderUnsound({ draft, problems }: Decision): readonly (string | null)[] {
  const again = draft === null || draft.trim() === '' ? null : `<details><summary>A draft to begin again from</summary>\n\n${fence(cutLines(draft, DRAFT_MAX), 'markdown')}\n\n</details>`;
  return [renderProblems(problems), again];
}

const OTHER_WAYS = `<details><summary>Other ways: link one, another question, a waiver</summary>

- The hypothesis stands elsewhere: \`Hypothesis: #123\` in the description. One step of a programme: \`Step of #123\`.
- This is no promise that something gets better: \`Intent: save\`, \`Intent: insure\` or \`Intent: oblige\` in the description asks the question that fits.
- It has to go in without: \`/yardstick waive <reason> [until YYYY-MM-DD]\` as a comment.

</details>`;

function titled(title: string, text: string | null): string | null {
  return text === null ? null : `**${title}**\n${text}`;
}

function withMarker({ change, at, state }: Decision, text: string): string {
  return change === null ? text : `${renderMarker({ kind: 'gate', change, at, state })}\n${text}`;
}
