// Durations as people write them (`7 days`, `36 h`, `1h30m`), in seconds.

const SECONDS: ReadonlyMap<string, number> = new Map(Object.entries({
  s: 1, sec: 1, secs: 1, second: 1, seconds: 1,
  m: 60, min: 60, mins: 60, minute: 60, minutes: 60,
  h: 3600, hr: 3600, hrs: 3600, hour: 3600, hours: 3600,
  d: 86_400, day: 86_400, days: 86_400,
  w: 604_800, wk: 604_800, wks: 604_800, week: 604_800, weeks: 604_800,
}));

const WORDS: ReadonlyMap<string, number> = new Map(Object.entries({
  a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, twelve: 12, fourteen: 14, thirty: 30,
}));

const PART = /^(?:([0-9]{1,9}(?:\.[0-9]{1,6})?)|([a-z]{1,8})(?=\s))\s{0,9}([a-z]{1,8})(?:\s{0,9},?\s{0,9}(?:and\s{1,9})?)/;
const LONGEST_TEXT = 60;
/** Ten years: no window is longer, and every sum stays exact. */
const LONGEST_SECONDS = 315_360_000;

/**
 * Reads a duration in seconds: one or more of amount and unit, largest first (`1d 12h`, `a week`). Null where the text is none.
 * A month is refused, for it has no fixed length.
 */
export function parseDuration(text: string): number | null {
  let rest = text.length > LONGEST_TEXT ? '' : text.trim().toLowerCase();
  if (rest === '') return null;
  let total = 0;
  let lastUnit = Number.POSITIVE_INFINITY;
  while (rest !== '') {
    const match = PART.exec(rest);
    const amount = match?.[1] !== undefined ? Number(match[1]) : WORDS.get(match?.[2] ?? '');
    const unit = SECONDS.get(match?.[3] ?? '');
    if (match === null || amount === undefined || unit === undefined || unit >= lastUnit) return null;
    total += amount * unit;
    lastUnit = unit;
    rest = rest.slice(match[0].length);
  }
  return total <= LONGEST_SECONDS ? total : null;
}

/** Seconds in words, in the largest unit that divides them: 604800 → `7 days`, 5400 → `90 minutes`. */
export function renderDuration(seconds: number): string {
  for (const [size, name] of [[86_400, 'day'], [3600, 'hour'], [60, 'minute']] as const) {
    if (seconds >= size && seconds % size === 0) return counted(seconds / size, name);
  }
  return counted(seconds, 'second');
}

function counted(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
