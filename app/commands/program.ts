// The words of the App's command line. Loaded only where there are any: serving waits for nothing that it does not need.
import { Command as Program, CommanderError } from 'commander';
import { version } from '../../src/version.ts';
import { COMMANDS } from './table.ts';
import type { Row } from './table.ts';

const EXIT_CODES = 'Exit codes: 0 done, 1 something is wrong with what was checked, 2 it could not be done, 3 a bug of Yardstick.';

/** Runs what the words name. Resolves with the exit code; null: it goes on. Wrong words are told with the usage. */
export async function runWords(words: readonly string[], run: (row: Row, args: readonly string[]) => Promise<number | null>): Promise<number | null> {
  let code: number | null = 0;
  const program = createProgram(async (row, args) => {
    code = await run(row, args);
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said it already; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function createProgram(run: (row: Row, args: readonly string[]) => Promise<void>): Program {
  const terms = new Map<Program, string>();
  const program: Program = new Program('yardstick')
    .description("The App's program: without a word it serves.")
    .version(version, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'show the help of a command')
    .showHelpAfterError()
    .exitOverride()
    // Each command in full, whatever group it is in.
    .configureHelp({ visibleCommands: (shown) => [...terms.keys()].filter((leaf) => shown === program || leaf.parent === shown), subcommandTerm: (leaf) => terms.get(leaf) ?? leaf.name() })
    .addHelpText('afterAll', `\n${EXIT_CODES}\nSettings are read from the environment, and from .env where the program is called: docs/app.md.`);
  for (const row of COMMANDS) {
    const { name, about, argument } = row;
    const words = name.split(' ');
    const group = words.slice(0, -1).reduce((parent, word) => parent.commands.find((each) => each.name() === word) ?? parent.command(word).helpCommand(false), program);
    const leaf = group.command(words.at(-1) ?? '').description(about);
    if (argument !== undefined) leaf.argument(...argument);
    leaf.action(() => run(row, leaf.args));
    terms.set(leaf, [name, argument?.[0] ?? ''].join(' ').trim());
  }
  return program;
}
