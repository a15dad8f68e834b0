// The job summary: the title, what is asked, and everything the decision rests on.
import { renderMonthlyDelta } from '../quantity/money.ts';
import type { Decision, Finding } from '../model/decision.ts';
import type { ScalingFact } from '../model/change.ts';
import { TEXT_MAX, cutLine, joinWithin } from './budget.ts';
import { renderRequest } from './comment.ts';
import { code, escapeText, inline } from './escape.ts';
import { renderMemory } from './memory.ts';
import { renderPreflight, seenBy } from './preflight.ts';
import { renderProblems } from './problems.ts';
import { renderAnswers, renderNotes, renderWhy } from './sentences.ts';
import { isGivenUp, renderTitle } from './title.ts';

/** Markdown whose first line is the title. */
export function renderSummary(decision: Decision): string {
  return joinWithin([`## ${escapeText(renderTitle(decision))}`, renderBody(decision), renderDetails(decision)], TEXT_MAX);
}

/** What a reader has to know first. In observe mode that is nothing but the word. */
export function renderBody(decision: Decision): string {
  const { situation, problems, mode } = decision;
  if (mode === 'observe') return 'Observing: nothing is asked and nothing is blocked.';
  if (situation === 'missing' || situation === 'unsound') return renderRequest(decision);
  return joinWithin([
    LEAD[situation](decision),
    problems.length > 0 ? `${situation === 'waived' ? '**What is waived**\n\n' : ''}${renderProblems(problems)}` : null,
    renderNotes(decision), renderAnswers(decision),
  ], TEXT_MAX);
}

type Told = Exclude<Decision['situation'], 'missing' | 'unsound'>;

const LEAD: Readonly<Record<Told, (decision: Decision) => string>> = {
  'not-configured': () => 'There is no configuration here, so nothing is asked. A file `.github/yardstick.yml` switches it on.',
  'out-of-scope': (decision) => `Not in scope: ${renderWhy(decision)}.`,
  exempt: (decision) => `Not in scope: ${renderWhy(decision)}.`,
  'auto-bet': (decision) => `In scope: ${renderWhy(decision)}. Small and reversible, so nothing is asked.`,
  'nothing-asked': (decision) => decision.intent === 'save'
    ? `In scope: ${renderWhy(decision)}. It saves, so nothing is asked: the cost is the goal, and that nothing gets worse is the guardrail.`
    : `In scope: ${renderWhy(decision)}. Nothing is asked.`,
  sound: (decision) => `In scope: ${renderWhy(decision)}. ${decision.hypothesis === null ? 'What forces it is said and linked.' : `The hypothesis is sound: ${escapeText(cutLine(decision.hypothesis.claim.replace(/[.\s]+$/, ''), 300))}.`}`,
  waived: ({ waiver }) => (waiver === null ? 'Waived.' : `Waived by ${code(waiver.by)}${waiver.until === null ? '' : ` until ${waiver.until}`}: ${escapeText(cutLine(waiver.reason, 500))}`),
  repair: ({ incidentLabel }) => `**Nothing is asked: merge when you are ready.** The label ${code(incidentLabel ?? 'incident')} makes this a repair. When the load is back to normal you are asked once: keep it or undo it?`,
  step: (decision) => `In scope: ${renderWhy(decision)}. A step of ${code(decision.hypothesis?.ref ?? 'its programme')}: the programme is measured, not each step.`,
  'waiting-for-cost': () => 'The configuration expects a cost report, and it is still to come. This is looked at again when it comes; 30 minutes after the push the change itself decides.',
  'configuration-broken': ({ verdict }) => `This pull request breaks the configuration. ${verdict === 'fail' ? 'It has to be mended before it merges:' : 'To be mended:'}`,
  'not-evaluated': (decision) => {
    const held = decision.verdict === 'fail' ? '`on-error: block` holds it until a run succeeds; press Re-run.' : 'Nothing is blocked, and it is tried again.';
    return `Could not evaluate this pull request: our fault, not yours. ${isGivenUp(decision) ? 'Nothing is blocked, and it is not tried again by itself: press *Re-check*, or push.' : held}`;
  },
};

/** What it does, what it costs, which rule said what, and by which configuration; folded. */
export function renderDetails(decision: Decision): string | null {
  const { situation, mode, config } = decision;
  if (situation === 'not-configured' || situation === 'not-evaluated' || mode === 'observe') return null;
  return joinWithin([
    renderFacts(decision),
    renderPreflight(decision.preflight, seenBy(decision)),
    situation === 'missing' || situation === 'unsound' ? null : renderMemory(decision.memory),
    `<details><summary>Which rule said what</summary>\n\n${decision.findings.map(renderFinding).join('\n')}\n\n</details>`,
    `Tier ${code(decision.tier)}${decision.intent === null ? '' : `, intent ${code(decision.intent)}`}, mode ${code(mode)}, configuration: ${config.place === null ? 'the defaults' : code(cutLine(config.place, 200))}.`,
  ], TEXT_MAX);
}

function renderFacts({ facts, cost }: Decision): string | null {
  if (facts.length === 0 && cost === null) return null;
  const money = cost === null ? '' : `\n\nCost: ${renderMonthlyDelta(cost.monthlyDelta, cost.currency)} (${escapeText(cutLine(cost.source, 120))}).`;
  if (facts.length === 0) return money.trim();
  const rows = facts.slice(0, FACTS_SHOWN).map(renderRow);
  const more = facts.length > FACTS_SHOWN ? `\n\n… and ${facts.length - FACTS_SHOWN} more` : '';
  return `| what | from | to | | where |\n|---|---|---|---|---|\n${rows.join('\n')}${more}${money}`;
}

const FACTS_SHOWN = 40;

function renderRow(fact: ScalingFact): string {
  const factor = fact.factor === null ? '' : `×${Number(fact.factor.toPrecision(3))}`;
  const remarks = [...fact.remarks, ...(fact.production ? [] : ['not production'])].map((remark) => ` (${inline(remark)})`).join('');
  const cells = [cell(fact.path, 80), cell(fact.from ?? 'unset', 40), cell(fact.to ?? 'unset', 40), factor, `${cell(`${fact.file}:${fact.line}`, 120)}${remarks}`];
  return `| ${cells.join(' | ')} |`;
}

/** Inside a table a pipe ends the cell even in a code span, unless it is escaped. */
function cell(text: string, max: number): string {
  return code(cutLine(text, max)).replaceAll('|', '\\|');
}

function renderFinding({ rule, outcome, text }: Finding): string {
  return `- ${code(rule)} ${outcome}: ${inline(cutLine(text, 300))}`;
}
