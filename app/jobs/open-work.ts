// What lies open under the keys that are worked on, in our own words: deliveries, of each aim the newest, and looks.
import { parseBody, translate } from '../inbox/delivery.ts';
import { parseNotice } from '../inbox/notice.ts';
import type { Notice } from '../inbox/notice.ts';
import { unpack } from '../inbox/payload.ts';
import type { Db } from '../store/database.ts';
import type { Pressed, Trigger } from '../../src/model/trigger.ts';
import { readLooks } from './looks.ts';
import type { StandingLook } from './looks.ts';

export interface OpenWork {
  /** All that is settled by this turn. */
  readonly deliveries: readonly string[];
  readonly looks: readonly StandingLook[];
  /** What came in sight or went out of it, in its order, and when we were told. */
  readonly notices: readonly (Notice & { readonly receivedAt: Date })[];
  /** The one that saw the newest of it: an App that was installed again is another one; null where there is nothing. */
  readonly installation: number | null;
  /** What is to be done, in the order it was asked for. */
  readonly triggers: readonly Trigger[];
  /** When the oldest of it came, by our clock; null where no delivery did. */
  readonly since: Date | null;
  /** Who asked, each once, in the order of their deliveries: state is read live, so what comes of it is the answer to all of them. */
  readonly senders: readonly string[];
  /** Why it cannot be worked on: then `deliveries` are those that cannot be read, and the rest waits until they are given up; null where all is well. */
  readonly fault: string | null;
}

export const NO_WORK: OpenWork = { deliveries: [], looks: [], notices: [], installation: null, triggers: [], since: null, senders: [], fault: null };

/** Reads everything open for these keys; for one without anything there is no entry. */
export async function readOpenWork(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, OpenWork>> {
  const [rows, looks] = await Promise.all([readDeliveries(db, keys), readLooks(db, keys)]);
  const byKey = Map.groupBy(rows, (row) => row.work_key ?? '');
  return new Map([...new Set([...byKey.keys(), ...looks.keys()])].map((key) => [key, workOf(byKey.get(key) ?? [], looks.get(key) ?? [])]));
}

/** So long may newer deliveries take the place of those that are worked on; then it is told what is known. */
const OVERTAKEN_MS = 10_000;

/** Whether a newer delivery under this key asks for an evaluation too: a burst is answered once, at its end. A button on an older head asks for none: it is told that it is superseded. */
export async function isOvertaken(db: Db, key: string, { deliveries, since }: OpenWork): Promise<boolean> {
  if (since === null || Date.now() - since.getTime() > OVERTAKEN_MS) return false;
  const newer = (await readDeliveries(db, [key])).filter(({ id }) => !deliveries.includes(id));
  return newer.map(hear).some((heard) => heard.kind === 'trigger' && heard.trigger.kind === 'gate' && !heard.trigger.ownCheck);
}

type Row = Awaited<ReturnType<typeof readDeliveries>>[number];

function readDeliveries(db: Db, keys: readonly string[]) {
  return db
    .selectFrom('delivery')
    .where('work_key', 'in', [...keys])
    .where('done_at', 'is', null)
    .orderBy('received_at')
    .select(['id', 'event', 'sender', 'work_key', 'installation', 'payload', 'received_at'])
    .execute();
}

function workOf(rows: readonly Row[], looks: readonly StandingLook[]): OpenWork {
  const newest = new Map<string, Trigger>();
  const notices: OpenWork['notices'][number][] = [];
  const unreadable: { readonly id: string; readonly why: string }[] = [];
  for (const row of rows) {
    const heard = hear(row);
    if (heard.kind === 'unreadable') unreadable.push({ id: row.id, why: heard.why });
    else if (heard.kind === 'notice') notices.push({ ...heard.notice, receivedAt: row.received_at });
    else {
      const aim = aimOf(heard.trigger);
      newest.delete(aim);
      newest.set(aim, heard.trigger);
    }
  }
  if (unreadable[0]) return { ...NO_WORK, deliveries: unreadable.map(({ id }) => id), fault: `${unreadable[0].id} cannot be read (${unreadable[0].why})` };
  return { deliveries: rows.map(({ id }) => id), looks, notices, installation: newestInstallation(rows, looks), triggers: [...newest.values()], since: rows[0]?.received_at ?? null, senders: [...new Set(rows.flatMap(({ sender }) => sender ?? []))], fault: null };
}

function newestInstallation(rows: readonly Row[], looks: readonly StandingLook[]): number | null {
  const seen = [...rows.map(({ installation, received_at: at }) => ({ installation, at })), ...looks.map(({ installation, askedAt: at }) => ({ installation, at }))];
  const newest = seen.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1)?.installation ?? null;
  return newest === null ? null : Number(newest);
}

type Heard = { readonly kind: 'notice'; readonly notice: Notice } | { readonly kind: 'trigger'; readonly trigger: Trigger } | { readonly kind: 'unreadable'; readonly why: string };

/** Never throws: what became of one row is not the others' trouble. */
function hear({ id, event, received_at, payload: stored }: Row): Heard {
  try {
    const payload = stored === null ? undefined : parseBody(unpack(Buffer.from(stored)));
    const notice = parseNotice(event, payload);
    return notice === null ? { kind: 'trigger', trigger: translate({ id, event, receivedAt: received_at.toISOString() }, payload) } : { kind: 'notice', notice };
  } catch (error) {
    return { kind: 'unreadable', why: error instanceof Error ? error.message.slice(0, 100) : 'unknown' };
  }
}

/** Two triggers of one aim ask for the same: the newer one answers both. Another head is another check, another person may have other rights, and a head that a closed change left is looked at for the others. */
function aimOf(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'gate':
      return `gate ${trigger.ownCheck ? `again ${trigger.hint?.headSha ?? ''}` : ''} ${pressOf(trigger)}`;
    case 'head':
      return `head ${trigger.headSha} ${trigger.closed ?? ''} ${pressOf(trigger)}`;
    case 'sweep':
      return `sweep ${trigger.issue ?? ''} ${trigger.base ?? ''}`;
    case 'tend':
      return `tend ${trigger.change?.number ?? ''} ${trigger.issue ?? ''} ${trigger.headSha ?? ''}`;
    default:
      return trigger.kind;
  }
}

function pressOf({ pressed = null }: { readonly pressed?: Pressed | null }): string {
  return pressed === null ? '' : `${pressed.button} ${pressed.by}`;
}
