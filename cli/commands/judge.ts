// `judge`: was the promise kept? A series from a CSV file, or one trial a line as JSON.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { SetupError } from '../../src/errors.ts';
import { judgeCriterion } from '../../src/judge/judge.ts';
import type { Trial } from '../../src/judge/trial.ts';
import type { CriterionVerdict } from '../../src/judge/verdict.ts';
import type { MetricKind } from '../../src/model/config.ts';
import { parseDuration } from '../../src/quantity/duration.ts';
import { jsonOption, type CliCommand, type Invocation } from '../command.ts';
import { readGivenText } from '../desk.ts';
import { exitCodes } from '../exit-code.ts';
import { parseCsv, parseInstant } from '../judge/csv.ts';
import { judgeLines } from '../judge/json-lines.ts';
import { parseCriterionText } from '../judge/trial-line.ts';

export const judge: CliCommand = {
  name: 'judge',
  arguments: '[file]',
  summary: 'judge a criterion before and after a deployment, from a CSV file or from JSON Lines; ends with 0 whatever the verdict',
  examples: ['yardstick judge latency.csv --criterion "m falls by 20%" --deployed 2026-03-02T10:00:00Z --window 7d', 'yardstick judge --jsonl trials.jsonl', 'yardstick judge --jsonl < trials.jsonl > verdicts.jsonl'],
  options: [
    { flags: '--criterion <text>', text: 'what was promised; the metric may have any name' },
    { flags: '--deployed <instant>', text: 'when the effect started: epoch seconds or ISO 8601, UTC' },
    { flags: '--window <duration>', text: 'how long after it is judged (default: 7d)' },
    { flags: '--kind <kind>', text: 'gauge, count, rate, cost or events (default: gauge)' },
    { flags: '--jsonl [file]', text: 'read one trial a line as JSON (default: standard input), print one verdict a line' },
    jsonOption,
  ],
  run: async (invocation) => {
    const { options, desk } = invocation;
    if (options.has('jsonl')) await judgeLines(desk, existing(invocation, options.text('jsonl') ?? '-'));
    else {
      const verdict = judgeCriterion(await readCsvTrial(invocation));
      desk.print(options.has('json') ? `${JSON.stringify(verdict, null, 2)}\n` : renderVerdict(verdict));
    }
    return exitCodes.pass;
  },
};

/** The kind of a metric as an option names it; a gauge where it is not said. @throws SetupError for another word */
export function kindOf(text: string | null): MetricKind {
  const kinds: readonly MetricKind[] = ['gauge', 'count', 'rate', 'cost', 'events'];
  const kind = kinds.find((known) => known === (text ?? 'gauge'));
  if (kind === undefined) throw new SetupError(`--kind does not know "${text?.slice(0, 40)}"`, `Write one of ${kinds.join(', ')}.`);
  return kind;
}

function existing({ desk }: Invocation, file: string): string {
  if (file !== '-' && !existsSync(resolve(desk.cwd, file))) throw new SetupError(`cannot read ${file}: there is no such file`, 'Check the path; it is taken from the folder you are in.');
  return file;
}

async function readCsvTrial({ args, options, desk }: Invocation): Promise<Trial> {
  const file = args[0];
  const promised = options.text('criterion');
  if (file === undefined || promised === null) throw new SetupError('judge needs a series and what was promised', 'Write yardstick judge FILE.csv --criterion "m falls by 20%" --deployed INSTANT, or --jsonl FILE.');
  const criterion = parseCriterionText(promised, null);
  if (typeof criterion === 'string') throw new SetupError(criterion, 'Write for example --criterion "m falls by 20%".');
  const deployedAt = parseInstant(options.text('deployed') ?? '');
  if (!Number.isFinite(deployedAt)) throw new SetupError('--deployed takes an instant', 'Write for example --deployed 2026-03-02T10:00:00Z.');
  const window = parseDuration(options.text('window') ?? '7d');
  if (window === null || window <= 0) throw new SetupError('--window takes a duration', 'Write for example --window 7d.');
  const metric = { name: criterion.metric.name, unit: null, better: null, kind: kindOf(options.text('kind')), aggregate: null };
  return { metric, criterion, series: parseCsv(await readGivenText(desk, file), file), deployedAt, settle: 0, window, others: new Map(), history: [], exclude: [], deployments: [] };
}

function renderVerdict({ verdict, reason, estimate, interval, text }: CriterionVerdict): string {
  const measured = estimate === null ? '' : `\nestimate ${estimate}${interval === null ? '' : `, 95% interval ${interval[0]} to ${interval[1]}`}`;
  return `${verdict} (${reason})\n${text}${measured}\n`;
}
