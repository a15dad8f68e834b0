// Puts deliveries into the store, and their jobs into the queue, in one transaction.
import type { Transaction } from 'kysely';
import type { Queue, Task } from '../jobs/queue.ts';
import type { Tables } from '../store/tables.ts';
import { addressOf } from './delivery.ts';
import type { Address, Delivery } from './delivery.ts';
import { pack } from './payload.ts';

/** Rows in one statement: PostgreSQL counts at most 65,535 values. */
const ROWS_MAX = 500;

/** Stores a batch; those that are known already, by GitHub's id, are left as they are. In one order everywhere, so that replicas that store the same ones never wait for each other crosswise. */
export async function storeDeliveries(trx: Transaction<Tables>, queue: Pick<Queue, 'enqueue'>, deliveries: readonly Delivery[]): Promise<void> {
  const entries = deliveries.map((delivery) => ({ delivery, address: addressOf(delivery) })).sort((a, b) => (a.delivery.id < b.delivery.id ? -1 : 1));
  const fresh: Entry[] = [];
  for (let from = 0; from < entries.length; from += ROWS_MAX) {
    const some = entries.slice(from, from + ROWS_MAX);
    const stored = await trx.insertInto('delivery').values(some.map(rowOf)).onConflict((conflict) => conflict.column('id').doNothing()).returning('id').execute();
    const ids = new Set(stored.map(({ id }) => id));
    fresh.push(...some.filter(({ delivery }) => ids.has(delivery.id)));
  }
  const tasks = tasksOf(fresh);
  if (tasks.length > 0) await queue.enqueue(tasks, trx);
}

interface Entry {
  readonly delivery: Delivery;
  readonly address: Address;
}

/** One for each key, urgent where anything under it is. */
function tasksOf(entries: readonly Entry[]): readonly Task[] {
  const tasks = new Map<string, Task>();
  for (const { address: { key, installation, urgent } } of entries) {
    if (key !== null && installation !== null) tasks.set(key, { key, installation, urgent: urgent || tasks.get(key)?.urgent === true });
  }
  return [...tasks.values()];
}

function rowOf({ delivery, address }: Entry) {
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
