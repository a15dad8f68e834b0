// Arguments of a metric template inside a query: escaped for the query's language, or refused. Never pasted.
import { SetupError } from '../errors.ts';

/** The argument as it may stand inside the query, for the place the operator wrote `{name}` at. */
export type Escape = (value: string) => string;

/** Inside a string of PromQL, whichever quotes it has: `\\'` is a fault between double ones, the number of the character isn't. */
export const escapePromQl: Escape = (value) => {
  // A raw string (`…`) knows no escapes, and a line break ends a string.
  if (/[`\p{Cc}]/u.test(value)) throw refusal(value, 'a backtick or a control character');
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\x22').replaceAll("'", '\\x27');
};

/** Inside a quoted string of InfluxQL or NRQL. */
export const escapeQuoted: Escape = (value) => {
  if (/[`\p{Cc}]/u.test(value)) throw refusal(value, 'a backtick or a control character');
  return value.replaceAll(/[\\"']/g, (character) => `\\${character}`);
};

/** Where the language has no quotes, or fills in more than quotes hold back (`${…}` of Flux): letters, digits and what names are made of; no wildcard, bracket, comma or blank. */
export const plainName: Escape = (value) => {
  if (!/^[A-Za-z0-9_.:/-]{1,100}$/.test(value)) throw refusal(value, 'something other than letters, digits, _ . : / -');
  return value;
};

function refusal(value: string, what: string): SetupError {
  return new SetupError(`the argument ${JSON.stringify(value.slice(0, 60))} can't be put into a query: it has ${what}`, 'Use another argument, or write a metric for it without a parameter.');
}
