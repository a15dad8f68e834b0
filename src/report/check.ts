// The completed check run: conclusion, title, texts, annotations and buttons, within GitHub's limits.
import type { Decision, Verdict } from '../model/decision.ts';
import type { Check } from '../model/effect.ts';
import { renderAnnotations } from './annotations.ts';
import { TEXT_MAX, TITLE_MAX, cutLine, joinWithin } from './budget.ts';
import { code } from './escape.ts';
import { renderBody, renderDetails } from './summary.ts';
import { renderTitle } from './title.ts';

const CONCLUSION: Readonly<Record<Verdict, Check['conclusion']>> = { pass: 'success', fail: 'failure', neutral: 'neutral' };

/** Everything GitHub needs to post it in one call. */
export function renderCheck(decision: Decision): Check {
  return {
    conclusion: CONCLUSION[decision.verdict],
    title: renderTitle(decision),
    summary: renderBody(decision),
    text: renderDetails(decision) ?? '',
    annotations: renderAnnotations(decision),
    actions: renderActions(decision),
  };
}

/** Of a commit that several pull requests end with: the check is that of the worst. `numbers`: all of them. */
export function renderShared(check: Check, { of, numbers }: { readonly of: number; readonly numbers: readonly number[] }): Check {
  const why = `This is what is said of #${of}. ${namesOf(numbers)} end with the same commit, and a commit has one check: the worst answer counts. Close those that are not needed, or push a commit of its own to one of them.`;
  return { ...check, title: cutLine(`#${of}: ${check.title}`, TITLE_MAX), summary: joinWithin([why, check.summary], TEXT_MAX) };
}

/** Of a commit that more pull requests end with than are looked at. */
export function renderCrowded(numbers: readonly number[]): Check {
  const title = `${numbers.length} open pull requests end with this commit: too many to look at`;
  const summary = `A commit has one check, and the worst answer of all its pull requests counts: ${namesOf(numbers)}. Close those that are not needed, or push a commit of its own to each.`;
  return { conclusion: 'failure', title, summary: joinWithin([summary], TEXT_MAX), text: '', annotations: [], actions: [RE_CHECK] };
}

const NAMES_MAX = 30;

function namesOf(numbers: readonly number[]): string {
  const named = numbers.slice(0, NAMES_MAX).map((number) => `#${number}`);
  const rest = numbers.length - named.length;
  if (rest > 0) return `${named.join(', ')} and ${rest} more`;
  return `${named.slice(0, -1).join(', ')} and ${named.at(-1) ?? ''}`;
}

/** Of a merge group whose pull request cannot be told. */
export function renderUnmapped(branch: string): Check {
  const summary = `The branch ${code(branch)} names no pull request (\`pr-<number>-\`), so nobody can say what is promised here. Take the pull request out of the merge queue and put it in again.`;
  return { conclusion: 'failure', title: 'no pull request can be found for this merge group', summary, text: '', annotations: [], actions: [] };
}

/** Of a commit that no open pull request has as its head any more: it holds up nobody. `why`: "superseded by 1a2b3c4". */
export function renderLeft(why: string): Check {
  return { conclusion: 'neutral', title: why, summary: 'No open pull request ends with this commit, so there is nothing to decide here.', text: '', annotations: [], actions: [] };
}

/** Labels of at most 20, descriptions of at most 40 and identifiers of at most 20 characters. */
const RE_CHECK = { label: 'Re-check', description: 'Look at this pull request again', identifier: 'check' };
const DRAFT = { label: 'Draft it', description: 'Write the draft into the description', identifier: 'draft' };
const WAIVE = { label: 'Waive', description: 'Say who may waive it, and how', identifier: 'waive' };

function renderActions({ situation, mode, draft }: Decision): Check['actions'] {
  if (mode === 'observe') return [];
  const waive = mode === 'enforce' ? [WAIVE] : [];
  switch (situation) {
    case 'missing':
      return [...(draft === null || draft.trim() === '' ? [] : [DRAFT]), ...waive, RE_CHECK];
    case 'unsound':
      return [...waive, RE_CHECK];
    case 'waiting-for-cost': case 'configuration-broken': case 'not-evaluated':
      return [RE_CHECK];
    default:
      return [];
  }
}
