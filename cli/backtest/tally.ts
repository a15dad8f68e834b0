// Counts what the gate would have said, entry by entry, so that a history of any length fits in memory.
import type { BacktestEntry } from './entry.ts';

export type Counts = ReadonlyMap<string, number>;

/** What a backtest found. */
export interface Summary {
  readonly read: number;
  readonly inScope: number;
  /** Out of scope by an exemption, although something brought them in. */
  readonly exempt: number;
  readonly facts: number;
  /** Only the beginning of their diff could be read. */
  readonly cut: number;
  readonly verdicts: Counts;
  /** What brought pull requests in, and exemptions that kept them out; each rule counted once a pull request. */
  readonly rules: Counts;
  /** people and bots: how many were read, how many of them are in scope. */
  readonly authors: ReadonlyMap<'people' | 'bots', { readonly read: number; readonly inScope: number }>;
  readonly tiers: Counts;
  readonly intents: Counts;
  readonly knobs: Counts;
  /** Folders of the facts of pull requests in scope. */
  readonly paths: Counts;
}

/** Folder levels that paths are counted by: deep enough to tell services apart. */
const pathDepth = 3;

export class Tally {
  #read = 0;
  #inScope = 0;
  #exempt = 0;
  #facts = 0;
  #cut = 0;
  readonly #counts = { verdicts: new Map<string, number>(), rules: new Map<string, number>(), tiers: new Map<string, number>(), intents: new Map<string, number>(), knobs: new Map<string, number>(), paths: new Map<string, number>() };
  readonly #authors = new Map<'people' | 'bots', { read: number; inScope: number }>([['people', { read: 0, inScope: 0 }], ['bots', { read: 0, inScope: 0 }]]);

  add({ change, cut, decision }: BacktestEntry): void {
    const { inScope, scope, facts, verdict, tier, intent } = decision;
    const { verdicts, rules, tiers, intents, knobs, paths } = this.#counts;
    this.#read += 1;
    this.#facts += facts.length;
    if (cut) this.#cut += 1;
    if (decision.situation === 'exempt') this.#exempt += 1;
    const author = this.#authors.get(change.byBot ? 'bots' : 'people');
    if (author) author.read += 1;
    count(verdicts, verdict);
    count(tiers, tier);
    for (const rule of new Set(scope.map((reason) => reason.rule))) if (inScope || rule === 'exempt') count(rules, rule);
    for (const { knob } of facts) count(knobs, knob);
    if (!inScope) return;
    this.#inScope += 1;
    if (author) author.inScope += 1;
    if (intent !== null) count(intents, intent);
    for (const path of new Set(facts.map(({ file }) => folderOf(file)))) count(paths, path);
  }

  get read(): number {
    return this.#read;
  }

  get inScope(): number {
    return this.#inScope;
  }

  summary(): Summary {
    return { read: this.#read, inScope: this.#inScope, exempt: this.#exempt, facts: this.#facts, cut: this.#cut, authors: this.#authors, ...this.#counts };
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function folderOf(file: string): string {
  const folders = file.split('/').slice(0, -1);
  return folders.length === 0 ? '(top folder)' : folders.slice(0, pathDepth).join('/');
}
