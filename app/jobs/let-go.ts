// The App was taken away from repositories: what was open there is settled, and the clock waits for nothing there. Records stay, as they do on GitHub.
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** @param repositories full names in lower case; null: all of the installation */
export async function letGo(trx: Transaction<Tables>, { installation, repositories, at }: { readonly installation: number; readonly repositories: readonly string[] | null; readonly at: Date }): Promise<void> {
  const among = (name: ReturnType<typeof sql<string>>) => (repositories === null ? sql<boolean>`true` : sql<boolean>`lower(${name}) = any(${[...repositories]})`);
  // `acme/shop#12`, `acme/shop@1a2b3c`, `acme/shop`; what is told of the installation itself is none of them.
  const repositoryOf = sql<string>`substring(work_key from '^[^#@:]+/[^#@:]+')`;
  await trx
    .updateTable('delivery')
    .set({ done_at: at, outcome: 'the App was taken away' })
    .where('done_at', 'is', null).where('installation', '=', installation).where(repositoryOf, 'is not', null).where(among(repositoryOf))
    .execute();
  await trx.deleteFrom('look').where('installation', '=', installation).where(among(sql<string>`owner || '/' || repo`)).execute();
  await trx.deleteFrom('appointment').where('installation', '=', installation).where(among(sql<string>`repo`)).execute();
}
