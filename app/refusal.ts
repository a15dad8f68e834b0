// What the machine refuses the App at its start, as something that its operator can mend.
import { SetupError } from '../src/errors.ts';

interface Refused {
  readonly message?: string;
  readonly code?: string;
  readonly path?: string;
  readonly errno?: number;
  readonly syscall?: string;
  readonly cause?: unknown;
}

/** Of the network and of PostgreSQL: GitHub's and the sources' own troubles never come this way. */
const DATABASE: Readonly<Record<string, readonly [is: string, remedy: string]>> = {
  ECONNREFUSED: ['does not answer', 'Start it, or correct host and port in DATABASE_URL.'],
  ETIMEDOUT: ['does not answer', 'Start it, or correct host and port in DATABASE_URL.'],
  ENOTFOUND: ['has a host that nobody knows', 'Correct the host in DATABASE_URL.'],
  EAI_AGAIN: ['has a host that nobody knows', 'Correct the host in DATABASE_URL.'],
  '28P01': ['refuses the password', 'Correct user and password in DATABASE_URL; what is no letter or digit in them is written as in an address (%40 for @).'],
  '28000': ['refuses the user', 'Correct the user in DATABASE_URL, or let it in (pg_hba.conf).'],
  '3D000': ['has no such database', 'Create it, or correct the name in DATABASE_URL.'],
  '42501': ['does not let the user create what the App needs', 'Give the user of DATABASE_URL a database of its own.'],
  '53300': ['has no connection left', 'Raise max_connections: each process of the App takes up to 11.'],
  '57P03': ['is starting or stopping', 'Start the App again when it is up.'],
  '57P01': ['was stopped meanwhile', 'Do it again when it is up.'],
  ECONNRESET: ['ended the connection', 'Do it again when it is up, or correct host and port in DATABASE_URL.'],
};
/** What the client of PostgreSQL says of itself, without a code, and which of these it is. */
const UNCODED: readonly (readonly [message: RegExp, code: string])[] = [[/^timeout expired$|due to connection timeout$/, 'ETIMEDOUT'], [/^Connection terminated/, 'ECONNRESET']];
const DISK = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST', 'EDQUOT']);
/** The embedded database has the numbers of WebAssembly's system interface, and no codes. */
const NUMBERED: Readonly<Record<number, string>> = { 2: 'EACCES', 19: 'EDQUOT', 51: 'ENOSPC', 63: 'EPERM', 69: 'EROFS' };

/** null where it is none of these: a bug. */
export function asRefusal(error: unknown): SetupError | null {
  if (error instanceof SetupError) return error;
  const { path, cause, message = '' } = error as Refused;
  const code = (error as Refused).code ?? UNCODED.find(([said]) => said.test(message))?.[1];
  if (code !== undefined && DISK.has(code) && path !== undefined) return new SetupError(`${path} cannot be written (${code})`, 'Name a place on which this user may write and which has room.');
  const database = DATABASE[code ?? ''];
  if (database !== undefined) return new SetupError(`The database of DATABASE_URL ${database[0]} (${code})`, database[1]);
  return cause === undefined ? null : asRefusal(cause);
}

/** Where the door cannot listen. */
export function refuseDoor(error: unknown, { host, port }: { readonly host: string; readonly port: number }): unknown {
  const { code } = error as Refused;
  const remedy = 'Set PORT and HOST to where this process may listen.';
  if (code === 'EADDRINUSE') return new SetupError(`Port ${port} is taken`, remedy);
  if (code === 'EADDRNOTAVAIL') return new SetupError(`HOST ${host} is no address of this machine`, remedy);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new SetupError(`Nobody knows the host ${host} of HOST (${code})`, remedy);
  return code === undefined ? error : new SetupError(`Port ${port} of ${host} cannot be listened on (${code})`, remedy);
}

/** Does what needs the data folder, and tells what the disk refuses as that. */
export async function inDataFolder<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, errno, path, syscall } = error as Refused;
    const why = DISK.has(code ?? '') ? code : (NUMBERED[errno ?? 0] ?? null);
    // Of a folder that would have to be made below one that cannot be written, the system says that it is not there.
    const isUnmade = code === 'ENOENT' && syscall === 'mkdir';
    if (why === null && !isUnmade) throw error;
    throw new SetupError(`The data folder cannot be written (${why ?? code}${path === undefined ? '' : `, ${path}`})`, 'Set DATA_FOLDER to a folder on which this user may write and which has room.');
  }
}
