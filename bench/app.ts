// Measures the App beside a server that only checks signatures: `npm run bench:app [deliveries] [seconds]`. Client, stub and database on the same cores.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../test/app/postgres.ts';
import { SECRET, burst, shot, steady, targetAt } from './app-load.ts';
import type { Volley } from './app-load.ts';

const ROOT = join(import.meta.dirname, '..');
const SHARED = join(ROOT, '../shared/bench');
const BUNDLE = join(ROOT, 'app/dist/app.js');
const CONNECTIONS = 64;
const INSTALLATIONS = 64;
const STUB = 'http://127.0.0.1:9918';
const PORT = 9919;
const FILES = 100;

const deliveries = Number(process.argv[2] ?? 10_000);
const seconds = Number(process.argv[3] ?? 60);
const { event } = (await import(join(SHARED, 'fixtures.mjs'))) as { event: (...about: readonly [string, number, number, number]) => unknown };
const shots = (count: number, from: number, installation?: number) => Array.from({ length: count }, (_, index) => shot(event('opened', from + index, installation ?? 1 + (index % INSTALLATIONS), FILES)));

interface Server {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly works: boolean;
}

async function main(): Promise<void> {
  if (!existsSync(BUNDLE)) throw new Error('app/dist/app.js is missing: `npm run build:app` first');
  const scratch = mkdtempSync(join(tmpdir(), 'yardstick-bench-'));
  const postgres = await startPostgres();
  const stub = await start({ name: 'stub', args: [join(SHARED, 'stub.mjs'), '9918'], env: {}, works: false }, /stub on/);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs1', format: 'pem' } });
  const app = { APP_ID: '1', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: SECRET, GITHUB_API_URL: STUB, HOST: '127.0.0.1', PORT: String(PORT), LOG_LEVEL: 'warn' };
  const servers: readonly Server[] = [
    { name: 'signature only', args: [join(SHARED, 'app/hmac-server.mjs')], env: { WEBHOOK_SECRET: SECRET, PORT: String(PORT) }, works: false },
    { name: 'App, PostgreSQL', args: [BUNDLE], env: { ...app, DATABASE_URL: await postgres.database() }, works: true },
    { name: 'App, embedded', args: [BUNDLE], env: { ...app, DATA_FOLDER: join(scratch, 'data') }, works: true },
  ];
  try {
    console.log(`node ${process.version}, ${deliveries} deliveries of ${Math.round((shots(1, 1)[0]?.body.length ?? 0) / 1000)} kB at ${CONNECTIONS} connections, then 300 a second for ${seconds} s`);
    const [floor, ...apps] = servers;
    if (floor) await measure(floor, null);
    for (const server of apps) await measure(server, baseline);
  } finally {
    stub.kill();
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

let baseline = Number.NaN;

async function measure(server: Server, base: number | null): Promise<void> {
  await control({ reset: true, latency: 0, log: false, files: FILES, contents: { '.github/yardstick.yml': 'scope:\n  paths: ["infra/**"]\n' } });
  // The first start makes the tables; the second is the cold start.
  if (server.works) await stop(await start(server, /listening/));
  const before = performance.now();
  const child = await start(server, server.works ? /listening/ : null);
  const cold = performance.now() - before;
  const target = targetAt(`http://127.0.0.1:${PORT}/`, CONNECTIONS);
  const first = await burst(target, shots(deliveries, 1000), CONNECTIONS);
  const rate = deliveries / first.seconds;
  console.log(`\n${server.name}\n  burst: ${rate.toFixed(0)} answers a second${base === null ? '' : ` (×${(rate / base).toFixed(2)} of signature only)`}, ${spread(first)}`);
  if (base === null) {
    baseline = rate;
    return stop(child);
  }
  await drained(deliveries);
  const paced = await steady(target, shots(300 * seconds, 100_000), 300);
  console.log(`  300 a second: ${spread(paced)}`);
  await drained(deliveries + 300 * seconds);
  const idle = await idleLatency(target);
  const { checks, doubles } = await stats();
  console.log(`  idle, until the check is posted: p50 ${idle.toFixed(0)} ms\n  checks: ${checks} posted, ${doubles} of them double\n  cold start ${cold.toFixed(0)} ms, peak memory ${peakMiB(child)} MiB`);
  return stop(child);
}

function spread({ times, refused }: Volley): string {
  const at = (share: number): string => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN).toFixed(1);
  return `answered in p50 ${at(0.5)} ms, p99 ${at(0.99)} ms${refused > 0 ? `, ${refused} REFUSED` : ''}`;
}

/** Twenty deliveries, one after the other, each for an installation that has its limits whole. */
async function idleLatency(target: Parameters<typeof burst>[0]): Promise<number> {
  const waits: number[] = [];
  for (let index = 0; index < 20; index += 1) {
    const { checks } = await stats();
    const began = performance.now();
    await burst(target, shots(1, 900_000 + index, 5000 + index), 1);
    while ((await stats()).checks === checks) await new Promise((resolve) => void setTimeout(resolve, 3));
    waits.push(performance.now() - began);
  }
  return waits.sort((a, b) => a - b)[10] ?? Number.NaN;
}

async function drained(count: number): Promise<void> {
  const began = performance.now();
  for (;;) {
    const { checks } = await stats();
    if (checks >= count) return console.log(`  drained ${((performance.now() - began) / 1000).toFixed(0)} s later`);
    if (performance.now() - began > 600_000) return console.log(`  NOT drained: ${checks} of ${count} checks`);
    await new Promise((resolve) => void setTimeout(resolve, 500));
  }
}

async function stats(): Promise<{ readonly checks: number; readonly doubles: number }> {
  const { checks, stamps } = (await (await fetch(`${STUB}/__stats?stamps`)).json()) as { readonly checks: number; readonly stamps: Readonly<Record<string, readonly number[]>> };
  return { checks, doubles: checks - Object.keys(stamps).length };
}

async function control(settings: object): Promise<void> {
  await fetch(`${STUB}/__ctl`, { method: 'POST', body: JSON.stringify(settings) });
}

async function start({ args, env }: Server, ready: RegExp | null): Promise<ChildProcess> {
  const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] ?? '', ...env, ...(ready?.source === 'listening' ? { LOG_LEVEL: 'info' } : {}) }, stdio: ['ignore', 'pipe', 'inherit'] });
  await (ready === null ? new Promise((resolve) => void setTimeout(resolve, 1000)) : new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => { if (ready.test(text.toString())) resolve(); });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
  }));
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => void child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

function peakMiB({ pid }: ChildProcess): number {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
}

await main();
