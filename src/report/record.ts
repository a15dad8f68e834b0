// The record of what was agreed, as people read it; the machine's copy of it is folded at the end.
import type { ChangeRef } from '../model/change.ts';
import type { Experiment } from '../model/experiment.ts';
import { TEXT_MAX, cutLine, joinWithin, renderSome, sizeOf } from './budget.ts';
import { code, escapeText, inline } from './escape.ts';
import { inSame, isSame, metricName, nameOf } from './names.ts';
import { newestWords } from './newest-words.ts';
import { renderStanding } from './outcome-line.ts';
import { renderPromiseTable } from './promise-table.ts';
import { asksForDecision, renderPrice } from './question.ts';
import type { Shows } from './shows.ts';
import { renderDay, renderInstant } from './when.ts';

export interface RecordGiven {
  /** The machine's copy: one line without Markdown of its own, kept as it is. */
  readonly sealedText: string;
  readonly shows: Shows;
  /** The pull request or issue on which it will be read. */
  readonly on: ChangeRef;
  /** When measuring ends, ISO 8601; null while its effect has not begun. */
  readonly until: string | null;
  /** Why commands could not be heard, a sentence each. */
  readonly replies: readonly string[];
}

/** Markdown without a marker; the machine's copy is never cut, the rest gives way. */
export function renderRecord(experiment: Experiment, { sealedText, shows, on, until, replies }: RecordGiven): string {
  const sealed = `<details><summary>The record itself (for the machine; editing it breaks its digest)</summary>\n\n${sealedText}\n\n</details>`;
  const body = joinWithin([
    renderStanding(experiment, { until, on, shows }),
    renderClaim(experiment, shows),
    renderPromiseTable(experiment, shows),
    renderMissing(experiment, shows),
    renderMembers(experiment, shows),
    renderValues(experiment, shows),
    renderAmendments(experiment),
    renderReplies(replies),
    renderCommands(experiment, { on, shows }),
  ], RECORD_MAX - sizeOf(sealed));
  return `${body}\n\n${sealed}`;
}

/** Bytes, with room for the marker. */
const RECORD_MAX = TEXT_MAX + 3_000;

function renderClaim({ hypothesis, lockedAt, owner, config, intent }: Experiment, { words }: Shows): string {
  const who = owner === null ? '' : ` by ${escapeText(owner)}`;
  const odds = hypothesis.odds === null ? '' : ` Their odds: ${Math.round(hypothesis.odds * 100)}%.`;
  const claim = words
    ? `: ${escapeText(cutLine(hypothesis.claim.replace(/[.\s]+$/, ''), 400))}${hypothesis.because === null ? '' : `, because ${escapeText(cutLine(hypothesis.because.replace(/[.\s]+$/, ''), 400))}`}.${odds}`
    : `, in a hypothesis that not everybody who reads this may read.`;
  return `> Promised${who}${claim} Intent ${code(intent)}. Locked ${renderDay(lockedAt)}; what is edited later is shown and changes nothing. Configuration ${code(config.digest)}.`;
}

/** What keeps it from being measured, said now and not when it is due. */
function renderMissing({ metrics, baselines, criteria, result, withdrawal }: Experiment, shows: Shows): string | null {
  if (result !== null || withdrawal !== null) return null;
  const measured = new Set(criteria.flatMap((criterion) => (criterion.kind === 'metric' && !criterion.manual ? [criterion.text] : [])));
  const lines = measured.size === 0 ? [] : [
    ...metrics.filter(({ source, sourceType }) => source === null && sourceType !== 'manual' && sourceType !== 'evidence').map(({ name }) => `${named(name, shows)} has no source yet: without one its criterion stays open.`),
    ...metrics.filter(({ source, name, sourceType }) => source !== null && sourceType !== 'manual' && sourceType !== 'evidence' && baselines[name] === undefined).map(({ name }) => `No baseline is stored for ${named(name, shows)}: the source has to remember it until the verdict.`),
  ];
  return lines.length === 0 ? null : `**What is missing**\n${renderSome(lines, 10, (line) => `- ${line}`).join('\n')}`;
}

function named(name: string, { words }: Shows): string {
  return words ? metricName(name) : 'one metric';
}

function renderMembers(experiment: Experiment, shows: Shows): string | null {
  const { members, repo } = experiment;
  const price = renderPrice(experiment, shows).trim();
  const lines = renderSome(members, 12, ({ change, mergedAt, bets, waitsForWindow }) => {
    const what = (shows.elsewhere || inSame(change, repo) ? bets : []).slice(0, 3).map((bet) => escapeText(cutLine(bet, 120))).join('; ');
    return `- ${nameOf(change, repo, shows)}, merged ${renderDay(mergedAt)}${what === '' ? '' : `: ${what}${bets.length > 3 ? ` and ${bets.length - 3} more` : ''}`}${waitsForWindow ? ' (waits for its maintenance window)' : ''}`;
  });
  return lines.length === 0 ? null : [`**What was merged**${price === '' ? '' : ` (${price.replace(/\.$/, '').replace('Keeping', 'keeping')})`}`, ...lines].join('\n');
}

function renderValues({ answers }: Experiment, { metric }: Shows): string | null {
  const told = answers.filter((answer) => metric(answer.metric));
  if (told.length === 0) return null;
  return ['**Values given by people**', ...renderSome(told, 10, ({ metric: name, value, unit, by, at, note }) =>
    `- ${metricName(name)}: ${escapeText(`${value}${unit === null ? '' : ` ${unit}`}`)}, by ${escapeText(by)}, ${renderDay(at)}${note === null ? '' : ` (${escapeText(cutLine(note, 200))})`}`)].join('\n');
}

function renderAmendments({ amendments }: Experiment): string | null {
  if (amendments.length === 0) return null;
  return ['**Changed after it was agreed** (without influence on the verdict)', ...renderSome(amendments, 12, ({ at, text }) => `- ${renderInstant(at)}: ${escapeText(cutLine(text, 300))}`)].join('\n');
}

function renderReplies(replies: readonly string[]): string | null {
  return replies.length === 0 ? null : ['**Answers**', ...newestWords(replies).map((reply) => `- ${inline(cutLine(reply, 300))}`)].join('\n');
}

/** Only what can be done now, and where it is heard: on a pull request that was merged with it. */
function renderCommands({ result, withdrawal, decision, effect, members: [home, ...others], silent }: Experiment, { on, shows }: Pick<RecordGiven, 'on' | 'shows'>): string | null {
  if (withdrawal !== null || decision !== null) return null;
  const where = home === undefined || [home, ...others].some(({ change }) => isSame(change, on)) ? '' : ` on ${nameOf(home.change, on, shows)}`;
  if (result !== null) return asksForDecision(result.outcome) && !silent ? `To decide${where}: \`/yardstick keep <reason>\`, \`/yardstick undo\` or \`/yardstick accept <reason>\`.` : null;
  const deployed = effect === null ? '`/yardstick deployed` when it is live and nobody says so, ' : '';
  return `As a comment${where}: ${deployed}\`/yardstick withdraw <reason>\` to end this without a verdict.`;
}
