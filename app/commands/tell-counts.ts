// How many rows, in words.
import type { Counts } from '../backup/write.ts';

export function tellCounts(counts: Counts): string {
  const told = Object.entries(counts).filter(([, count]) => count > 0).map(([table, count]) => `${count.toLocaleString('en')} ${table}`);
  return told.length === 0 ? 'no rows' : told.join(', ');
}
