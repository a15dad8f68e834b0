// How the command line is bundled: one file that runs on any Node from 20 on and needs nothing installed beside it.
import type { BuildOptions } from 'esbuild';

export const cliBuild = {
  entryPoints: ['cli/main.ts'] as string[],
  outfile: 'cli/dist/yardstick.js',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  legalComments: 'none',
  // Packages in CommonJS ask for Node's own modules with `require`, which a module has to make for them.
  banner: { js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
} as const satisfies BuildOptions;
