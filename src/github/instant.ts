// Instants as GitHub writes them, compared as times: some carry milliseconds, some don't.

/** Whether an instant lies before another; one that is missing or no instant does not. */
export function isBefore(instant: string | null, since: string): boolean {
  return instant !== null && Date.parse(instant) < Date.parse(since);
}

/** Newest first, for a sort. */
export function byNewest(a: string, b: string): number {
  return Date.parse(b) - Date.parse(a);
}
