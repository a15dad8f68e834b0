// One process a data folder: a socket in it is the lock, which the system lets go of when its holder dies.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { relative } from 'node:path';
import { SetupError } from '../../src/errors.ts';
import { inDataFolder } from '../refusal.ts';

/** Sockets have short names: longer ones are refused by the system. */
const PATH_MAX = 100;
/** Two that come at the same instant both step back, and one of them comes first the next time. */
const TRIES = 8;

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
  for (let tried = 0; tried < TRIES; tried += 1) {
    const release = await inDataFolder(() => tryLock(folder));
    if (release !== null) return release;
    await new Promise((resolve) => void setTimeout(resolve, 10 + Math.random() * 60));
  }
  throw new FolderInUse(folder);
}

/**
 * Who comes raises a socket of its own first and looks for others then. So of two that come at once one at least sees the other, whatever their pace, and nobody's socket has to be taken away to
 * take its place: that would be a moment in which a third could come. null: there is another.
 */
async function tryLock(folder: string): Promise<(() => Promise<void>) | null> {
  mkdirSync(folder, { recursive: true });
  const name = `lock-${randomBytes(4).toString('hex')}.sock`;
  const path = pathTo(folder, name);
  const server = await listen(path);
  const release = (): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));
  const others = readdirSync(folder).filter((other) => /^lock.*\.sock$/.test(other) && other !== name).map((other) => pathTo(folder, other));
  const dead = await Promise.all(others.map(isDead));
  // A holder that came and went meanwhile may have found this one before it listened, and have taken it away as a dead one's.
  if (dead.includes(false) || !existsSync(path)) {
    await release();
    return null;
  }
  for (const other of others) rmSync(other, { force: true });
  return release;
}

function pathTo(folder: string, name: string): string {
  const path = `${folder}/${name}`;
  const fromHere = relative(process.cwd(), path);
  const shorter = fromHere.length < path.length ? fromHere : path;
  if (shorter.length > PATH_MAX) throw new SetupError(`The path of DATA_FOLDER is too long (${shorter.length - name.length - 1} characters)`, `Give a folder whose path has at most ${PATH_MAX - name.length - 1} characters.`);
  return shorter;
}

/** Nobody listens behind it. What cannot be asked, for want of rights or of room, may well be alive. */
function isDead(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => { socket.destroy(); resolve(false); });
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' || code === 'ENOENT'));
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
