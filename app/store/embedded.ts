// The embedded database's first start: its folder is initialised in a child process, whose memory goes with it.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';

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

/** Initialising takes several hundred megabytes that a WebAssembly memory never gives back. */
async function initialise(folder: string): Promise<void> {
  const script = `import(${JSON.stringify(import.meta.resolve('@electric-sql/pglite'))}).then(async ({ PGlite }) => { const db = await PGlite.create(${JSON.stringify(folder)}); await db.close(); })`;
  await promisify(execFile)(process.execPath, ['--liftoff-only', '--eval', script]);
}
