// The command line: finds the command, hands it its options, and turns what becomes of it into an exit code.
import { Command, CommanderError } from 'commander';
import { commands } from './commands/table.ts';
import { GivenOptions, type CliCommand } from './command.ts';
import type { Desk } from './desk.ts';
import { exitCodes, tellError, type ExitCode } from './exit-code.ts';
import { InputProblems, renderProblem } from './problem-text.ts';
import { createStyle, plain } from './style.ts';
import { version } from '../src/version.ts';

const exitCodeHelp = 'Exit codes: 0 pass or neutral, 1 fail, 2 bad input or set-up, 3 could not evaluate.';

/** Runs one command line. Never throws. */
export async function runCli(args: readonly string[], desk: Desk): Promise<ExitCode> {
  let code: ExitCode = exitCodes.pass;
  const program = createProgram(desk, (ended) => (code = ended));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has printed its own message; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.pass : exitCodes.setup;
    return tell(error, args, desk);
  }
}

function createProgram(desk: Desk, ended: (code: ExitCode) => void): Command {
  const program = new Command('yardstick')
    .description('Every infrastructure pull request is a bet: what do you expect, can it be measured, and what happened?')
    .version(version, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'show the help of a command')
    .showHelpAfterError('(add --help for the options and examples)')
    .exitOverride()
    .configureOutput({ writeOut: desk.print, writeErr: desk.complain, getOutHelpWidth: () => desk.columns, getErrHelpWidth: () => desk.columns })
    .addHelpText('after', `\n${exitCodeHelp}\nThe App has commands of its own, "db backup" among them: docs/app.md.`);
  for (const command of commands) addCommand(program, command, { desk, ended });
  return program;
}

function addCommand(program: Command, command: CliCommand, { desk, ended }: { readonly desk: Desk; readonly ended: (code: ExitCode) => void }): void {
  const added = program.command(`${command.name} ${command.arguments}`.trim()).description(command.summary).copyInheritedSettings(program);
  for (const option of command.options) {
    if (option.repeats) added.option(option.flags, option.text, (value: string, all: readonly string[] = []) => [...all, value]);
    else added.option(option.flags, option.text);
  }
  added.addHelpText('after', `\nExamples:\n${command.examples.map((line) => `  $ ${line}`).join('\n')}\n\n${exitCodeHelp}`);
  added.action(async () => {
    ended(await command.run({ args: added.args, options: new GivenOptions(added.opts()), desk }));
  });
}

function tell(error: unknown, args: readonly string[], desk: Desk): ExitCode {
  const { code, kind, message, remedy } = tellError(error);
  const problems = error instanceof InputProblems ? error.problems : [];
  if (args.includes('--json')) desk.print(`${JSON.stringify({ error: { kind, message, remedy }, problems })}\n`);
  const style = createStyle({ env: desk.env, outIsTerminal: desk.errIsTerminal });
  const listed = problems.map((problem) => `${renderProblem(problem, style)}\n`).join('');
  desk.complain(`${style('red', 'yardstick:')} ${plain(message)}\n${listed}${plain(remedy)}\n`);
  if (desk.env['YARDSTICK_DEBUG'] && error instanceof Error) desk.complain(`${error.stack ?? ''}\n`);
  return code;
}
