// What is done now and then by one process for all: a round belongs to who begins it, until the next is due.
import type { Db } from '../store/database.ts';

/**
 * Whether this process is to do it. A process that is killed in the midst of it leaves the round to the next time.
 * @param afterMs how long ago the last one must have begun
 */
export async function beginRound(db: Db, name: string, { now, afterMs }: { readonly now: Date; readonly afterMs: number }): Promise<boolean> {
  const before = new Date(now.getTime() - afterMs);
  const begun = await db
    .insertInto('round')
    .values({ name, began_at: now, ended_at: null })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ began_at: now }).where('round.began_at', '<=', before))
    .returning('name')
    .execute();
  return begun.length > 0;
}

/** When one was last done to its end; null: never. */
export async function lastRound(db: Db, name: string): Promise<Date | null> {
  return (await db.selectFrom('round').where('name', '=', name).select('ended_at').executeTakeFirst())?.ended_at ?? null;
}

export async function endRound(db: Db, name: string, at: Date): Promise<void> {
  await db.updateTable('round').set({ ended_at: at }).where('name', '=', name).execute();
}
