// `init`: the workflow and the configuration to begin with.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SetupError } from '../../src/errors.ts';
import { configPath } from '../change/given.ts';
import { directoryOption, jsonOption, type CliCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { starterConfig, starterWorkflow } from '../starter.ts';

/** Path → text of what is written. */
const starters: ReadonlyMap<string, string> = new Map([['.github/workflows/yardstick.yml', starterWorkflow], [configPath, starterConfig]]);

export const init: CliCommand = {
  name: 'init',
  arguments: '',
  summary: 'write a workflow and a configuration to begin with; never over a file of yours',
  examples: ['yardstick init', 'yardstick init -C ../infra', 'yardstick init --force'],
  options: [directoryOption, { flags: '--force', text: 'write over the files that are there' }, jsonOption],
  run: async ({ options, desk }) => {
    const dir = resolve(desk.cwd, options.text('directory') ?? '.');
    if (!existsSync(dir)) throw new SetupError(`there is no folder ${dir}`, 'Name the folder of a clone: -C DIR.');
    const there = [...starters.keys()].filter((path) => existsSync(join(dir, path)));
    if (there.length > 0 && !options.has('force')) throw new SetupError(`there is already ${there.join(' and ')}`, 'Nothing was written. Add --force to write over it.');
    for (const [path, text] of starters) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    }
    const written = [...starters.keys()];
    desk.print(options.has('json') ? `${JSON.stringify({ written })}\n` : `${written.map((path) => `wrote ${path}`).join('\n')}\n\nNext: yardstick backtest, to see what it would have said; then commit both files.\n`);
    return exitCodes.pass;
  },
};
