// The completed check run: conclusion, title, texts, annotations and buttons, within GitHub's limits.
import type { Decision, Verdict } from '../model/decision.ts';
import type { Check } from '../model/effect.ts';
import { renderAnnotations } from './annotations.ts';
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

/** Of a merge group whose pull request cannot be told. */
export function renderUnmapped(branch: string): Check {
  const summary = `The branch ${code(branch)} names no pull request (\`pr-<number>-\`), so nobody can say what is promised here. Take the pull request out of the merge queue and put it in again.`;
  return { conclusion: 'failure', title: 'no pull request can be found for this merge group', summary, text: '', annotations: [], actions: [] };
}

/** Labels of at most 20, descriptions of at most 40 and identifiers of at most 20 characters. A waiver needs a reason, which a button can't carry. */
const RE_CHECK = { label: 'Re-check', description: 'Look at this pull request again', identifier: 'check' };

function renderActions({ situation, mode }: Decision): Check['actions'] {
  if (mode === 'observe') return [];
  switch (situation) {
    case 'missing': case 'unsound': case 'waiting-for-cost': case 'configuration-broken': case 'not-evaluated':
      return [RE_CHECK];
    default:
      return [];
  }
}
