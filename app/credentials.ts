// Writes what GitHub gave the App into the environment file: readable by its owner alone, every other line as it was.
// Docker's `--env-file` and kubectl know no quotes and no line breaks: without both, all who read such files read the same.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Sets variables in the file. Returns all that it now says. */
export function writeCredentials(file: string, given: Variables): Record<string, string> {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const wanted = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: unquoted(value) }]));
  const kept = wanted.reduce((text, { name }) => text.replace(lineOf(name), ''), before === '' || before.endsWith('\n') ? before : `${before}\n`);
  const text = kept + wanted.map(({ name, value }) => `${name}=${written(value)}\n`).join('');
  writeFileSync(file, text, { mode: 0o600 });
  // The mode above is for a new file only.
  chmodSync(file, 0o600);
  return parseEnv(text) as Record<string, string>;
}

/** A key goes on one line as base64. What GitHub gives besides needs no quotes; what somebody chose himself may. */
function written(value: string): string {
  if (value.includes('-----BEGIN')) return Buffer.from(value).toString('base64');
  return /^[\w.:/@+=-]*$/.test(value) ? value : `"${value}"`;
}

/** A value in quotes may go over many lines. */
function lineOf(name: string): RegExp {
  return new RegExp(String.raw`^(?:export )?${name}=(?:"[^"]*"|'[^']*'|.*)[^\n]*\n`, 'gm');
}

/** Probot hands the key over in quotes of its own. */
function unquoted(value: string): string {
  return /^".*"$/s.test(value) ? value.slice(1, -1) : value;
}
