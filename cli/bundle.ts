// Bundles the command alone: what `npm pack` needs, leaving the Action's committed bundle as it is.
import { build } from 'esbuild';
import { chmod } from 'node:fs/promises';
import { cliBuild } from './build-options.ts';

await build(cliBuild);
await chmod(cliBuild.outfile, 0o755);
