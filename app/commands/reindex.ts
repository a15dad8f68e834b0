// `reindex`: rebuilds from GitHub what the App remembers of it. On PostgreSQL the App may run meanwhile.
import { createConnections } from '../github/connections.ts';
import { createPace } from '../github/pace.ts';
import { reindex } from '../ledger/reindex.ts';
import { parseSettings } from '../settings.ts';
import { migrate } from '../store/database.ts';
import type { Command } from './table.ts';
import { withNewStore } from './with-store.ts';

export const run: Command = (input) => {
  const settings = parseSettings(input.env);
  const { app, of, close } = createConnections(settings, createPace());
  return withNewStore(input, async ({ database: { db }, name }) => {
    await migrate(db);
    const { repositories, bets, waivers, checks, removed, failed } = await reindex({ db, app, of, settings, now: () => new Date() }).finally(close);
    input.say(`Rebuilt ${name} from ${repositories} repositories on GitHub: ${bets} bets, ${waivers} waivers, ${checks} standing checks; ${removed} rows removed.`);
    for (const what of failed) input.say(`not read, its rows are as they were: ${what}`);
    return failed.length === 0 ? 0 : 1;
  });
};
