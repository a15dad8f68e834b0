// Instants and stretches of time as a reader expects them, always in UTC: "Tue 12 May 14:00 UTC".

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Tue 12 May 14:00 UTC`: for what is near. */
export function renderInstant(iso: string): string {
  const at = new Date(iso);
  return `${DAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${clock(at)} UTC`;
}

/** `12 May 2026`: for what is kept. */
export function renderDay(iso: string): string {
  const at = new Date(iso);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** `2026-05-05 14:00 to 2026-05-12 14:00 UTC`. */
export function renderStretch([from, to]: readonly [string, string]): string {
  return `${renderMinute(from)} to ${renderMinute(to)} UTC`;
}

function renderMinute(iso: string): string {
  return `${iso.slice(0, 10)} ${clock(new Date(iso))}`;
}

function clock(at: Date): string {
  return at.toISOString().slice(11, 16);
}
