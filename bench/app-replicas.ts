// Measures what a second replica is worth: `npm run bench:replicas -- [deliveries]`. Both share one PostgreSQL, and GitHub answers as slowly as it does.
import { burst } from './app-load.ts';
import { start } from './app-server.ts';
import { CONNECTIONS, FILES, onStage } from './app-stage.ts';
import type { Stage } from './app-stage.ts';

/** What a busy GitHub takes for an answer, ms. With a quicker one the two cores are what is measured: replicas, database, stub and client share them. */
const LATENCY = 800;
const PATIENCE = 600;

const deliveries = Number(process.argv[2] ?? 2000);

await onStage(async (stage) => {
  await stage.github.reset(FILES, LATENCY);
  await (await start(stage.appOn('postgresql'))).stop();
  const rates = [];
  // One, two, and one again: whatever else the machine does falls on both.
  for (const replicas of [1, 2, 1, 2]) rates.push(await rateOf(stage, replicas));
  const [one = 0, two = 0, oneAgain = 0, twoAgain = 0] = rates;
  console.log(`two do ×${((two + twoAgain) / (one + oneAgain)).toFixed(2)} of one`);
});

/** Checks a second, from the first delivery to the last check. */
async function rateOf({ github, appOn, target, shots }: Stage, replicas: number): Promise<number> {
  const apps = await Promise.all(Array.from({ length: replicas }, (_, replica) => start(appOn('postgresql', replica))));
  await github.begin();
  const began = performance.now();
  await burst(target(), shots(deliveries), CONNECTIONS);
  await github.posted(deliveries, PATIENCE);
  const rate = deliveries / ((performance.now() - began) / 1000);
  console.log(`${replicas} replica${replicas > 1 ? 's' : ''}: ${rate.toFixed(0)} checks a second, ${(await github.stats()).doubles} double`);
  for (const app of apps) await app.stop();
  return rate;
}
