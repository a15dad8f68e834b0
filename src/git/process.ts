// Starts git as a reader that runs nothing of the clone's own configuration and never goes to the network.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { SetupError, TransientError } from '../errors.ts';

/** A running git with its three streams; `done` settles when it has ended and holds what it complained of. */
export interface GitProcess {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly done: Promise<{ readonly code: number | null; readonly complaint: string }>;
}

/** A complaint is shown to people in one line; the rest of a long one says nothing more. */
const complaintLimit = 2_000;

/** Variables that would make git look at another repository than the one asked for, or run a program for a diff. */
const misleading = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_EXTERNAL_DIFF', 'GIT_DIFF_OPTS'];

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !misleading.includes(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // A partial clone would fetch what it lacks in the middle of a log: refuse every transport instead.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
  };
}

/** Starts git in `dir`. The caller reads `child.stdout` and awaits `done`. */
export function startGit(dir: string, args: readonly string[]): GitProcess {
  const child = spawn('git', ['-C', dir, '-c', 'core.fsmonitor=false', '--no-pager', ...args], { env: environment(), stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (complaint.length < complaintLimit) complaint += text;
  });
  // Whoever stops reading early ends git; its broken pipe is then no news.
  child.stdin.on('error', () => undefined);
  const done = new Promise<{ code: number | null; complaint: string }>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT' ? noGit(dir) : error));
    child.once('close', (code) => resolve({ code, complaint: complaint.trim().slice(0, complaintLimit) }));
  });
  done.catch(() => undefined);
  return { child, done };
}

/** Runs git to its end and gives its output as text, or null if it ended with an error. For short answers only. */
export async function runGit(dir: string, args: readonly string[]): Promise<string | null> {
  const { child, done } = startGit(dir, args);
  child.stdin.end();
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  const { code } = await done;
  return code === 0 ? Buffer.concat(chunks).toString('utf8') : null;
}

/** The error for a git that ended badly in the middle of reading. */
export function gitFailure(complaint: string): Error {
  if (/promisor|lazy fetch|transport '[^']{0,40}' not allowed/.test(complaint))
    return new SetupError('this is a partial clone: it lacks the files that the history changes', 'Make a full clone (git clone without --filter), or run git fetch --refetch once.');
  if (complaint.includes('dubious ownership'))
    return new SetupError('git does not trust this clone: it belongs to another user', 'Run git config --global --add safe.directory DIR with the folder of the clone.');
  return new TransientError(`git stopped while reading: ${complaint.split('\n').at(-1) ?? ''}`);
}

function noGit(dir: string): SetupError {
  return new SetupError(`cannot start git in ${dir}`, 'Install git 2.31 or newer, and check that the folder exists.');
}
