// What fewer people may read than this pull request stays where it is: of such a hypothesis it is told whether it counts, never what it says.
import type { HypothesisFinding } from '../model/gate.ts';
import type { Hypothesis } from '../model/hypothesis.ts';
import type { Note, Problem } from '../model/problem.ts';
import type { Objection } from './objection.ts';
import { quote } from './quote.ts';
import type { Reply } from './question.ts';

/** What the gate itself says of a link; it quotes nothing. */
const SAYABLE: readonly string[] = ['hypothesis-missing', 'hypothesis-ended', 'programme-missing'];
/** Rules that look into the text. */
const READING: readonly Objection['rule'][] = ['linked', 'complete', 'measurable'];

/** The reply without the text's own words: its problems are counted by rule, its notes and the findings on it are left out. */
export function veilReply(reply: Reply, found: HypothesisFinding | null): Reply {
  if (found === null || found.quotable) return reply;
  const isHidden = ({ rule, problem }: Objection): boolean => READING.includes(rule) && !found.own.includes(problem) && !SAYABLE.includes(problem.code);
  const folded = READING.flatMap((rule) => fold(rule, reply.objections.filter((objection) => objection.rule === rule && isHidden(objection)), found));
  const remarks = reply.remarks.map((problem): Objection => ({ rule: 'linked', problem }));
  return {
    ...reply,
    objections: [...reply.objections.filter((objection) => !isHidden(objection)), ...folded],
    remarks: [...remarks.filter((remark) => !isHidden(remark)), ...fold('linked', remarks.filter(isHidden), found)].map(({ problem }) => problem),
    notes: found.hypothesis === null ? [] : [stays(found.hypothesis)],
    findings: reply.findings.filter(({ rule }) => !READING.some((reading) => reading === rule) && rule !== 'arithmetic').concat({ rule: 'linked', outcome: reply.objections.some(({ rule }) => READING.includes(rule)) ? 'not-met' : 'met', text: `what ${nameOf(found)} says stays there` }),
  };
}

/** The hypothesis as readers of this pull request may see it: where it stands, and nothing of what it says. */
export function veilHypothesis(found: HypothesisFinding | null): Hypothesis | null {
  if (found === null || found.hypothesis === null || found.quotable) return found?.hypothesis ?? null;
  return { ...found.hypothesis, claim: '', because: null, criteria: [], schedule: { window: null, settle: null, start: null }, odds: null, until: null };
}

function fold(rule: Objection['rule'], hidden: readonly Objection[], found: HypothesisFinding): readonly Objection[] {
  const { length } = hidden;
  if (length === 0) return [];
  const [count, them] = length === 1 ? ['1 problem', 'it'] : [`${length} problems`, 'them'];
  const problem: Problem = {
    code: 'unsound-elsewhere', place: null, found: `the linked hypothesis has ${count}${rule === 'linked' ? '' : ` by the rule ${quote(rule)}`}; see ${them} there`, expected: 'a hypothesis without problems',
    remedy: `Fewer people may read ${nameOf(found)} than this pull request, so nothing of it is repeated. ${quote('npx yardstick lint FILE')} names the problems of its text; or write the hypothesis into this pull request.`,
  };
  return [{ rule, problem }];
}

function stays({ ref }: Hypothesis): Note {
  return { code: 'hypothesis-elsewhere', text: `Fewer people may read ${quote(ref)} than this pull request: what it says is neither repeated nor measured here. Write the hypothesis into this pull request to have it measured.` };
}

function nameOf({ hypothesis }: HypothesisFinding): string {
  return hypothesis === null ? 'what is linked' : quote(hypothesis.ref);
}
