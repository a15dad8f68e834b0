// The memory of checks where several replicas write it at once.
import { expect, test } from 'vitest';
import { createCheckMemory } from '../../app/store/check-memory.ts';
import { migrate, openPostgres } from '../../app/store/database.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';

test.skipIf(!HAS_POSTGRES)('replicas that keep the same heads in another order never wait for each other crosswise', async () => {
  const postgres = await startPostgres();
  const url = await postgres.database();
  const stores = [await openPostgres(url), await openPostgres(url)] as const;
  await migrate(stores[0].db);
  const heads = Array.from({ length: 60 }, (_, index) => `head-${index}`);
  for (let round = 0; round < 30; round += 1) {
    const repo = { owner: 'acme', repo: `shop-${round}` };
    const kept = await Promise.all(stores.flatMap(({ db }, index) => {
      const memory = createCheckMemory(db);
      return (index === 0 ? heads : heads.toReversed()).map((head) => memory.keep(repo, head, { id: index, digest: 'd', changes: [], revision: 1 }));
    }));
    expect(kept.filter(Boolean)).toHaveLength(heads.length);
  }
  for (const { close } of stores) await close();
  await postgres.stop();
}, 120_000);
