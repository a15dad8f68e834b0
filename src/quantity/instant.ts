// Instants as text. What people write may lie in any year; calendars and databases keep to those of four digits, and so does this.

const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59Z');

/** ISO 8601 in UTC, the nearest instant of the years 1 to 9999. */
export function isoInstant(epochMs: number): string {
  return new Date(Math.min(Math.max(epochMs, FIRST), LAST)).toISOString();
}

/** ISO 8601 with a time and a zone, of the years 1 to 9999; false for every other text. */
export function isInstant(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return false;
  const time = Date.parse(text);
  return time >= FIRST && time <= LAST;
}
