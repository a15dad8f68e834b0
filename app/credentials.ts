// Writes what GitHub gave the App into the environment file: readable by its owner alone, other lines kept.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Merges variables into the file; what is there already stays unless it is given anew. */
export function writeCredentials(file: string, given: Variables): Record<string, string> {
  const before = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const wanted = Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, unquoted(value)]])));
  const all = { ...(before as Record<string, string>), ...wanted };
  writeFileSync(file, Object.entries(all).map(([name, value]) => `${name}="${value.replaceAll('\n', String.raw`\n`)}"\n`).join(''), { mode: 0o600 });
  // The mode above is for a new file only.
  chmodSync(file, 0o600);
  return all;
}

/** Probot hands the key over in quotes of its own. */
function unquoted(value: string): string {
  return /^".*"$/s.test(value) ? value.slice(1, -1) : value;
}
