// What lies open under the keys that are worked on, in our own words: of each aim the newest.
import { parseBody, translate } from '../inbox/delivery.ts';
import { unpack } from '../inbox/payload.ts';
import type { Db } from '../store/database.ts';
import type { Trigger } from '../../src/model/trigger.ts';

export interface OpenWork {
  /** All that is settled by this turn. */
  readonly deliveries: readonly string[];
  /** What is to be done, in the order it was asked for. */
  readonly triggers: readonly Trigger[];
  /** Who asked last. */
  readonly sender: string | null;
}

export const NO_WORK: OpenWork = { deliveries: [], triggers: [], sender: null };

/** Reads everything open for these keys in one query. */
export async function readOpenWork(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, OpenWork>> {
  const rows = await db
    .selectFrom('delivery')
    .where('work_key', 'in', [...keys])
    .where('done_at', 'is', null)
    .orderBy('received_at')
    .select(['id', 'event', 'sender', 'work_key', 'payload', 'received_at'])
    .execute();
  const byKey = Map.groupBy(rows, (row) => row.work_key ?? '');
  return new Map([...byKey].map(([key, group]) => {
    const newest = new Map<string, Trigger>();
    for (const { id, event, payload, received_at } of group) {
      const trigger = translate({ id, event, receivedAt: received_at.toISOString() }, payload === null ? undefined : parseBody(unpack(Buffer.from(payload))));
      const aim = aimOf(trigger);
      newest.delete(aim);
      newest.set(aim, trigger);
    }
    return [key, { deliveries: group.map(({ id }) => id), triggers: [...newest.values()], sender: group.at(-1)?.sender ?? null }];
  }));
}

/** Two triggers of one aim ask for the same: the newer one answers both. */
function aimOf(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'gate':
      return `gate ${trigger.ownCheck ? 'again' : ''}`;
    case 'sweep':
      return `sweep ${trigger.issue ?? ''}`;
    case 'tend':
      return `tend ${trigger.change?.number ?? ''} ${trigger.issue ?? ''}`;
    default:
      return trigger.kind;
  }
}
