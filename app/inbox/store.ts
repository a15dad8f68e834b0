// Puts deliveries into the inbox, and their jobs into the queue, in one transaction.
import type { Db } from '../store/database.ts';
import type { Queue } from '../jobs/queue.ts';
import type { Address } from './delivery.ts';
import type { Recorded } from './journal.ts';

/** A delivery with its address: a row. */
export interface Entry {
  readonly recorded: Recorded;
  readonly address: Address;
}

/** Stores a batch; those that are known already, by GitHub's id, are left as they are. */
export async function storeEntries({ db, queue }: { readonly db: Db; readonly queue: Queue }, entries: readonly Entry[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const fresh = await trx.insertInto('delivery').values(entries.map(rowOf)).onConflict((conflict) => conflict.column('id').doNothing()).returning('id').execute();
    const ids = new Set(fresh.map(({ id }) => id));
    const jobs = new Map(entries.flatMap(({ recorded, address: { key, installation, urgent } }) => (ids.has(recorded.id) && key !== null && installation !== null ? [[key, { key, installation, urgent }]] : [])));
    if (jobs.size > 0) await queue.enqueue([...jobs.values()], trx);
  });
}

function rowOf({ recorded, address }: Entry) {
  const nothing = address.key === null;
  return {
    id: recorded.id,
    received_at: recorded.receivedAt,
    event: recorded.event,
    action: address.action,
    sender: address.sender,
    installation: address.installation,
    work_key: address.key,
    payload: nothing ? null : recorded.stored,
    done_at: nothing ? recorded.receivedAt : null,
    outcome: address.ignored,
  };
}
