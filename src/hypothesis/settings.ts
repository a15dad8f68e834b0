// Sentences that set something: `Measure over 7 days, starting …`, `My odds: 80%`, `Intent: save`, `Until: …`.
import type { Intent } from '../model/decision.ts';
import type { EffectStart } from '../model/hypothesis.ts';
import { parseDuration } from '../quantity/duration.ts';

/** What sentences may set; only what was said is there. */
export interface Settings {
  readonly window?: number;
  readonly settle?: number;
  readonly start?: EffectStart;
  readonly odds?: number;
  readonly until?: string;
  readonly intent?: Intent;
}

/** A sentence that begins like a setting and can't be read. */
export interface SettingFault {
  readonly code: string;
  readonly expected: string;
  readonly remedy: string;
}

const MEASURE = /^(?:we(?:'ll| will)? )?(?:to be )?(?:measured?|measuring|observed?|evaluated?|measurement|measurement window|window)\b(?: it| this)?:?\s{0,3}(.{1,200})$/i;
const SPAN = /^(?:over|for|during|within|after|in)?\s{0,3}(?:(?:a |the )?(?:window|period) of )?(?:the )?(?:(?:first|next|following) )?([0-9a-z.]{1,12}\s{0,3}[a-z]{0,10})(?:\s{1,3}(?:long|window))?/i;
const START = /^(?:[,;]?\s{0,3}(?:and )?(?:starting|beginning|start|starts|begins|from)?:?\s{1,3})?(?:at least )?(?:([0-9a-z.]{1,12}\s{0,3}[a-z]{0,10})\s{1,3})?(?:after|from|at|with|on|once)\s{1,3}(?:the |it is |it's |we )?(deploy(?:ment|ed|s)?|roll-?out|rolled out|live|merged?|merging|release[ds]?|apply|applied)(?:\s{1,3}(?:to|in|on|of)\s{1,3}(?:the )?(.{1,60}))?$/i;
const ODDS = /^(?:my |our )?(?:odds|confidence|chances?|probability|likelihood)\b(?: of success| level| that this works)?\s{0,3}(?::|is|are|=)?\s{0,3}(.{1,40})$/i;
const SURE = /^(?:i am|i'm|we are|we're) (.{1,12}) (?:sure|confident|certain)$/i;
const INTENT = /^intent\s{0,3}[:=]\s{0,3}(.{1,60})$/i;
const UNTIL = /^(?:until|scale (?:it )?back(?: down)?(?: on| by| after| at| when)?|scaled back(?: on| by)?|we scale (?:it )?back(?: on| by| after)?)\s{0,3}:?\s{1,3}(.{1,120})$/i;

const INTENTS: readonly Intent[] = ['improve', 'save', 'insure', 'oblige', 'repair', 'step'];
const STANDARD = 'Measure over 7 days, starting 1 day after deploy to production.';

/** Reads one sentence; null where it sets nothing. */
export function parseSetting(sentence: string): Settings | SettingFault | null {
  const plain = sentence.replaceAll(/[*`]/g, '').replaceAll('’', "'").replace(/[.!\s]{1,20}$/, '').trim();
  if (plain.length > 300) return null;
  return parseMeasure(plain) ?? parseOdds(plain) ?? parseIntent(plain) ?? parseUntil(plain);
}

/** `over 7 days, starting 1 day after deploy to production`, also as the value of `measure:`. */
export function parseMeasure(plain: string): Settings | SettingFault | null {
  const rest = MEASURE.exec(plain)?.[1];
  if (rest === undefined) return null;
  const fault: SettingFault = { code: 'unreadable-schedule', expected: 'for how long, and from when', remedy: `write \`${STANDARD}\`` };
  const span = SPAN.exec(rest);
  const window = span === null ? null : parseDuration(span[1] ?? '');
  if (span === null || window === null || window <= 0) return /^(?:over|for|during)?\s{0,3}(?:a |the )?[0-9]/.test(rest) || /\bafter\b|\bdays?\b|\bweeks?\b|\bmonths?\b/.test(rest) || /^(?:window)/i.test(plain) ? fault : null;
  const after = rest.slice(span[0].length).trim();
  if (after === '') return { window };
  const start = parseStart(after);
  return start === null ? fault : { window, ...start };
}

/** `starting 1 day after deploy to production`, `1 hour after merge`. */
export function parseStart(text: string): Pick<Settings, 'settle' | 'start'> | null {
  const match = START.exec(text.startsWith(',') || text.startsWith(';') ? text : ` ${text}`.trimStart());
  const settled = /^(?:starting|beginning|start|starts|begins|from)$/i.test(match?.[1]?.trim() ?? '') ? undefined : match?.[1];
  const settle = settled === undefined ? 0 : parseDuration(settled);
  if (match === null || settle === null) return null;
  const event = (match[2] ?? '').toLowerCase();
  const environment = match[3]?.trim();
  if (/^(?:merge|merged|merging)$/.test(event)) return environment === undefined || /^(?:main|master|default branch)$/i.test(environment) ? { settle, start: { kind: 'merge' } } : null;
  if (event.startsWith('release')) return { settle, start: { kind: 'release' } };
  if (environment !== undefined && /[^\w ./-]|\s{2}/.test(environment)) return null;
  return environment === undefined ? { settle } : { settle, start: { kind: 'deployment', environment } };
}

/** `80%`, `0.8` → 0.8. */
export function parseShare(text: string): number | null {
  const match = /^(?:about |around |~ ?)?([0-9]{1,3}(?:\.[0-9]{1,4})?)\s{0,2}(%|percent)?$/i.exec(text.trim());
  if (match === null) return null;
  const value = Number(match[1]);
  const share = match[2] !== undefined || value > 1 ? value / 100 : value;
  return share >= 0 && share <= 1 ? share : null;
}

function parseOdds(plain: string): Settings | SettingFault | null {
  const text = ODDS.exec(plain)?.[1] ?? SURE.exec(plain)?.[1];
  if (text === undefined) return null;
  const odds = parseShare(text);
  if (odds !== null) return { odds };
  return /[:=]|[0-9]/.test(plain) ? { code: 'unreadable-odds', expected: 'a share from 0% to 100%', remedy: 'write `My odds: 80%`' } : null;
}

function parseIntent(plain: string): Settings | SettingFault | null {
  const text = INTENT.exec(plain)?.[1];
  if (text === undefined) return null;
  const word = text.trim().toLowerCase();
  const intent = INTENTS.find((known) => known === word);
  if (intent !== undefined) return { intent };
  return { code: 'unknown-intent', expected: INTENTS.map((known) => `\`${known}\``).join(', '), remedy: 'write `Intent: improve`, `Intent: save`, `Intent: insure` or `Intent: oblige`' };
}

/** A day or an event; what is written as a day has to be one. */
function parseUntil(plain: string): Settings | SettingFault | null {
  const text = UNTIL.exec(plain)?.[1]?.trim();
  if (text === undefined || /^(?:now|then|today)\b/i.test(text)) return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !isDay(text)) return { code: 'unreadable-until', expected: 'a day of the calendar, or an event', remedy: 'write `Until: 2026-12-31`' };
  return { until: text };
}

/** `2026-02-30` is none, though Date.parse moves it to March. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
