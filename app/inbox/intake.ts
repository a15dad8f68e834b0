// The intake of PostgreSQL: the door commits frames to it, and any replica's desk puts what they hold into the store.
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { quiet } from '../front/crowd.ts';
import { startWatch } from '../jobs/watch.ts';
import type { Watch } from '../jobs/watch.ts';
import { briefly } from '../log.ts';
import { commitSoon } from '../store/database.ts';
import { openPool } from '../store/pool.ts';
import type { Patience } from '../store/pool.ts';
import type { Tables } from '../store/tables.ts';
import { decodeFrame } from './frame.ts';
import { storeOrSetAside, tellAside } from './set-aside.ts';
import type { StoreTools } from './set-aside.ts';
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
export interface SorterTools extends StoreTools {
  readonly isCrowded: () => boolean;
  /** Told when something new is in the queue. */
  readonly onSorted: () => void;
}

/** Moves what the doors committed into the store, as it comes. */
export function startSorter(tools: SorterTools): Watch {
  return startWatch(async () => {
    await quiet(tools.isCrowded);
    const moved = await sortSome(tools).catch(() => sortOne(tools)).catch((error: unknown) => {
      tools.log.error({ err: briefly(error) }, 'the intake cannot be sorted, tried again');
      return 0;
    });
    if (moved > 0) tools.onSorted();
    return moved > 0;
  }, LOOK_EVERY_MS);
}

/** One transaction: what is in it is in the intake or in the store, never in both or neither. */
function sortSome({ db, queue }: SorterTools): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const frames = await takeFrames(trx, FRAMES);
    const deliveries = frames.flatMap(decodeFrame);
    if (deliveries.length > 0) await storeDeliveries(trx, queue, deliveries);
    return frames.length;
  });
}

/** Where several together failed: the oldest goes alone, to the store or out of the way. */
async function sortOne({ db, queue, log }: SorterTools): Promise<number> {
  const { frames, aside } = await db.transaction().execute(async (trx) => {
    const [frame] = await takeFrames(trx, 1);
    return frame === undefined ? { frames: 0, aside: [] } : { frames: 1, aside: await storeOrSetAside(trx, queue, frame) };
  });
  tellAside(log, aside);
  return frames;
}

async function takeFrames(trx: Transaction<Tables>, most: number): Promise<readonly Buffer[]> {
  // Nothing is lost with it: what the database forgets of it is in the intake again.
  await commitSoon(trx);
  const { rows } = await sql<{ frame: Buffer }>`delete from intake where id in (select id from intake order by id limit ${most} for update skip locked) returning frame`.execute(trx);
  return rows.map(({ frame }) => frame);
}
