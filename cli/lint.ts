// Checks one text as configuration or as hypothesis, the way the gate would.
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { completeConfig, defaultConfig } from '../src/config/complete.ts';
import { parseConfig } from '../src/config/parse.ts';
import { SetupError } from '../src/errors.ts';
import { checkParsed } from '../src/hypothesis/catalogue.ts';
import { parseHypothesis } from '../src/hypothesis/parse.ts';
import type { Config } from '../src/model/config.ts';
import type { Note, Problem } from '../src/model/problem.ts';
import { configPath } from './change/given.ts';
import type { Invocation } from './command.ts';
import { readGivenText } from './desk.ts';
import { InputProblems } from './problem-text.ts';

export type LintKind = 'config' | 'hypothesis';

export interface LintedFile {
  readonly file: string;
  readonly kind: LintKind;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
}

/** @throws SetupError for a word that names no kind */
export function parseKind(word: string | null): LintKind | null {
  if (word === null || word === 'config' || word === 'hypothesis') return word;
  throw new SetupError(`--as takes config or hypothesis, not "${word.slice(0, 40)}"`, 'Write --as config or --as hypothesis.');
}

/** The metrics that hypotheses may name. @throws InputProblems if `--config` names a broken file */
export async function readCatalogue({ options, desk }: Invocation): Promise<Config['metrics']> {
  const given = options.text('config');
  const path = given ?? configPath;
  if (given === null && !existsSync(resolve(desk.cwd, path))) return defaultConfig().metrics;
  const parsed = parseConfig(await readGivenText(desk, path), path);
  if (parsed.ok) return completeConfig([parsed.value]).metrics;
  // The usual file is linted itself where that is asked for; here it is only a help.
  if (given === null) return defaultConfig().metrics;
  throw new InputProblems(`the configuration ${path} is broken`, parsed.problems);
}

export function lintText(text: string, { file, kind, catalogue }: { readonly file: string; readonly kind: LintKind | null; readonly catalogue: Config['metrics'] }): LintedFile {
  const known = kind ?? guessKind(file, text);
  if (known === 'config') {
    const parsed = parseConfig(text, file);
    return parsed.ok ? { file, kind: known, problems: [], notes: parsed.notes } : { file, kind: known, problems: parsed.problems, notes: [] };
  }
  const { problems, notes } = checkParsed(parseHypothesis(text, { source: 'file', ref: file, file }), catalogue);
  return { file, kind: known, problems, notes };
}

/** Markdown is a hypothesis; of YAML files those that lie among hypotheses or begin like one. */
function guessKind(file: string, text: string): LintKind {
  if (!/\.ya?ml$/i.test(file)) return 'hypothesis';
  if (/^yardstick\.ya?ml$/i.test(basename(file))) return 'config';
  return /(?:^|\/)hypotheses\//.test(file) || /^(?:hypothesis|claim|because|criteria)[ \t]*:/m.test(text.slice(0, 65_536)) ? 'hypothesis' : 'config';
}
