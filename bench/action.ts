// Measures the built Action against the floors, interleaved, on the stub of GitHub's API: `npm run bench:action [runs]`.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { control, runOnce } from './action-runner.ts';
import type { Contender, Place, Run } from './action-runner.ts';

const ROOT = join(import.meta.dirname, '..');
const SHARED = join(ROOT, '../shared/bench');
const LATENCY_MS = 80;
const PORT = 9917;
const BUNDLE = join(ROOT, 'action/dist/index.js');

interface Scenario {
  readonly name: string;
  readonly files: number;
  readonly config: string;
  /** Exit code of a run that did its work. */
  readonly exitCode: number;
}

const SCENARIOS: readonly Scenario[] = [
  { name: 'full gate: 200 files, comment and label written', files: 200, config: 'scope:\n  paths: ["src/**"]\n', exitCode: 1 },
  { name: 'out of scope: 100 files, nothing written', files: 100, config: 'scope:\n  paths: ["infra/**"]\n', exitCode: 0 },
];

async function main(): Promise<void> {
  if (!existsSync(SHARED)) {
    console.log(`No stub and floors at ${SHARED}: nothing to measure against.`);
    return;
  }
  const runs = Number(process.argv[2] ?? 15);
  const scratch = await mkdtemp(join(tmpdir(), 'yardstick-bench-'));
  const stub = await startStub();
  try {
    const contenders = [await buildToolkit(scratch), { name: 'bare http floor', file: join(SHARED, 'floors/floor-http.cjs') }, { name: 'yardstick', file: BUNDLE }];
    const place: Place = { scratch, stubUrl: `http://127.0.0.1:${PORT}`, eventFile: join(scratch, 'event.json') };
    console.log(`node ${process.version}, ${LATENCY_MS} ms an answer, ${runs} runs each, interleaved; bundle ${Math.ceil((await stat(BUNDLE)).size / 1000)} kB`);
    for (const scenario of SCENARIOS) report(scenario, await measure({ scenario, contenders, place, runs }));
  } finally {
    stub.kill();
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Measurement {
  readonly scenario: Scenario;
  readonly contenders: readonly Contender[];
  readonly place: Place;
  readonly runs: number;
}

/** All contenders in turn, so that a busy moment of the machine hits each. The first turn warms the disk and is not counted. */
async function measure({ scenario, contenders, place, runs }: Measurement): Promise<ReadonlyMap<string, readonly Run[]>> {
  await writeFile(place.eventFile, JSON.stringify((await fixtures()).event('synchronize', 42, undefined, scenario.files)));
  await control(place.stubUrl, { latency: LATENCY_MS, files: scenario.files, contents: { '.github/yardstick.yml': scenario.config } });
  const found = new Map<string, Run[]>(contenders.map(({ name }) => [name, []]));
  for (let turn = 0; turn <= runs; turn += 1) {
    for (const contender of contenders) {
      const run = await runOnce(contender, place);
      const expected = contender.file === BUNDLE ? scenario.exitCode : 0;
      if (run.exitCode !== expected) throw new Error(`${contender.name} ended with ${run.exitCode}, expected ${expected}: this run counts for nothing`);
      if (turn > 0) found.get(contender.name)?.push(run);
    }
  }
  return found;
}

function report({ name }: Scenario, found: ReadonlyMap<string, readonly Run[]>): void {
  console.log(`\n${name}`);
  const base = [...found.values()][0] ?? [];
  for (const [contender, runs] of found) {
    const cells = (['wallMs', 'cpuMs', 'rssMiB'] as const).map((key) => {
      const value = median(runs.map((run) => run[key]));
      return `${key} ${value.toFixed(0).padStart(4)} (×${(value / median(base.map((run) => run[key]))).toFixed(2)})`;
    });
    console.log(`  ${contender.padEnd(24)} ${cells.join('  ')}  requests ${runs[0]?.requests.length}, depth ${median(runs.map((run) => run.depth))}`);
  }
  for (const request of found.get('yardstick')?.[0]?.requests ?? []) console.log(`    ${request}`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The floor that every ratio refers to: the toolkit with parallel reads, bundled as its own README says. */
async function buildToolkit(scratch: string): Promise<Contender> {
  const file = join(scratch, 'toolkit-gate.mjs');
  const banner = { js: "import{createRequire as r0}from'node:module';const require=r0(import.meta.url);" };
  await build({ entryPoints: [join(SHARED, 'floors/toolkit-gate.mjs')], outfile: file, bundle: true, minify: true, platform: 'node', format: 'esm', banner, nodePaths: [join(ROOT, 'node_modules')], logLevel: 'error' });
  return { name: 'toolkit floor, parallel', file, env: { GATE_MODE: 'par' } };
}

/** Takes action, number, installation and count of changed files. */
async function fixtures(): Promise<{ readonly event: (...about: readonly [string, number, undefined, number]) => unknown }> {
  return (await import(join(SHARED, 'fixtures.mjs'))) as Awaited<ReturnType<typeof fixtures>>;
}

async function startStub(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(SHARED, 'stub.mjs'), String(PORT)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the stub ended with ${code}`)));
  });
  return child;
}

await main();
