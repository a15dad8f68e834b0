// `power`: how small an effect could be seen in 1, 3, 7 and 14 days, from a metric's own history.
import { minimumDetectableEffect } from '../../src/judge/power.ts';
import type { MetricCriterion } from '../../src/model/hypothesis.ts';
import { SetupError } from '../../src/errors.ts';
import { jsonOption, type CliCommand } from '../command.ts';
import { readGivenText } from '../desk.ts';
import { exitCodes } from '../exit-code.ts';
import { parseCsv } from '../judge/csv.ts';
import { parseCriterionText } from '../judge/trial-line.ts';
import { kindOf } from './judge.ts';

const windows = [1, 3, 7, 14];
const widest = 40;

export const power: CliCommand = {
  name: 'power',
  arguments: '<file>',
  summary: 'how small an effect could be seen in 1, 3, 7 and 14 days, from the history in a CSV file',
  examples: ['yardstick power latency.csv', 'yardstick power latency.csv --at-peak --json'],
  options: [{ flags: '--at-peak', text: 'look at the 4 busiest hours alone' }, { flags: '--kind <kind>', text: 'gauge, count or cost (default: gauge)' }, jsonOption],
  run: async ({ args, options, desk }) => {
    const file = args[0] ?? '-';
    const series = parseCsv(await readGivenText(desk, file), file);
    const criterion = parseCriterionText(`m falls by 20%${options.has('atPeak') ? ' at peak' : ''}`, null) as MetricCriterion;
    const kind = kindOf(options.text('kind'));
    if (kind === 'events' || kind === 'rate') throw new SetupError(`power is not known for ${kind} yet`, 'Give a gauge, a count or a cost.');
    const end = series.reduce((last, point) => Math.max(last, point[0]!), -Infinity);
    const metric = { name: 'm', unit: null, better: null, kind, aggregate: null };
    const rows = windows.map((days) => ({ days, mde: minimumDetectableEffect({ metric, criterion, series, deployedAt: end, window: days * 86_400, settle: 0, others: new Map(), history: [], exclude: [], deployments: [] }) }));
    desk.print(options.has('json') ? `${JSON.stringify({ windows: rows }, null, 2)}\n` : renderChart(rows));
    return rows.every(({ mde }) => mde === null) ? exitCodes.unable : exitCodes.pass;
  },
};

/** One bar a window; shorter is better. */
function renderChart(rows: readonly { readonly days: number; readonly mde: number | null }[]): string {
  const lines = rows.map(({ days, mde }) => {
    const label = `${String(days).padStart(2)} d`;
    return mde === null ? `${label}  too little history` : `${label}  ${'█'.repeat(Math.max(1, Math.round(mde * widest))).padEnd(widest)}  ${(100 * mde).toFixed(1).padStart(5)}%`;
  });
  return `Smallest fall that would be seen four times in five:\n${lines.join('\n')}\n`;
}
