// Which environment a path or name speaks of: what is not production asks for less.
import ignore, { type Ignore } from 'ignore';
import { wordsOf } from './words.ts';

const NOT_PRODUCTION = new Set([
  'dev', 'develop', 'development', 'devel', 'staging', 'stage', 'stg', 'test', 'tests', 'testing', 'tst', 'sandbox', 'sbx', 'qa', 'uat', 'preview', 'previews', 'review',
  'ci', 'demo', 'playground', 'nonprod', 'nonproduction', 'preprod', 'preproduction', 'local', 'ephemeral', 'integration', 'int', 'canary', 'lab',
]);
const PRODUCTION = new Set(['prod', 'production', 'prd', 'live']);

/** Whether a key names an environment, as keys of maps per environment do. */
export function isEnvironmentName(name: string): boolean {
  const word = name.toLowerCase();
  return NOT_PRODUCTION.has(word) || PRODUCTION.has(word);
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
    // The innermost name knows best: `dev/prod-like/` is rare, `production: {staging: …}` is not production.
    for (const name of [...names].reverse()) {
      const said = environmentOf(name);
      if (said !== null) return said;
    }
    const folders = path.split('/').map(environmentOf).filter((said) => said !== null);
    return folders.length === 0 || folders.includes(true);
  };
}

/** true for production, false for another environment, null where the name speaks of none. */
function environmentOf(name: string): boolean | null {
  const words = wordsOf(name);
  const last = words.length - 1;
  if (words.some((word, index) => NOT_PRODUCTION.has(word) || (word === 'non' && index < last && PRODUCTION.has(words[index + 1] ?? '')))) return false;
  if (words.some((word, index) => word === 'pre' && index < last && PRODUCTION.has(words[index + 1] ?? ''))) return false;
  return words.some((word) => PRODUCTION.has(word)) ? true : null;
}

function compile(globs: readonly string[]): Ignore | null {
  return globs.length === 0 ? null : ignore().add([...globs]);
}
