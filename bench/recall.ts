// Holds the detection of scaling facts against the hand labels of real histories.
//   node bench/recall.ts CLONES [--misses]     CLONES holds a clone of each labelled repository as OWNER+NAME or OWNER/NAME
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rebuildEnds } from '../src/change/ends.ts';
import { readDiff } from '../src/change/read-diff.ts';
import { parseUnifiedDiff } from '../src/change/unified-diff.ts';
import { defaultConfig } from '../src/config/complete.ts';
import type { FileEnds, ScalingFact } from '../src/model/change.ts';

interface LabelledFact {
  readonly file: string;
  readonly line: number;
  readonly path: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly direction: string;
  /** Where the value is a part of the text that is reported: an option of a command line, a literal of a condition. */
  readonly form?: 'argument' | 'code' | 'expression';
  readonly borderline?: true;
}

interface Label {
  readonly repo: string;
  readonly sha: string;
  readonly number: number;
  readonly scaling: boolean;
  readonly borderline?: true;
  readonly draw: number;
  readonly facts: readonly LabelledFact[];
}

interface Score {
  scaling: number;
  found: number;
  quiet: number;
  falseAlarms: number;
  facts: number;
  factsFound: number;
  reported: number;
  surplus: number;
}

const [clones, ...flags] = process.argv.slice(2);
if (clones === undefined) throw new Error('usage: node bench/recall.ts CLONES [--misses]');
const { scope, services } = defaultConfig();
const labels = readFileSync(join(import.meta.dirname, 'labels/recall.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Label);
const scores = new Map<string, Score>();

for (const label of labels.filter(({ borderline }) => !borderline)) {
  const clone = cloneOf(label.repo);
  if (clone === null) {
    console.log(`left out, no clone: ${label.repo}`);
    continue;
  }
  const facts = factsOf(clone, label.sha);
  for (const key of [`draw ${label.draw}`, label.repo, 'all']) tally(scoreOf(key), label, facts);
  if (flags.includes('--misses')) tellMisses(label, facts);
}

console.log('| sample | scaling | found | quiet ones | false alarms | labelled facts | found | reported facts | not labelled |\n|---|---|---|---|---|---|---|---|---|');
for (const [key, s] of [...scores].sort()) console.log(`| ${key} | ${s.scaling} | ${s.found} | ${s.quiet} | ${s.falseAlarms} | ${s.facts} | ${s.factsFound} | ${s.reported} | ${s.surplus} |`);

function cloneOf(repo: string): string | null {
  return [join(clones ?? '', repo), join(clones ?? '', repo.replace('/', '+')), join(clones ?? '', repo.replace('/', '+'), 'repo')].find((dir) => existsSync(join(dir, 'HEAD')) || existsSync(join(dir, '.git'))) ?? null;
}

/** As the gate reads them: the hunks first, whole files where they are too short. */
function factsOf(clone: string, sha: string): readonly ScalingFact[] {
  const git = (...args: readonly string[]): string => execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const files = parseUnifiedDiff(git('diff', '-M', `${sha}^1`, sha));
  const options = { presets: scope.presets, production: scope.production, nonProduction: scope.nonProduction, services };
  const first = readDiff(files, { ...options, ends: new Map() });
  const ends = new Map<string, FileEnds>();
  for (const file of files.filter(({ path }) => first.needsEnds.includes(path))) {
    const both = rebuildEnds(git('show', `${sha}:${file.path}`), file);
    if (both) ends.set(file.path, both);
  }
  return readDiff(files, { ...options, ends }).facts;
}

function scoreOf(key: string): Score {
  const known = scores.get(key) ?? { scaling: 0, found: 0, quiet: 0, falseAlarms: 0, facts: 0, factsFound: 0, reported: 0, surplus: 0 };
  scores.set(key, known);
  return known;
}

function tally(score: Score, label: Label, facts: readonly ScalingFact[]): void {
  if (label.scaling) score.scaling += 1;
  else score.quiet += 1;
  if (label.scaling && facts.length > 0) score.found += 1;
  if (!label.scaling && facts.length > 0) score.falseAlarms += 1;
  const wanted = label.facts.filter(({ borderline }) => !borderline);
  score.facts += wanted.length;
  score.factsFound += wanted.filter((fact) => facts.some((found) => same(fact, found))).length;
  score.reported += facts.length;
  score.surplus += facts.filter((found) => !label.facts.some((fact) => same(fact, found))).length;
}

/** The same turn of the same knob: about the same line of the same file, and both values. */
function same(label: LabelledFact, fact: ScalingFact): boolean {
  if (label.file !== fact.file || Math.abs(label.line - fact.line) > 2) return false;
  return sameValue(label.from, fact.from, label.form) && sameValue(label.to, fact.to, label.form);
}

/** `2g` is said by `-Xmx2g`, and `1250Mi` by the condition that gives it. */
function sameValue(label: string | null, fact: string | null, form: LabelledFact['form']): boolean {
  if (label === null || fact === null || form === undefined) return bare(label) === bare(fact);
  return form === 'expression' ? fact.includes(label) : fact.endsWith(label);
}

function bare(text: string | null): string | null {
  return text === null ? null : text.replace(/^["']|["']$/g, '').trim();
}

function tellMisses(label: Label, facts: readonly ScalingFact[]): void {
  const name = `${label.repo}#${label.number}`;
  for (const fact of label.facts) if (!facts.some((found) => same(fact, found))) console.log(`missed   ${name}: ${fact.file}:${fact.line} ${fact.path} ${fact.from} → ${fact.to}${fact.borderline ? ' (borderline)' : ''}`);
  for (const fact of facts) if (!label.facts.some((found) => same(found, fact))) console.log(`surplus  ${name}: ${fact.file}:${fact.line} ${fact.path} [${fact.knob}] ${fact.from} → ${fact.to} ${fact.direction}`);
}
