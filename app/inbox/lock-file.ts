// One process a data folder: a socket in it is the lock, which the system lets go of when its holder dies.
import { mkdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { relative } from 'node:path';
import { SetupError } from '../../src/errors.ts';

/** Sockets have short names: longer ones are refused by the system. */
const PATH_MAX = 100;

/** An App, or a command, is at work on the folder. */
export class FolderInUse extends SetupError {
  readonly folder: string;

  constructor(folder: string) {
    super(`Another Yardstick runs on ${folder}`, 'The embedded database serves one process: stop the other one, or give both a PostgreSQL by DATABASE_URL.');
    this.folder = folder;
  }
}

/** Takes the folder; resolves with what gives it back. A dead process' lock is taken over. @throws FolderInUse */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true });
  const path = shorter(`${folder}/lock.sock`);
  if (path.length > PATH_MAX) throw new SetupError(`The path of DATA_FOLDER is too long (${path.length} characters)`, `Give a folder whose path has at most ${PATH_MAX - 10} characters.`);
  if (await isHeld(path)) throw new FolderInUse(folder);
  rmSync(path, { force: true });
  const server = await listen(path);
  return () => new Promise((resolve) => void server.close(() => resolve()));
}

function shorter(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}

function isHeld(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => void socket.destroy());
    server.once('error', reject);
    server.listen(path, () => resolve(server));
    server.unref();
  });
}
