// Webhooks that GitHub could not deliver are sent again: those of three days, each after a growing pause.
import { expectOk } from '../../src/github/answers.ts';
import { at, count, list, text } from '../../src/github/json.ts';
import { path } from '../../src/github/transport.ts';
import type { ApiRequest, Transport } from '../../src/github/transport.ts';
import type { Db } from '../store/database.ts';
import type { Isolate } from './isolate.ts';

interface RedeliverTools {
  /** As the App itself. */
  readonly app: Transport;
  readonly db: Db;
  readonly now: () => Date;
  readonly isolate: Isolate;
}

/** GitHub keeps deliveries for three days. */
const BACK_MS = 3 * 86_400_000;
/** Of a hundred: newer ones first, so that what is beyond is found by the sweep alone. */
const PAGES_MAX = 200;
/** After the first failure at once, then after twice as long each time: a secret that is wrong does not become right by being told again. */
const PAUSE_MS = 10 * 60_000;

/** One attempt of GitHub's. */
interface Attempt {
  readonly id: number;
  readonly guid: string;
  readonly ok: boolean;
  readonly at: number;
}

/** Asks once for each delivery that failed, never arrived later, and is not in the inbox. How many were asked for. */
export async function redeliver({ app, db, now, isolate }: RedeliverTools): Promise<number> {
  const attempts = await readAttempts(app, now().getTime() - BACK_MS);
  const failed = [...Map.groupBy(attempts, ({ guid }) => guid)].filter(([, tries]) => !tries.some(({ ok }) => ok));
  const due = failed.filter(([, tries]) => isDue(tries, now().getTime())).map(([guid, [newest]]) => ({ guid, id: newest?.id ?? 0 }));
  if (due.length === 0) return 0;
  const stored = new Set((await db.selectFrom('delivery').where('id', 'in', due.map(({ guid }) => guid)).select('id').execute()).map(({ id }) => id));
  let asked = 0;
  for (const { guid, id } of due) {
    if (stored.has(guid)) continue;
    asked += await isolate(`the redelivery of ${guid}`, async () => {
      expectOk(await app({ method: 'POST', path: path`/app/hook/deliveries/${id}/attempts` }), `the redelivery of ${guid}`);
      return 1;
    }, 0);
  }
  return asked;
}

function isDue(tries: readonly Attempt[], now: number): boolean {
  if (tries.length === 1) return true;
  const last = Math.max(...tries.map(({ at: instant }) => instant));
  return now - last >= PAUSE_MS * 2 ** (tries.length - 2);
}

/** Newest first; the list is turned by a cursor that only the link to the next page tells. */
async function readAttempts(app: Transport, since: number): Promise<readonly Attempt[]> {
  const found: Attempt[] = [];
  let query: NonNullable<ApiRequest['query']> | null = { per_page: 100 };
  for (let page = 0; page < PAGES_MAX && query !== null; page += 1) {
    const response = await app({ method: 'GET', path: '/app/hook/deliveries', query });
    const entries = list(expectOk(response, 'the deliveries of the App'));
    const recent = entries.flatMap(parseAttempt).filter((attempt) => attempt.at >= since);
    found.push(...recent);
    query = recent.length < entries.length ? null : nextQuery(response.headers['link']);
  }
  return found;
}

function parseAttempt(entry: unknown): readonly Attempt[] {
  const [id, guid, instant] = [count(at(entry, 'id')), text(at(entry, 'guid')), Date.parse(text(at(entry, 'delivered_at')) ?? '')];
  return id === null || guid === null || Number.isNaN(instant) ? [] : [{ id, guid, ok: at(entry, 'status') === 'OK', at: instant }];
}

function nextQuery(link: string | undefined): Record<string, string> | null {
  const url = /<([^>]+)>; rel="next"/.exec(link ?? '')?.[1];
  return url === undefined ? null : Object.fromEntries(new URL(url).searchParams);
}
