// Where a backup goes: into a file, which is whole or not there, or to standard output.
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SetupError } from '../../src/errors.ts';

/** As a file's name: standard output, or standard input. */
export const STANDARD = '-';

export interface Target {
  readonly write: (chunk: Buffer) => Promise<void>;
  /** All is written: from here on it is there. */
  readonly keep: () => Promise<void>;
  /** Leaves nothing behind, as far as that can be. */
  readonly drop: () => Promise<void>;
}

/** @throws SetupError here and in what it gives, where it cannot be written */
export function openTarget(file: string): Promise<Target> {
  return file === STANDARD ? openOutput() : openFile(resolve(file));
}

/** Beside its place first, then under its name. Readable by its owner alone. */
async function openFile(file: string): Promise<Target> {
  const part = `${file}.part`;
  const told = <T>(work: Promise<T>): Promise<T> => work.catch((error: unknown) => {
    throw new SetupError(`The backup cannot be written to ${file} (${codeOf(error)})`, 'Name a file in a folder that is there, on which this user may write and which has room, or - for standard output.');
  });
  const handle = await told(open(part, 'w', 0o600));
  return {
    write: (chunk) => told(handle.writeFile(chunk)),
    keep: async () => {
      // Synced before it is named: a name must never stand for half a file.
      await told(handle.sync());
      await handle.close();
      await told(rename(part, file));
    },
    drop: async () => {
      await handle.close().catch(() => undefined);
      await rm(part, { force: true }).catch(() => undefined);
    },
  };
}

async function openOutput(): Promise<Target> {
  const { stdout } = process;
  // Compressed bytes are no text; and a terminal that stands between changes them on their way (`docker compose exec` without -T).
  if (stdout.isTTY) throw new SetupError('A backup is not written to a terminal', 'Lead it into a file: yardstick db backup - > yardstick.backup; with docker compose exec give -T, with kubectl exec no -t.');
  stdout.on('error', () => undefined);
  const write = (chunk: Buffer): Promise<void> => new Promise((done, failed) => {
    stdout.write(chunk, (error) => (error ? failed(new SetupError(`The backup cannot be written to standard output (${codeOf(error)})`, 'What has come through is no backup: see who reads it, and do it again.')) : done()));
  });
  return { write, keep: () => Promise.resolve(), drop: () => Promise.resolve() };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}
