// Measures the App beside a server that only checks signatures: `npm run bench:app -- [--store S] [--deliveries N] [--seconds N]`. Client, stub and database on the same cores.
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../test/app/postgres.ts';
import { stubbedGitHub } from './app-github.ts';
import { SECRET, burst, shot, steady, targetAt } from './app-load.ts';
import type { Target, Volley } from './app-load.ts';
import { start } from './app-server.ts';
import type { Running, Server } from './app-server.ts';

const ROOT = join(import.meta.dirname, '..');
const SHARED = join(ROOT, '../shared/bench');
const BUNDLE = join(ROOT, 'app/dist/app.js');
const CONNECTIONS = 64;
const INSTALLATIONS = 64;
const FILES = 100;
const PER_SECOND = 300;
const PORT = 9919;
const STUB = 'http://127.0.0.1:9918';
/** Seconds until all of a burst must be worked off. */
const PATIENCE = 900;

const { values: asked } = parseArgs({ options: { store: { type: 'string' }, deliveries: { type: 'string', default: '10000' }, seconds: { type: 'string', default: '60' } } });
const deliveries = Number(asked.deliveries);
const seconds = Number(asked.seconds);
if (!existsSync(SHARED)) throw new Error('the stub of GitHub and the floor are not beside this checkout: there is nothing to measure against');
const { event } = (await import(join(SHARED, 'fixtures.mjs'))) as { event: (...about: readonly [string, number, number, number]) => unknown };
const github = stubbedGitHub(STUB);
let nextNumber = 1000;

/** Deliveries, each of a pull request of its own, of installations from `first` on. */
const shots = (count: number, first = 1, installations = INSTALLATIONS) =>
  Array.from({ length: count }, (_, index) => shot(event('opened', nextNumber++, first + (index % installations), FILES)));

async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'yardstick-bench-'));
  const postgres = await startPostgres();
  const stub = await start({ args: [join(SHARED, 'stub.mjs'), '9918'], env: {}, ready: /stub on/ });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs1', format: 'pem' } });
  const env = { APP_ID: '1', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: SECRET, GITHUB_API_URL: STUB, HOST: '127.0.0.1', PORT: String(PORT) };
  const stores: Readonly<Record<string, Readonly<Record<string, string>>>> = { postgresql: { DATABASE_URL: await postgres.database() }, embedded: { DATA_FOLDER: join(scratch, 'data') } };
  try {
    console.log(`node ${process.version}, ${deliveries} deliveries of ${Math.round((shots(1)[0]?.body.length ?? 0) / 1000)} kB at ${CONNECTIONS} connections, then ${PER_SECOND} a second for ${seconds} s`);
    const floor = await measureFloor();
    for (const [name, store] of Object.entries(stores)) {
      if (asked.store !== undefined && asked.store !== name) continue;
      console.log(`\nApp, ${name}`);
      await measureApp({ args: ['--max-semi-space-size=8', BUNDLE], env: { ...env, ...store }, ready: /listening/ }, floor);
    }
  } finally {
    await stub.stop();
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Answers a second of a server that checks the signature and nothing else. */
async function measureFloor(): Promise<number> {
  const server = await start({ args: [join(SHARED, 'app/hmac-server.mjs')], env: { WEBHOOK_SECRET: SECRET, PORT: String(PORT) }, ready: null });
  const volley = await burst(newTarget(), shots(deliveries), CONNECTIONS);
  await server.stop();
  console.log(`\nsignature only\n  burst: ${perSecond(volley).toFixed(0)} answers a second, ${spread(volley)}`);
  return perSecond(volley);
}

async function measureApp(server: Server, floor: number): Promise<void> {
  await github.reset(FILES);
  // The first start makes the tables; the second is the cold start.
  await (await start(server)).stop();
  const app = await start(server);
  const target = newTarget();
  await github.begin();
  console.log(`  cold start ${app.startedIn.toFixed(0)} ms`);
  const volley = await burst(target, shots(deliveries), CONNECTIONS);
  console.log(`  burst: ${perSecond(volley).toFixed(0)} answers a second (×${(perSecond(volley) / floor).toFixed(2)} of signature only), ${spread(volley)}`);
  console.log(`  all checks posted ${(await github.posted(deliveries, PATIENCE)).toFixed(0)} s later`);
  if (seconds > 0) {
    console.log(`  ${PER_SECOND} a second: ${spread(await steady(target, shots(PER_SECOND * seconds), PER_SECOND))}`);
    console.log(`  all checks posted ${(await github.posted(deliveries + PER_SECOND * seconds, PATIENCE)).toFixed(0)} s later`);
  }
  await measureQuiet(target);
  const { checks, doubles } = await github.stats();
  console.log(`  checks: ${checks} posted, ${doubles} of them double\n  peak memory ${app.peak()} MiB`);
  await stopTimed(app);
}

/** With nothing else to do; every installation has its limits whole. */
async function measureQuiet(target: Target): Promise<void> {
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

function newTarget(): Target {
  return targetAt(`http://127.0.0.1:${PORT}/`, CONNECTIONS);
}

function perSecond({ times, seconds: took }: Volley): number {
  return times.length / took;
}

function spread({ times, refused }: Volley): string {
  const at = (share: number): string => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN).toFixed(1);
  return `answered in p50 ${at(0.5)} ms, p99 ${at(0.99)} ms${refused > 0 ? `, ${refused} REFUSED` : ''}`;
}

await main();
