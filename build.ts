// Builds the Action's one file and the CLI's; with --check it compares the committed Action with what its source gives.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions, Metafile } from 'esbuild';
import { cliBuild } from './cli/build-options.ts';

interface Product {
  readonly file: string;
  readonly text: string;
}

const CLI_FILE = 'cli/dist/yardstick.js';

const COMMON = { bundle: true, minify: true, platform: 'node', target: 'node24', write: false, metafile: true, legalComments: 'none', charset: 'utf8', logLevel: 'warning' } as const satisfies BuildOptions;

/** CommonJS in one file: there a late import() is really late, while in one ES module everything is evaluated at the start. */
async function buildAction(): Promise<readonly Product[]> {
  const result = await build({ ...COMMON, entryPoints: ['action/main.ts'], format: 'cjs', supported: { 'dynamic-import': false }, outfile: 'action/dist/index.js', alias: { undici: './action/node-fetch.ts', '@octokit/plugin-rest-endpoint-methods': './action/no-endpoint-methods.ts' } });
  return [
    { file: 'action/dist/index.js', text: result.outputFiles[0]?.text ?? '' },
    { file: 'action/dist/package.json', text: '{"type":"commonjs"}\n' },
    { file: 'action/dist/licenses.txt', text: await licences(result.metafile) },
  ];
}

/** Node strips no types under node_modules, so the published command is a bundle too. */
async function buildCli(): Promise<readonly Product[]> {
  const result = await build({ ...cliBuild, write: false });
  return [{ file: CLI_FILE, text: result.outputFiles?.[0]?.text ?? '' }];
}

/** The licence of every package in the bundle, as their terms ask. */
async function licences({ outputs }: Metafile): Promise<string> {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const roots = new Set(inputs.flatMap((input) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  const texts = await Promise.all([...roots].sort().map(async (root) => `${root.slice('node_modules/'.length)}\n\n${await licenceOf(root)}\n`));
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenceOf(root: string): Promise<string> {
  for (const name of ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'license.md', 'license.txt']) {
    const text = await readFile(`${root}/${name}`, 'utf8').catch(() => null);
    if (text !== null) return text.trim();
  }
  const { license } = JSON.parse(await readFile(`${root}/package.json`, 'utf8')) as { readonly license?: string };
  return license ?? 'no licence stated';
}

async function write(products: readonly Product[]): Promise<void> {
  for (const { file, text } of products) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: file === CLI_FILE ? 0o755 : 0o644 });
    process.stdout.write(`${file}  ${Math.ceil(Buffer.byteLength(text) / 1000)} kB\n`);
  }
}

async function stale(products: readonly Product[]): Promise<readonly string[]> {
  const committed = await Promise.all(products.map(({ file }) => readFile(file, 'utf8').catch(() => '')));
  return products.filter(({ text }, index) => text !== committed[index]).map(({ file }) => file);
}

const action = await buildAction();
if (process.argv.includes('--check')) {
  const old = await stale(action);
  if (old.length > 0) process.stderr.write(`Not what the source gives: ${old.join(', ')}. Run \`npm run build\` and commit the result.\n`);
  process.exitCode = old.length > 0 ? 1 : 0;
} else {
  await write([...action, ...(await buildCli())]);
}
