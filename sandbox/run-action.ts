// Runs the built Action as a child process exactly as a runner would, and collects all that a runner shows.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { endJob, startJob } from './github/actions.ts';
import type { GitHub } from './github/github.ts';
import type { Recorded } from './github/layer.ts';
import type { Payload } from './event.ts';

const ROOT = join(import.meta.dirname, '..');

export interface ActionOptions {
  readonly repository: string;
  /** The event's name: pull_request_target, issue_comment … */
  readonly event: string;
  readonly payload: Payload;
  readonly inputs?: Readonly<Record<string, string>>;
  /** The workflow's own token unless given; an empty text stands for none. */
  readonly token?: string;
  /** Where the child's clock starts, ISO 8601. */
  readonly at?: string;
  /** More variables, e.g. YARDSTICK_*; wins over those of the runner. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Files in the workspace, path → text; a runner's is empty without a checkout. */
  readonly workspace?: Readonly<Record<string, string>>;
}

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly properties: Readonly<Record<string, string>>;
}

export interface ActionRun {
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** Standard output and standard error, as the log shows them. */
  readonly log: string;
  /** What it asked of GitHub, in the order of the answers. */
  readonly requests: readonly Recorded[];
  readonly jobId: number;
  readonly milliseconds: number;
}

/** Runs the Action once. The job's check run is at the head while it runs and ends with it. */
export async function runAction(github: GitHub, options: ActionOptions): Promise<ActionRun> {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-runner-'));
  const head = headOf(options.payload);
  const job = startJob(github, { repository: options.repository, sha: head.sha, branch: head.branch, name: 'yardstick', event: options.event });
  const token = options.token ?? (await github.tokens.workflow(options.repository));
  try {
    const environment = prepare(folder, { github, options, token, runId: job.runId, sha: head.sha });
    const before = github.requests.length;
    const started = performance.now();
    const { code, log } = await spawnAction(environment, options.at);
    endJob(github, job.id, code === 0 ? 'success' : 'failure');
    return {
      exitCode: code, log, jobId: job.id, milliseconds: Math.round(performance.now() - started),
      outputs: parseOutputs(readFileSync(join(folder, 'output'), 'utf8')), summary: readFileSync(join(folder, 'summary.md'), 'utf8'),
      annotations: parseAnnotations(log), requests: github.requests.slice(before),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lays out the runner's folder and its environment; nothing else of this process reaches the child. */
function prepare(folder: string, run: { github: GitHub; options: ActionOptions; token: string; runId: number; sha: string }): Record<string, string> {
  const { github, options, token } = run;
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const workspace = join(folder, 'work');
  for (const path of ['work', 'temp']) mkdirSync(join(folder, path));
  for (const [path, text] of Object.entries(options.workspace ?? {})) writeFileSync(join(workspace, path), text);
  return {
    PATH: '/usr/bin:/bin', HOME: folder, CI: 'true', GITHUB_ACTIONS: 'true', RUNNER_OS: 'Linux', RUNNER_TEMP: join(folder, 'temp'), RUNNER_TOOL_CACHE: join(folder, 'temp'),
    GITHUB_EVENT_NAME: options.event, GITHUB_EVENT_PATH: file('event.json', JSON.stringify(options.payload)),
    GITHUB_API_URL: github.url, GITHUB_GRAPHQL_URL: `${github.url}/graphql`, GITHUB_SERVER_URL: github.url,
    GITHUB_REPOSITORY: options.repository, GITHUB_REPOSITORY_OWNER: options.repository.split('/')[0] ?? '', GITHUB_SHA: run.sha, GITHUB_REF: 'refs/heads/main', GITHUB_REF_NAME: 'main', GITHUB_ACTOR: 'stagehand',
    GITHUB_RUN_ID: String(run.runId), GITHUB_RUN_NUMBER: '1', GITHUB_RUN_ATTEMPT: '1', GITHUB_JOB: 'yardstick', GITHUB_WORKFLOW: 'Yardstick', GITHUB_ACTION: '__self', GITHUB_ACTION_PATH: ROOT, GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: file('output', ''), GITHUB_STEP_SUMMARY: file('summary.md', ''), GITHUB_STATE: file('state', ''), GITHUB_ENV: file('env', ''), GITHUB_PATH: file('path', ''),
    ...inputVariables(options.inputs ?? {}, token),
    ...options.environment,
    ...(options.at !== undefined && { SANDBOX_NOW: options.at }),
  };
}

/** `INPUT_*` as the runner sets them: given values over the defaults of action.yml, names in upper case, blanks as `_`. */
function inputVariables(given: Readonly<Record<string, string>>, token: string): Record<string, string> {
  const { inputs } = load(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as { inputs: Record<string, { default?: unknown }> };
  const values = Object.entries(inputs).map(([name, input]) => [name, given[name] ?? String(input.default ?? '').replace('${{ github.token }}', token)] as const);
  return Object.fromEntries(values.map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]));
}

function spawnAction(env: Record<string, string>, at: string | undefined): Promise<{ code: number; log: string }> {
  const clock = at === undefined ? [] : ['--import', join(import.meta.dirname, 'clock.ts')];
  const child = spawn(process.execPath, [...clock, join(ROOT, 'action/dist/index.js')], { env, cwd: env['GITHUB_WORKSPACE'], stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? 1, log }));
  });
}

/** The commit that the run belongs to, and its branch, by the kind of payload. */
function headOf(payload: Payload | null): { sha: string; branch: string } {
  const pull = payload?.['pull_request'] as { head?: { sha: string; ref: string } } | undefined;
  const group = payload?.['merge_group'] as { head_sha: string; head_ref: string } | undefined;
  return { sha: pull?.head?.sha ?? group?.head_sha ?? '0'.repeat(40), branch: pull?.head?.ref ?? group?.head_ref ?? 'main' };
}

/** GITHUB_OUTPUT: `name=value` lines and `name<<MARK` blocks. */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const block = /^(?<name>[^=<]+)<<(?<mark>\S+)$/.exec(lines[at] ?? '')?.groups;
    if (block !== undefined) {
      const end = lines.indexOf(block['mark'] ?? '', at + 1);
      outputs[block['name'] ?? ''] = lines.slice(at + 1, end).join('\n');
      at = end;
      continue;
    }
    const [name = '', ...value] = (lines[at] ?? '').split('=');
    if (value.length > 0) outputs[name] = value.join('=');
  }
  return outputs;
}

/** Workflow commands of the log: `::error file=…,line=…::message`. */
export function parseAnnotations(log: string): readonly Annotation[] {
  const unescape = (text: string): string => text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
  return log.split('\n').flatMap((line) => {
    const groups = /^::(?<level>error|warning|notice)(?: (?<properties>[^:]*))?::(?<message>.*)$/.exec(line)?.groups;
    if (groups === undefined) return [];
    const properties = (groups['properties'] ?? '').split(',').filter(Boolean).map((entry) => entry.split('='));
    return [{ level: groups['level'] as Annotation['level'], message: unescape(groups['message'] ?? ''), properties: Object.fromEntries(properties.map(([name = '', ...value]) => [name, unescape(value.join('='))])) }];
  });
}
