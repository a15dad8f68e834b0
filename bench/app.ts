// Measures the App beside a server that only checks signatures: `npm run bench:app -- [--store S] [--deliveries N] [--seconds N]`. Client, stub and database on the same cores.
import { parseArgs } from 'node:util';
import { burst, steady } from './app-load.ts';
import type { Target, Volley } from './app-load.ts';
import { start } from './app-server.ts';
import type { Running } from './app-server.ts';
import { CONNECTIONS, FILES, INSTALLATIONS, onStage } from './app-stage.ts';
import type { Stage, Store } from './app-stage.ts';

const PER_SECOND = 300;
/** Seconds until all of a burst must be worked off. */
const PATIENCE = 900;

const { values: asked } = parseArgs({ options: { store: { type: 'string' }, deliveries: { type: 'string', default: '10000' }, seconds: { type: 'string', default: '60' } } });
const deliveries = Number(asked.deliveries);
const seconds = Number(asked.seconds);

await onStage(async (stage) => {
  console.log(`node ${process.version}, ${deliveries} deliveries of ${Math.round((stage.shots(1)[0]?.body.length ?? 0) / 1000)} kB at ${CONNECTIONS} connections, then ${PER_SECOND} a second for ${seconds} s`);
  const floor = await measureFloor(stage);
  for (const store of ['postgresql', 'embedded'] as const) if (asked.store === undefined || asked.store === store) await measureApp(stage, store, floor);
});

/** Answers a second of a server that checks the signature and nothing else. */
async function measureFloor({ floor, target, shots }: Stage): Promise<number> {
  const server = await start(floor);
  const volley = await burst(target(), shots(deliveries), CONNECTIONS);
  await server.stop();
  console.log(`\nsignature only\n  burst: ${perSecond(volley).toFixed(0)} answers a second, ${spread(volley)}`);
  return perSecond(volley);
}

async function measureApp(stage: Stage, store: Store, floor: number): Promise<void> {
  const { github, shots } = stage;
  await github.reset(FILES);
  // The first start makes the tables; the second is the cold start.
  await (await start(stage.appOn(store))).stop();
  const app = await start(stage.appOn(store));
  const target = stage.target();
  await github.begin();
  console.log(`\nApp, ${store}\n  cold start ${app.startedIn.toFixed(0)} ms`);
  const volley = await burst(target, shots(deliveries), CONNECTIONS);
  console.log(`  burst: ${perSecond(volley).toFixed(0)} answers a second (×${(perSecond(volley) / floor).toFixed(2)} of signature only), ${spread(volley)}`);
  console.log(`  all checks posted ${(await github.posted(deliveries, PATIENCE)).toFixed(0)} s later`);
  if (seconds > 0) {
    console.log(`  ${PER_SECOND} a second: ${spread(await steady(target, shots(PER_SECOND * seconds), PER_SECOND))}`);
    console.log(`  all checks posted ${(await github.posted(deliveries + PER_SECOND * seconds, PATIENCE)).toFixed(0)} s later`);
  }
  await measureQuiet(stage, target);
  const { checks, doubles } = await github.stats();
  console.log(`  checks: ${checks} posted, ${doubles} of them double\n  peak memory ${app.peak()} MiB`);
  await stopTimed(app);
}

/** With nothing else to do; every installation has its limits whole. */
async function measureQuiet({ github, shots }: Stage, target: Target): Promise<void> {
  const until = async (count: number, first: number, installations: number): Promise<number> => {
    await github.begin();
    const began = performance.now();
    await burst(target, shots(count, first, installations), CONNECTIONS);
    await github.posted(count, 60);
    return performance.now() - began;
  };
  const own = await github.ownTime(async () => void (await until(1, 4000, 1)));
  const waits = [];
  for (let index = 0; index < 20; index += 1) waits.push(await until(1, 5000 + index, 1));
  console.log(`  idle: a check is posted after ${waits.sort((a, b) => a - b)[10]?.toFixed(0)} ms at p50, ${own.toFixed(0)} ms of them the API's own`);
  console.log(`  one each of ${INSTALLATIONS} installations: all posted after ${((await until(INSTALLATIONS, 6000, INSTALLATIONS)) / 1000).toFixed(2)} s`);
  console.log(`  ${INSTALLATIONS} of one installation: all posted after ${((await until(INSTALLATIONS, 7000, 1)) / 1000).toFixed(2)} s`);
}

async function stopTimed(app: Running): Promise<void> {
  const began = performance.now();
  await app.stop();
  console.log(`  stopped in ${(performance.now() - began).toFixed(0)} ms`);
}

function perSecond({ times, seconds: took }: Volley): number {
  return times.length / took;
}

function spread({ times, refused }: Volley): string {
  const at = (share: number): string => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN).toFixed(1);
  return `answered in p50 ${at(0.5)} ms, p99 ${at(0.99)} ms${refused > 0 ? `, ${refused} REFUSED` : ''}`;
}
