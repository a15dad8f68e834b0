// Reads `/yardstick …` commands from a comment: lines of their own, outside code, quotes and HTML comments.
import type { Command } from '../model/command.ts';
import { quote, shorten } from './quote.ts';
import { spokenLines } from './spoken-lines.ts';

/** More commands than this in one comment are not read. */
const COMMANDS_MAX = 10;
const LINE_LENGTH = 2_000;
const REASON_LENGTH = 500;
const TOKEN_LENGTH = 200;

type Read = (rest: string) => Command;

/** A new command is one line here. */
const COMMANDS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['check', () => ({ name: 'check' })],
  ['undo', () => ({ name: 'undo' })],
  ['help', () => ({ name: 'help' })],
  ['waive', readWaive],
  ['deployed', (rest) => ({ name: 'deployed', what: rest === '' ? null : shorten(rest, TOKEN_LENGTH) })],
  ['outcome', readOutcome],
  ['keep', (rest) => readReason('keep', rest)],
  ['accept', (rest) => readReason('accept', rest)],
  ['withdraw', (rest) => readReason('withdraw', rest)],
]);

/** All commands of a comment in their order; what begins like one and isn't comes back as `unknown` with the right form. */
export function parseCommands(body: string): readonly Command[] {
  const found: Command[] = [];
  for (const line of spokenLines(body)) {
    const match = /^ {0,3}\/yardstick[:,]?(?:[ \t]+|$)/i.exec(line);
    if (match === null) continue;
    found.push(parseCommand(line.slice(match[0].length, LINE_LENGTH).trim()));
    if (found.length === COMMANDS_MAX) break;
  }
  return found;
}

function parseCommand(text: string): Command {
  const name = /^\S{0,40}/.exec(text)?.[0] ?? '';
  const read = COMMANDS.get(name.toLowerCase());
  if (read !== undefined) return read(text.slice(name.length).trim());
  if (name === '') return { name: 'help' };
  return { name: 'unknown', found: shorten(text, 80), remedy: `${quote(name, 40)} is no command. There are ${[...COMMANDS.keys()].map((known) => quote(known)).join(', ')}.` };
}

const DAY_WORD = /^(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|febr)(?:uary)?|feb|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|(?:sept?|nov|dec)(?:ember)?|oct(?:ober)?|week|month|year)[.,]?$/i;

/** What stands after `until` and was meant as a date: one word with a digit, a few of the calendar's, or a day and more. "until we have numbers" is part of the reason. */
function isMeantAsDate(tail: string): boolean {
  const words = tail.split(/\s+/);
  return /^\S{0,20}\d\S{0,20}$/.test(tail) || /^\d{4}-\d\d-\d\d\b/.test(tail) || (words.length <= 3 && words.some((word) => DAY_WORD.test(word)));
}

/** `waive <reason> [until YYYY-MM-DD]`: the date stands at the end. */
function readWaive(rest: string): Command {
  const last = [...rest.matchAll(/(?<![^\s(,;])(?:until|till)\s/gi)].at(-1);
  const at = last?.index ?? -1;
  const tail = last === undefined ? '' : rest.slice(at + last[0].length).trim().replace(/[.)]$/, '');
  const until = isMeantAsDate(tail) ? tail : null;
  if (until !== null && !isDate(until)) return { name: 'unknown', found: shorten(rest, 80), remedy: `${quote(until, 40)} is no date that a waiver can end on. Write a day up to 2099-12-31, as ${quote('until 2026-12-31')}, or none: then it holds until later commits scale more.` };
  const reason = until === null ? rest : rest.slice(0, at).replace(/[\s(,;]+$/, '');
  const said = shorten(reason, REASON_LENGTH);
  if (said === '') return { name: 'unknown', found: shorten(`waive ${rest}`, 80), remedy: 'A waiver needs a reason: `/yardstick waive <reason> [until YYYY-MM-DD]`.' };
  return { name: 'waive', reason: said, until };
}

/** The answer to `help`. */
export const HELP = 'Commands: `/yardstick check`, `waive <reason> [until YYYY-MM-DD]`; after the merge `deployed [SHA|TIME]`, `outcome METRIC VALUE [note]`, `keep <reason>`, `undo`, `accept <reason>`, `withdraw <reason>`.';

const UNITS = /^(?:%|ms|s|min|h|count|req\/s|rps|[KMGT]i?B|[A-Z]{3}(?:\/month)?)$/;

/** `outcome METRIC VALUE [note]`; a unit after the value belongs to it. */
function readOutcome(rest: string): Command {
  const [metric = '', value = '', ...words] = rest.split(/\s+/);
  if (!/^[-+]?[$€£]?\d/.test(value)) return { name: 'unknown', found: shorten(`outcome ${rest}`, 80), remedy: 'Write `/yardstick outcome METRIC VALUE [note]`, for example `/yardstick outcome monthly_bill 410 USD`.' };
  const unit = words[0] !== undefined && UNITS.test(words[0]) ? words.shift() : undefined;
  const note = shorten(words.join(' '), REASON_LENGTH);
  return { name: 'outcome', metric: shorten(metric, TOKEN_LENGTH), value: shorten(unit === undefined ? value : `${value} ${unit}`, 60), note: note === '' ? null : note };
}

function readReason(name: 'keep' | 'accept' | 'withdraw', rest: string): Command {
  const reason = shorten(rest, REASON_LENGTH);
  if (reason === '') return { name: 'unknown', found: name, remedy: `Say why: \`/yardstick ${name} <reason>\`.` };
  return { name, reason };
}

/** A day of this century that exists, written as ISO 8601 has it: who means "for ever" names none. */
function isDate(text: string): boolean {
  if (!/^20\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
