// Puts deliveries into the store, and their jobs into the queue, in one transaction.
import type { Transaction } from 'kysely';
import type { Queue } from '../jobs/queue.ts';
import type { Tables } from '../store/tables.ts';
import { addressOf } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { pack } from './payload.ts';

/** Rows in one statement: PostgreSQL counts at most 65,535 values. */
const ROWS_MAX = 500;

/** Stores a batch; those that are known already, by GitHub's id, are left as they are. */
export async function storeDeliveries(trx: Transaction<Tables>, queue: Queue, deliveries: readonly Delivery[]): Promise<void> {
  for (let from = 0; from < deliveries.length; from += ROWS_MAX) {
    const entries = deliveries.slice(from, from + ROWS_MAX).map((delivery) => ({ delivery, address: addressOf(delivery) }));
    const fresh = await trx.insertInto('delivery').values(entries.map(rowOf)).onConflict((conflict) => conflict.column('id').doNothing()).returning('id').execute();
    const ids = new Set(fresh.map(({ id }) => id));
    const jobs = new Map(entries.flatMap(({ delivery, address: { key, installation, urgent } }) => (ids.has(delivery.id) && key !== null && installation !== null ? [[key, { key, installation, urgent }]] : [])));
    if (jobs.size > 0) await queue.enqueue([...jobs.values()], trx);
  }
}

function rowOf({ delivery, address }: { readonly delivery: Delivery; readonly address: ReturnType<typeof addressOf> }) {
  const nothing = address.key === null;
  return {
    id: delivery.id,
    received_at: delivery.receivedAt,
    event: delivery.event,
    action: address.action,
    sender: address.sender,
    installation: address.installation,
    work_key: address.key,
    payload: nothing ? null : pack(delivery.payload),
    done_at: nothing ? delivery.receivedAt : null,
    outcome: address.ignored,
  };
}
