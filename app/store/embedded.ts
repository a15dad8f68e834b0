// The embedded database's first start: its folder is initialised in a child process, whose memory goes with it.
import { execFile } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { InternalError } from '../../src/errors.ts';

/** A small cache: what is hot is little, and the pages lie in the memory of this process. */
const START = ['-c', 'shared_buffers=16MB'];

export function isDatabase(folder: string): boolean {
  return existsSync(`${folder}/PG_VERSION`);
}

/** Opens the folder, which becomes a database when it is none yet. */
export async function createEmbedded(folder: string): Promise<PGlite> {
  if (!isDatabase(folder)) await initialise(folder);
  return PGlite.create({ dataDir: folder, startParams: [...PGlite.defaultStartParams, ...START] });
}

/** Initialising takes several hundred megabytes that a WebAssembly memory never gives back. What breaks off, on a full disk for example, leaves no half of a database where one is looked for. */
async function initialise(folder: string): Promise<void> {
  const unborn = `${folder}.new`;
  rmSync(unborn, { recursive: true, force: true });
  const script = `import(${JSON.stringify(import.meta.resolve('@electric-sql/pglite'))}).then(async ({ PGlite }) => { const db = await PGlite.create(${JSON.stringify(unborn)}); await db.close(); }).catch((error) => { console.error(error); process.exit(Number(error.errno) || 1); })`;
  await promisify(execFile)(process.execPath, ['--liftoff-only', '--eval', script]).catch((error: { readonly code?: unknown }) => {
    rmSync(unborn, { recursive: true, force: true });
    throw Object.assign(new InternalError('the embedded database cannot be made', { cause: error }), { errno: error.code });
  });
  renameSync(unborn, folder);
}
