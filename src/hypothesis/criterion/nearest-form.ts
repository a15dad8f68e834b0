// The nearest right form of a line that can't be read: split, inverted, joined, filled in; always one that parses.
import type { Expectation } from '../../model/hypothesis.ts';
import { renderQuantity } from '../../quantity/unit.ts';
import type { Refusal } from './cursor.ts';
import { takePrefix } from './prefix.ts';
import { readStatement } from './read-statement.ts';
import type { Reading } from './reading.ts';
import { tokenize } from './tokens.ts';
import { WORDS } from './words.ts';
import { renderMetric } from '../../metric-name.ts';

/** What to write instead; `code` and `expected` where the kind of fault is known better by its remedy. */
export interface NearestForm {
  readonly code?: string;
  readonly expected?: string;
  readonly remedy: string;
  /** The lines themselves, where the remedy leads in to them. */
  readonly copy?: string;
}

interface Failure {
  readonly refusal: Refusal;
  readonly read: Reading | null;
}

const EXAMPLE = 'p95(checkout) falls by 30%';
const GRAMMAR = new Set([...[...WORDS.values()].flat().filter((phrase) => phrase.length === 1).flat(), 'by', 'to', 'from', 'at', 'always', 'usually', 'mostly', 'goes', 'off-peak', 'improve', 'improves', 'may', 'can', 'could', 'might', 'would', 'never']);
const JOINTS = /(?:,\s{0,3}(?:and|but|while|with)?|;|\band\b|\bbut\b|\bor\b|\bwhile\b|\bwithout\b|&)/gi;
/** More joints than that, and the line is no pair of criteria. */
const MOST_JOINTS = 4;

/** The remedy of a refused line. */
export function nearestForm(line: string, failure: Failure): NearestForm {
  const text = line.slice(takePrefix(line, 'without-label').start).replaceAll(/[*`]/g, '').trim();
  return rollback(text) ?? none(text) ?? split(text, failure.read) ?? mended(text, failure) ?? condition(line, failure) ?? filledIn(text, failure) ?? (failure.refusal.code === 'unreadable-criterion' ? joined(text) : null) ?? fallback(text, failure);
}

/** `roll back if m > 2 s` is the guardrail turned round. */
function rollback(text: string): NearestForm | null {
  const lead = /^(?:we(?:'ll| will)? )?(?:roll(?:ing)?[ -]?back|revert|abort|undo|scale back|stop|alert|page|fail)(?: this| it| the change)?[,:]? (?:if|when|whenever|in case|as soon as|once) |^(?:avoid|prevent) /i.exec(text.slice(0, 80));
  if (lead === null) return null;
  const base = { code: 'rollback-condition', expected: 'a guardrail: what has to hold' };
  const read = readStatement(text.slice(lead[0].length));
  const bound = read.ok && read.reading.expects.kind === 'level' && read.reading.expects.other === null ? read.reading.expects : null;
  if (!read.ok || bound === null) return { ...base, remedy: 'write what must hold instead: `guardrail: p95(checkout) <= 2 s`' };
  return { ...base, remedy: `write \`guardrail: ${renderMetric(read.reading.metric)} ${renderLevel({ ...bound, op: bound.op === '<=' ? '>=' : '<=' })}\`` };
}

function renderLevel(level: Expectation & { readonly kind: 'level' }): string {
  return `${level.op} ${renderQuantity(level.bound.value, level.bound.unit).replace('−', '-')}`;
}

/** `oom_kills = 0`, `oom_kills stay at zero`: none of them. */
function none(text: string): NearestForm | null {
  const [, name = ''] = /^([^\s:=]{1,80})\s{0,3}(?:(?::|==?|is|are|stays?(?: at)?|remains?(?: at)?|drops? to|falls? to|at)\s{0,3})?(?:0|zero|never)[.\s]{0,3}$/i.exec(text.slice(0, 120)) ?? [];
  return isName(name) && parses(`no more ${name}`) ? { expected: 'events that don’t happen, or a bound', remedy: `write \`no more ${name}\`` } : null;
}

/** Two criteria in one line: each in its own, the second with the first one's metric if it has none. */
function split(text: string, read: Reading | null): NearestForm | null {
  let joints = 0;
  for (const joint of text.matchAll(JOINTS)) {
    if (++joints > MOST_JOINTS) return null;
    const left = text.slice(0, joint.index).trim();
    const right = text.slice(joint.index + joint[0].length).trim();
    const first = left === '' ? null : readStatement(left);
    if (first === null || right === '') continue;
    const metric = first.ok ? renderMetric(first.reading.metric) : read === null ? null : renderMetric(read.metric);
    const second = [right, right.replace(/^(?:keeping|increasing|decreasing|raising|lowering)\b/i, (verb) => ({ keeping: 'keep', increasing: 'no increase in', decreasing: 'no decrease in', raising: 'no increase in', lowering: 'no decrease in' })[verb.toLowerCase()] ?? verb), ...(metric === null ? [] : [`${metric} ${right}`])].find(parses);
    const when = first.ok && first.reading.conditions.hours?.kind === 'when' && /and|or|&/i.test(joint[0]);
    if (when) return { code: 'two-conditions', expected: 'one bound after `when`', remedy: `write one condition: \`${left}\`` };
    if (first.ok && second !== undefined) return two(left, second);
    const shared = metric === null && isName(left) ? readStatement(right) : null;
    if (shared?.ok === true) {
      const first = right.replace(renderMetric(shared.reading.metric), left);
      if (first !== right && parses(first)) return two(first, right);
    }
  }
  return null;
}

function two(first: string, second: string): NearestForm {
  return { code: 'two-criteria', expected: 'one criterion a line', remedy: `write two lines:\n- ${first}\n- ${second}`, copy: `- ${first}\n- ${second}` };
}

/** What the refusal itself proposes, with the line's metric, or put in the place of what can't be read. */
function mended(text: string, { refusal }: Failure): NearestForm | null {
  const [, fragment] = /`([^`]+)`/.exec(refusal.remedy) ?? [];
  if (fragment === undefined) return null;
  if (refusal.code === 'ambiguous-number') {
    const [, first = '', second] = /`([^`]+)`(?: or `([^`]+)`)?/.exec(refusal.remedy) ?? [];
    const bad = tokenize(text).find((token) => token.kind === 'bad');
    if (bad === undefined) return parses(text.replaceAll(/([0-9]) (?=[0-9]{3}\b)/g, '$1')) ? { remedy: `write \`${text.replaceAll(/([0-9]) (?=[0-9]{3}\b)/g, '$1')}\`` } : null;
    const lines = [first, second].flatMap((fix) => (bad === undefined || fix === undefined ? [] : [text.slice(0, bad.start) + fix + text.slice(bad.end)])).filter(parses);
    return lines.length === 0 ? null : { remedy: `write ${lines.map((line) => `\`${line}\``).join(' or ')}` };
  }
  const metric = metricOf(text);
  if (metric === null || refusal.code === 'unknown-condition') return null;
  const remedy = refusal.remedy.replaceAll(/`([^`]+)`/g, (quoted, form: string) => (parses(`${metric} ${form}`) ? `\`${metric} ${form}\`` : quoted));
  return remedy === refusal.remedy ? null : { remedy };
}

