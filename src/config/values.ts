// The kinds of value that options take. The error text of each says what is allowed, and is shown as "expected".
import * as z from 'zod/mini';
import { faultOfGlob } from './glob.ts';
import { MAX_ENTRIES } from './limits.ts';
import { faultOfPattern } from './pattern.ts';

/** A schema whose error is the sentence "expected …". */
type Text = z.ZodMiniString<string>;

/** Free text on one or more lines. */
export function text(expected: string, maximum = 200): Text {
  return z.string({ error: expected }).check(z.minLength(1, { error: expected }), z.maxLength(maximum, { error: `${expected}, of at most ${maximum} characters` }));
}

/** Text of one form. */
export function matching(pattern: RegExp, expected: string): Text {
  return z.string({ error: expected }).check(z.regex(pattern, { error: expected }));
}

/** One word of a closed list. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words): z.ZodMiniEnum<{ [Word in Words[number]]: Word }> {
  return z.enum(words, { error: words.map((word) => `\`${word}\``).join(', ') });
}

export const yesOrNo = z.boolean({ error: '`true` or `false`' });

/** A number from `least` on. */
export function number(least: number, expected: string): z.ZodMiniNumber {
  return z.number({ error: expected }).check(z.gte(least, { error: expected }));
}

/** A length of time: `90m`, `12h`, `7d`, `2w`. */
export const duration = matching(/^\d{1,4}(?:m|h|d|w)$/, 'a length of time in minutes, hours, days or weeks, such as `90m`, `12h`, `7d`, `2w`');

/** Text with a check of its own, which gives what is allowed, or null where nothing is wrong. */
export function refined(schema: Text, faultOf: (value: string) => string | null): Text {
  return schema.check(z.superRefine((value, context) => {
    const fault = faultOf(value);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault, input: value });
  }));
}

/** A list; of a single value written without a list the remedy is told. */
export function list<Item extends z.core.$ZodType>(item: Item, expected: string): z.ZodMiniArray<Item> {
  return z.array(item, { error: expected }).check(z.maxLength(MAX_ENTRIES, { error: `at most ${MAX_ENTRIES} entries` }));
}

const DATE = 'a day of the calendar as YYYY-MM-DD';

/** A day, ISO 8601. */
export const date = refined(z.string({ error: DATE }), (day) => (isDay(day) ? null : DATE));
// What editors are told; the check itself also knows the lengths of months.
z.globalRegistry.add(date, { format: 'date' });

const glob = refined(z.string({ error: 'a glob such as `terraform/**`' }), faultOfGlob);

export const globs = list(glob, 'a list of globs');

export const pattern = refined(z.string({ error: 'a pattern such as `[a-z][a-z0-9-]*`' }), faultOfPattern);

function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const instant = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day);
}
