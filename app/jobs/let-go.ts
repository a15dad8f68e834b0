// The App was taken away from repositories: what was open there is settled, and the clock waits for nothing there. Records stay, as they do on GitHub.
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';

interface Leaving {
  readonly installation: number;
  /** Full names in lower case; null: all of the installation. */
  readonly repositories: readonly string[] | null;
  /** When we were told: the App may have been given back meanwhile, and what came since is worked on. */
  readonly since: Date;
  readonly at: Date;
}

/** What the clock waited for goes in any case: an App that is given back is welcomed, and finds it again. */
export async function letGo(trx: Transaction<Tables>, { installation, repositories, since, at }: Leaving): Promise<void> {
  const among = (name: ReturnType<typeof sql<string>>) => (repositories === null ? sql<boolean>`true` : sql<boolean>`lower(${name}) = any(${[...repositories]})`);
  // `acme/shop#12`, `acme/shop@1a2b3c`, `acme/shop`; what is told of the installation itself is none of them.
  const repositoryOf = sql<string>`substring(work_key from '^[^#@:]+/[^#@:]+')`;
  await trx
    .updateTable('delivery')
    .set({ done_at: at, outcome: 'the App was taken away' })
    .where('done_at', 'is', null).where('installation', '=', installation).where('received_at', '<=', since).where(repositoryOf, 'is not', null).where(among(repositoryOf))
    .execute();
  await trx.deleteFrom('look').where('installation', '=', installation).where('asked_at', '<=', since).where(among(sql<string>`owner || '/' || repo`)).execute();
  await trx.deleteFrom('link').where('installation', '=', installation).where(among(sql<string>`repo`)).execute();
  await trx.deleteFrom('appointment').where('installation', '=', installation).where(among(sql<string>`repo`)).execute();
}
