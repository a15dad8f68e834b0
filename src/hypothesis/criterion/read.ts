// One line → one criterion with one meaning, or the problem that keeps it from having one.
import type { Criterion, Role } from '../../model/hypothesis.ts';
import type { Place, Problem } from '../../model/problem.ts';
import { cutEvidence } from './evidence.ts';
import { explain } from './explain.ts';
import { takePrefix } from './prefix.ts';
import { quoteLine } from './quote.ts';
import { cleanText, readStatement } from './read-statement.ts';
import type { Reading } from './reading.ts';

/** A line of a list with what is known of it: `role` from a heading such as *Guardrails*. */
export interface CriterionLine {
  readonly text: string;
  readonly place: Place;
  readonly role: Role | null;
}

export type CriterionReading =
  | { readonly ok: true; readonly criterion: Criterion; readonly reading: Reading }
  | { readonly ok: false; readonly problem: Problem };

const LONGEST_LINE = 500;

/** Reads one criterion. A line is read whole or not at all. */
export function readCriterion(line: CriterionLine): CriterionReading {
  if (line.text.length > LONGEST_LINE) {
    const problem = { code: 'unreadable-criterion', place: line.place, found: `a line of ${line.text.length} characters`, expected: `at most ${LONGEST_LINE}`, remedy: 'write one short criterion a line: `p95(checkout) falls by 30%`' };
    return { ok: false, problem };
  }
  const evidence = readEvidence(line);
  if (evidence !== null) return evidence;
  const result = readStatement(line.text);
  if (!result.ok) return { ok: false, problem: explain(line, result) };
  const { reading, prefixed } = result;
  const { hours, against, forEach } = reading.conditions;
  const criterion: Criterion = {
    kind: 'metric', ...said(line), role: prefixed.role ?? line.role ?? reading.role, metric: reading.metric, expects: reading.expects,
    hours: hours ?? { kind: 'all' }, against: against ?? { kind: 'baseline' }, forEach, manual: prefixed.manual,
  };
  return { ok: true, criterion, reading };
}

/** The criterion's own words, and where they begin. */
function said({ text: line, place }: CriterionLine): Pick<Criterion, 'text' | 'place'> {
  const text = cleanText(line);
  return { text, place: { ...place, column: place.column + Math.max(0, line.indexOf(text)) } };
}

/** `evidence: SOURCE shows METRIC < VALUE`. Null where the line is another. */
function readEvidence(line: CriterionLine): CriterionReading | null {
  const prefixed = takePrefix(line.text, 'with-label');
  const parts = cutEvidence(line.text.slice(prefixed.start));
  if (parts === null) return null;
  const fail = (code: string, expected: string, remedy: string): CriterionReading => ({ ok: false, problem: { code, place: line.place, found: quoteLine(line.text), expected, remedy } });
  const example = `evidence: ${parts.source === '' || /[<>]/.test(parts.source) || /\bshows$/i.test(parts.source) || parts.source.length > 80 ? 'load-test' : parts.source} shows p95 < 300 ms`;
  if (parts.statement === null) return fail('evidence-without-shows', '`shows` and what it shows', `write \`${example}\``);
  if (parts.blank) return fail('placeholder', 'the name of a check or artefact, or a URL', `write \`${example}\``);
  const offset = prefixed.start + parts.statement;
  const result = readStatement(line.text.slice(offset));
  if (!result.ok) {
    const problem = explain({ ...line, place: { ...line.place, column: line.place.column + offset }, text: line.text.slice(offset) }, result);
    // each half of a split line is evidence too
    const asEvidence = (text: string): string => text.replaceAll(/(^|\n)- /g, (_, before: string) => `${before}- evidence: ${parts.source} shows `);
    return { ok: false, problem: { ...problem, remedy: asEvidence(problem.remedy), ...(problem.copy !== undefined && { copy: asEvidence(problem.copy) }) } };
  }
  const { reading } = result;
  const { expects, conditions, metric } = reading;
  const plain = conditions.hours === null && conditions.against === null && conditions.forEach === null;
  if (expects.kind !== 'level' || expects.other !== null || !plain) return fail('evidence-form', 'one value against one bound, since evidence is one value', `write \`${example}\`, and the rest as a criterion of its own`);
  const role = prefixed.role ?? line.role ?? reading.role;
  return { ok: true, reading, criterion: { kind: 'evidence', ...said(line), role, source: parts.source, metric, op: expects.op, bound: expects.bound } };
}
