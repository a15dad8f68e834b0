// Runs one measured process the way a runner starts an Action, against the stub of GitHub.
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Contender {
  readonly name: string;
  readonly file: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Run {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly rssMiB: number;
  /** `METHOD path` of each request, in the order of arrival. */
  readonly requests: readonly string[];
  readonly exitCode: number;
  /** How many requests began after others had ended: sequential depth. */
  readonly depth: number;
}

export interface Place {
  /** A folder that this bench may write to. */
  readonly scratch: string;
  readonly stubUrl: string;
  readonly eventFile: string;
}

interface Logged {
  readonly m: string;
  readonly p: string;
  readonly t0: number;
  readonly t1: number;
}

/** Sets the stub back, runs the contender once, and reads what it did. */
export async function runOnce({ file, env = {} }: Contender, place: Place): Promise<Run> {
  await control(place.stubUrl, { reset: true });
  const meter = join(place.scratch, 'meter.json');
  const runnerFiles = { GITHUB_OUTPUT: join(place.scratch, 'output'), GITHUB_STEP_SUMMARY: join(place.scratch, 'summary') };
  for (const path of Object.values(runnerFiles)) await writeFile(path, '');
  const start = performance.now();
  const exitCode = await exit(['--require', join(import.meta.dirname, 'meter.cjs'), file], { ...environment(place), ...runnerFiles, METER_FILE: meter, ...env });
  const wallMs = performance.now() - start;
  const { cpuMs, rssMiB } = JSON.parse(await readFile(meter, 'utf8')) as { readonly cpuMs: number; readonly rssMiB: number };
  const { log } = (await (await fetch(`${place.stubUrl}/__log`)).json()) as { readonly log: readonly Logged[] };
  return { wallMs, cpuMs, rssMiB, requests: log.map(({ m, p }) => `${m} ${p}`), exitCode, depth: depthOf(log) };
}

export async function control(stubUrl: string, settings: object): Promise<void> {
  await fetch(`${stubUrl}/__ctl`, { method: 'POST', body: JSON.stringify(settings) });
}

function environment({ stubUrl, eventFile }: Place): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    GITHUB_ACTIONS: 'true', GITHUB_API_URL: stubUrl, GITHUB_GRAPHQL_URL: `${stubUrl}/graphql`, GITHUB_SERVER_URL: stubUrl,
    GITHUB_REPOSITORY: 'acme/widgets', GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_EVENT_PATH: eventFile,
    'INPUT_GITHUB-TOKEN': 'stub', INPUT_TOKEN: 'stub', GITHUB_TOKEN: 'stub',
  };
}

function exit(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? -1));
  });
}

/** A request that began after every one of the level before had begun to be answered stands one level deeper. */
function depthOf(log: readonly Logged[]): number {
  let depth = 0;
  let levelEnd = -Infinity;
  for (const { t0, t1 } of log.toSorted((a, b) => a.t0 - b.t0)) {
    if (t0 >= levelEnd) {
      depth += 1;
      levelEnd = t1;
    }
  }
  return depth;
}