/** A condition that the grammar doesn't know: named, with the two ways to say it. */
function condition(line: string, { refusal, read }: Failure): NearestForm | null {
  if (refusal.code !== 'unknown-condition') return null;
  const before = line.slice(0, refusal.at).replace(/[\s,;(:*`–—-]{1,9}$/, '').trim();
  const kept = read === null ? null : before.slice(takePrefix(before, 'with-label').start);
  const metric = read === null ? metricOf(line) : renderMetric(read.metric);
  if (metric === null) return null;
  const statement = kept !== null && parses(kept) ? kept : `${metric} < 300 ms`;
  const when = read?.conditions.hours === null ? `\`${statement} when rps > 500\`` : null;
  const level = read?.expects.kind === 'level' && read.expects.other === null ? renderLevel(read.expects) : '< 300 ms';
  const evidence = `\`evidence: load-test shows ${metric} ${level}\``;
  return { remedy: `say it by a metric: ${when === null ? '' : `${when}, or by a test: `}${evidence}; or leave it out: \`${statement}\`` };
}

/** A verb without its amount, a name without its bound. */
function filledIn(text: string, { refusal }: Failure): NearestForm | null {
  if (refusal.code !== 'placeholder') return null;
  const metric = metricOf(text);
  return { remedy: `fill it in, for example \`${metric ?? 'p95(checkout)'} falls by 30%\`` };
}

/** `error rate stays below 0.5%`: a metric is one name. */
function joined(text: string): NearestForm | null {
  const tight = text.replace(/^([\p{L}\p{N}_.-]{1,80})\s{1,3}\(/u, '$1(');
  if (tight !== text && parses(tight)) return { expected: 'the argument right behind the name', remedy: `write \`${tight}\`` };
  const words = text.split(/\s+/).slice(0, 7);
  for (let count = 2; count < words.length; count++) {
    const name = words.slice(0, count).join('_').replaceAll(/[^\p{L}\p{N}_.]/gu, '_');
    const rest = text.split(/\s+/).slice(count).join(' ');
    if (!isWord(words[count - 1]) || !isWord(words[0])) return null;
    if (/^\p{L}/u.test(name) && parses(`${name} ${rest}`)) return { code: 'unknown-metric-form', expected: 'a metric as one name', remedy: `write \`${name} ${rest}\`, with the name that the catalogue has` };
  }
  return null;
}

function fallback(text: string, { refusal }: Failure): NearestForm {
  if (refusal.remedy !== '') return { remedy: refusal.remedy };
  const metric = metricOf(text);
  return { remedy: metric === null ? `write it as \`${EXAMPLE}\` or \`error_rate(checkout) stays below 0.5%\`` : `write it as \`${metric} falls by 30%\`, \`${metric} < 300 ms\` or \`${metric} stays below 300 ms\`` };
}

/** The first thing that looks like a metric. */
function metricOf(text: string): string | null {
  const token = tokenize(text.slice(0, 300)).find(({ kind, text: word }) => kind === 'metric' || (kind === 'word' && /[_0-9]/.test(word)));
  return token === undefined ? null : token.text;
}

/** A word that may be part of a name: neither punctuation nor a word of the grammar. */
function isWord(word: string | undefined): boolean {
  return word !== undefined && /^[\p{L}\p{N}_.-]{1,60}$/u.test(word) && !GRAMMAR.has(word.toLowerCase());
}

function isName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_.:-]{0,80}(?:\([^()]{1,80}\))?$/u.test(text);
}

function parses(line: string): boolean {
  return line.length <= 500 && readStatement(line).ok;
}
