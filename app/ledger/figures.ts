// What the metrics tell of the ledger: open bets by stage, and measurements that should have been made.
import type { Db } from '../store/database.ts';

export interface LedgerFigures {
  /** Of those with something to wait for: stage → how many. */
  readonly open: ReadonlyMap<string, number>;
  readonly overdue: number;
}

/** A verdict takes a moment from the end of its window; after this it is late. */
const GRACE_MS = 15 * 60_000;

export async function readFigures(db: Db, now: Date): Promise<LedgerFigures> {
  const rows = await db
    .selectFrom('bet')
    .where('is_open', '=', true)
    .groupBy('stage')
    .select(({ fn, eb }) => ['stage', fn.countAll<string>().as('all'), fn.countAll<string>().filterWhere(eb('due_at', '<', new Date(now.getTime() - GRACE_MS))).as('late')])
    .execute();
  const late = rows.filter(({ stage }) => stage === 'locked' || stage === 'measuring');
  return { open: new Map(rows.map(({ stage, all }) => [stage, Number(all)])), overdue: late.reduce((sum, row) => sum + Number(row.late), 0) };
}
