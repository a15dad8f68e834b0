// `backtest`: what would this configuration have said to the pull requests that were merged?
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { SetupError } from '../../src/errors.ts';
import { backtestClone } from '../backtest/from-clone.ts';
import { csvHead, renderEntryCsv, renderEntryJson, type BacktestEntry } from '../backtest/entry.ts';
import { createProgress } from '../backtest/progress.ts';
import { renderBacktestSummary } from '../backtest/summary-text.ts';
import { Tally } from '../backtest/tally.ts';
import { readGivenWords } from '../change/given.ts';
import type { CliCommand, Invocation } from '../command.ts';
import type { Desk } from '../desk.ts';
import { exitCodes } from '../exit-code.ts';
import { createStyle } from '../style.ts';

export const backtest: CliCommand = {
  name: 'backtest',
  arguments: '[source]',
  summary: 'say what this configuration would have said to the merged pull requests of a clone, or of OWNER/REPO on GitHub',
  examples: ['yardstick backtest', 'yardstick backtest ../infra --last 500', 'yardstick backtest ../infra --since 2026-01-01 --config trial.yml --csv > trial.csv', 'yardstick backtest acme/infra --last 100 --json'],
  options: [
    { flags: '--last <n>', text: 'only the last N merged pull requests (default: all of a clone, 100 of GitHub)' },
    { flags: '--since <date>', text: 'only those merged since this date' },
    { flags: '--head <ref>', text: 'the branch of the clone whose history is read (default: HEAD)' },
    { flags: '--every-commit', text: 'take commits that were pushed or rebased onto the branch too, each as a change of its own' },
    { flags: '--config <file>', text: 'the configuration to try (default: the one of the head, else the defaults)' },
    { flags: '--csv', text: 'print one line a pull request, separated by commas' },
    { flags: '--json', text: 'print one JSON object a pull request, one a line' },
  ],
  run: async (invocation) => {
    const { options, desk } = invocation;
    if (options.has('csv') && options.has('json')) throw new SetupError('--csv and --json exclude each other', 'Give one of them.');
    const last = options.count('last');
    const print = printer(invocation);
    const tally = new Tally();
    const progress = createProgress(desk, last);
    const started = desk.spent().seconds;
    if (options.has('csv')) desk.print(`${csvHead}\n`);
    for await (const entry of await openSource(invocation)) {
      tally.add(entry);
      print(entry);
      await desk.drained();
      progress.step(tally.read, tally.inScope);
      if (tally.read === last) break;
    }
    progress.end();
    if (!options.has('csv') && !options.has('json')) desk.print(renderBacktestSummary(tally.summary(), createStyle(desk)));
    desk.complain(renderSpent(tally, desk, started));
    return exitCodes.pass;
  },
};

function printer({ options, desk }: Invocation): (entry: BacktestEntry) => void {
  if (options.has('json')) return (entry) => desk.print(`${renderEntryJson(entry)}\n`);
  if (options.has('csv')) return (entry) => desk.print(`${renderEntryCsv(entry)}\n`);
  return () => undefined;
}

function renderSpent(tally: Tally, desk: Desk, started: number): string {
  const { seconds, peakMemory } = desk.spent();
  const took = Math.max(seconds - started, 0.001);
  return `${tally.read} pull requests in ${took.toFixed(1)} s (${Math.round(tally.read / took)} a second), ${tally.inScope} in scope, at most ${Math.round(peakMemory)} MiB\n`;
}

/** A folder is a clone; what looks like OWNER/REPO and is no folder lies on GitHub. */
async function openSource(invocation: Invocation): Promise<AsyncIterable<BacktestEntry>> {
  const { args, options, desk } = invocation;
  const source = args[0] ?? '.';
  const dir = resolve(desk.cwd, source);
  const { config } = await readGivenWords(invocation);
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
    return backtestClone({ dir, head: options.text('head') ?? 'HEAD', since: options.date('since'), take: options.has('everyCommit') ? 'every-commit' : 'merged', config });
  }
  return (await import('../backtest/from-forge.ts')).backtestForge(invocation, { source, config });
}
