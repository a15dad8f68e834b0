// `power`: how small an effect could be seen in 1, 3, 7 and 14 days, from a metric's own history.
import { foreseePower, type Power, type Sight } from '../../src/judge/power.ts';
import type { JudgedMetric, Point, Trial } from '../../src/judge/trial.ts';
import type { MetricCriterion } from '../../src/model/hypothesis.ts';
import { SetupError } from '../../src/errors.ts';
import { jsonOption, type CliCommand, type Invocation } from '../command.ts';
import { readGivenText } from '../desk.ts';
import { exitCodes } from '../exit-code.ts';
import { parseCsv } from '../judge/csv.ts';
import { parseCriterionText } from '../judge/trial-line.ts';
import { kindOf } from './judge.ts';
import { readLive } from './query.ts';

const day = 86_400;
/** What the judge looks back at most. Days. */
const history = 35;
/** Characters of the longest bar, 100 %. */
const widest = 40;

export const power: CliCommand = {
  name: 'power',
  arguments: '[file]',
  summary: 'how small an effect could be seen in 1, 3, 7 and 14 days, from the history in a CSV file or of a live metric',
  examples: ['yardstick power latency.csv', 'yardstick power latency.csv --criterion "m falls by 20% at peak" --json', 'yardstick power --metric checkout_p95', 'yardstick power oom.csv --kind events --criterion "no more m"'],
  options: [
    { flags: '--criterion <text>', text: 'what is to be promised (default: "m falls by 20%"); the metric may have any name' },
    { flags: '--at-peak', text: 'look at the 4 busiest hours alone' },
    { flags: '--kind <kind>', text: 'gauge, count, rate, cost or events (default: gauge, or what the catalogue says)' },
    { flags: '--metric <metric>', text: 'read this metric of the catalogue instead of a file: the last 35 days' },
    { flags: '--config <file>', text: 'the configuration with the catalogue' },
    jsonOption,
  ],
  run: async (invocation) => {
    const { options, desk } = invocation;
    const { metric, series } = await readHistory(invocation);
    const criterion = criterionOf(invocation, metric);
    const end = series.reduce((last, point) => Math.max(last, point[0]!), -Infinity);
    const trial: Trial = { metric, criterion, series, deployedAt: end, window: 7 * day, settle: 0, others: new Map(), history: [], exclude: [], deployments: [] };
    const foreseen = foreseePower(trial);
    desk.print(options.has('json') ? `${JSON.stringify(foreseen, null, 2)}\n` : renderPower(foreseen, criterion));
    return foreseen.windows.every(({ mde, luck }) => mde === null && luck === null) ? exitCodes.unable : exitCodes.pass;
  },
};

async function readHistory(invocation: Invocation): Promise<{ readonly metric: JudgedMetric; readonly series: readonly Point[] }> {
  const { args, options, desk } = invocation;
  const live = options.text('metric');
  if (live !== null) {
    const now = Math.floor(Date.parse(desk.now()) / 1000);
    const { measured: { points }, resolved: { metric } } = await readLive(invocation, live, { from: now - history * day, to: now, step: 300, now });
    if (points.length === 0) throw new SetupError(`${live} has no points in the last ${history} days`, 'Look at it with yardstick query.');
    return { metric: { name: 'm', unit: metric.unit, better: metric.better, kind: metric.kind, aggregate: metric.aggregate }, series: points };
  }
  const file = args[0] ?? '-';
  return { metric: { name: 'm', unit: null, better: null, kind: kindOf(options.text('kind')), aggregate: null }, series: parseCsv(await readGivenText(desk, file), file) };
}

function criterionOf({ options }: Invocation, { kind }: JudgedMetric): MetricCriterion {
  const usual = kind === 'events' ? 'no more m' : `m falls by 20%${options.has('atPeak') ? ' at peak' : ''}`;
  const criterion = parseCriterionText(options.text('criterion') ?? usual, null);
  if (typeof criterion === 'string') throw new SetupError(criterion, 'Write for example --criterion "m falls by 20% at peak".');
  if (criterion.hours.kind === 'when' || criterion.against.kind === 'control') throw new SetupError('power reads one series: `when` and `compared with` name a second one', 'Leave them out to see what the metric alone could show.');
  return criterion;
}

/** One bar a window; shorter is better. */
function renderPower({ windows, enough }: Power, { text }: MetricCriterion): string {
  const rare = windows.some(({ luck }) => luck !== null);
  const head = rare ? 'Odds that none come by luck, and the smallest fall that could be told from it:' : 'Smallest fall that would be seen four times in five:';
  const answer = enough === null ? `No window up to 14 days would do for "${text}".` : `For "${text}" ${enough === 1 ? '1 day would do' : `${enough} days would do`}.`;
  return `${head}\n${windows.map(rare ? renderLuck : renderBar).join('\n')}\n${answer}\n`;
}

function renderBar({ days, mde }: Sight): string {
  return `${label(days)}  ${mde === null ? 'too little history' : `${bar(mde)}  ${inPercent(mde)}`}`;
}

function renderLuck({ days, mde, luck }: Sight): string {
  if (luck === null) return `${label(days)}  too little history`;
  return `${label(days)}  ${bar(luck)}  0 by luck: ${inPercent(luck).trim()}${mde === null ? '' : `; a fall of ${inPercent(mde).trim()} could be told`}`;
}

function label(days: number): string {
  return `${String(days).padStart(2)} d`;
}

function bar(share: number): string {
  return '█'.repeat(Math.max(1, Math.round(share * widest))).padEnd(widest);
}

function inPercent(share: number): string {
  return `${(100 * share).toFixed(1).padStart(5)}%`;
}
