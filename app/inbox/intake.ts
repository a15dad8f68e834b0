// The intake of PostgreSQL: the door commits frames to it, and any replica's desk puts what they hold into the store.
import { sql } from 'kysely';
import type { Log } from '../log.ts';
import type { Queue } from '../jobs/queue.ts';
import { commitSoon } from '../store/database.ts';
import type { Db } from '../store/database.ts';
import { openPool } from '../store/pool.ts';
import type { Patience } from '../store/pool.ts';
import { decodeFrame } from './frame.ts';
import { storeDeliveries } from './store.ts';

/** The door's own connection: it waits for nobody's queries. */
export interface Intake {
  /** Resolves once the frame is committed. */
  readonly keep: (frame: Buffer, count: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** GitHub waits ten seconds, also where another frame has to be given up before: then it knows that this was not stored, and is asked for it again. */
const PATIENCE: Patience = { connectMs: 3000, silenceMs: () => 5000 };

export async function openIntake(url: string): Promise<Intake> {
  const pool = await openPool({ connectionString: url, max: 1, application_name: 'yardstick door' }, PATIENCE);
  return {
    keep: async (frame, count) => {
      await pool.query({ name: 'keep', text: 'insert into intake (received_at, deliveries, frame) values (now(), $1, $2)', values: [count, frame] });
    },
    close: () => pool.end(),
  };
}

/** Frames in one transaction. */
const FRAMES = 4;
/** Another replica's door may have died with its desk. */
const LOOK_EVERY_MS = 500;
/** Sorting waits for a crowd at the door to be answered, but not longer. */
const YIELD_MAX_MS = 5000;

export interface SorterTools {
  readonly db: Db;
  readonly queue: Queue;
  readonly log: Log;
  readonly isCrowded: () => boolean;
  /** Told when something new is in the queue. */
  readonly onSorted: () => void;
}

export interface Sorter {
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
}

/** Moves what the doors committed into the store, as it comes. */
export function startSorter(tools: SorterTools): Sorter {
  const stopping = new AbortController();
  let { promise: woken, resolve: wake } = Promise.withResolvers<void>();
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await quiet(tools.isCrowded, YIELD_MAX_MS);
      const moved = await sortSome(tools).catch((error: unknown) => {
        tools.log.error({ err: String(error).slice(0, 300) }, 'the intake cannot be sorted, tried again');
        return 0;
      });
      if (moved > 0) {
        tools.onSorted();
        continue;
      }
      await Promise.race([woken, new Promise((resolve) => void setTimeout(resolve, LOOK_EVERY_MS))]);
      ({ promise: woken, resolve: wake } = Promise.withResolvers<void>());
    }
  })();
  return {
    wake: () => wake(),
    stop: async () => {
      stopping.abort();
      wake();
      await loop;
    },
  };
}

/** One transaction: what is in it is in the intake or in the store, never in both or neither. */
function sortSome({ db, queue }: Pick<SorterTools, 'db' | 'queue'>): Promise<number> {
  return db.transaction().execute(async (trx) => {
    // Nothing is lost with it: what the database forgets of it is in the intake again.
    await commitSoon(trx);
    const { rows } = await sql<{ frame: Buffer }>`delete from intake where id in (select id from intake order by id limit ${FRAMES} for update skip locked) returning frame`.execute(trx);
    const deliveries = rows.flatMap(({ frame }) => decodeFrame(frame));
    if (deliveries.length > 0) await storeDeliveries(trx, queue, deliveries);
    return rows.length;
  });
}

/** Resolves when it is no longer loud, or after so long. */
export async function quiet(isLoud: () => boolean, atMostMs: number): Promise<void> {
  const end = performance.now() + atMostMs;
  while (isLoud() && performance.now() < end) await new Promise((resolve) => void setTimeout(resolve, 20));
}
