// Which environment a path or name speaks of: what is not production asks for less.
import ignore, { type Ignore } from 'ignore';
import { placeOfName, placeOfWord } from '../environment.ts';
import { wordsOf } from './words.ts';

/** Whether a key names an environment, as keys of maps per environment do. */
export function isEnvironmentName(name: string): boolean {
  return outright(name) !== null;
}

/** Decides for paths and names whether they touch production. Globs are gitignore-style; `production` wins. */
export interface ProductionRule {
  readonly production: readonly string[];
  readonly nonProduction: readonly string[];
}

/** A test for (path, names inside the file), with the globs compiled once. */
export function productionTest(rule: ProductionRule): (path: string, names: readonly string[]) => boolean {
  const yes = compile(rule.production);
  const no = compile(rule.nonProduction);
  return (path, names) => {
    if (yes?.ignores(path) === true) return true;
    if (no?.ignores(path) === true) return false;
    const folders = path.split('/');
    // Who is named outright knows best, and of two the inner one; a part of a name (`dev-desktops`) is only a hint.
    return (
      innermost(names, outright) ??
      innermost(folders, (name) => outright(name.replace(/\.[a-z0-9]{1,9}$/i, ''))) ??
      innermost(folders, environmentOf) ??
      innermost(names, environmentOf) ??
      true
    );
  };
}

function innermost(names: readonly string[], said: (name: string) => boolean | null): boolean | null {
  return names.reduceRight<boolean | null>((found, name) => found ?? said(name), null);
}

/** The same for a name that is nothing but the environment. */
function outright(name: string): boolean | null {
  return isProduction(placeOfName(name));
}

/** true for production, false for another environment, null where the name speaks of none. The last word that says so counts. */
function environmentOf(name: string): boolean | null {
  const words = wordsOf(name);
  return words.reduce<boolean | null>((said, word, index) => {
    const place = placeOfWord(word);
    if (place === 'production') return words[index - 1] !== 'non' && words[index - 1] !== 'pre';
    return place === 'other' ? false : said;
  }, null);
}

function isProduction(place: ReturnType<typeof placeOfName>): boolean | null {
  return place === null ? null : place === 'production';
}

const compiled = new WeakMap<readonly string[], Ignore>();

/** Compiled once a list: a backtest decides thousands of changes under one configuration. */
function compile(globs: readonly string[]): Ignore | null {
  if (globs.length === 0) return null;
  const known = compiled.get(globs) ?? ignore().add([...globs]);
  compiled.set(globs, known);
  return known;
}
