// `query`: reads one metric of the catalogue live, and says what of it is missing.
import { dirname, resolve } from 'node:path';
import { completeConfig } from '../../src/config/complete.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { SetupError } from '../../src/errors.ts';
import { readMetric, type Measurement, type Range } from '../../src/metrics/read-metric.ts';
import type { Surroundings } from '../../src/metrics/registry.ts';
import { resolveMetric, type Resolved } from '../../src/metrics/resolve.ts';
import type { Config } from '../../src/model/config.ts';
import type { MetricRef } from '../../src/model/hypothesis.ts';
import { parseDuration } from '../../src/quantity/duration.ts';
import { configPath } from '../change/given.ts';
import { jsonOption, type CliCommand, type Invocation } from '../command.ts';
import { renderCondition } from '../condition-text.ts';
import { readGivenText } from '../desk.ts';
import { exitCodes } from '../exit-code.ts';
import { connect, parseGitHubPlace } from '../github-connection.ts';
import { InputProblems } from '../problem-text.ts';
import { plain } from '../style.ts';

export const query: CliCommand = {
  name: 'query',
  arguments: '<metric>',
  summary: 'read a metric of the catalogue from its source, and say what of it is missing',
  examples: ['yardstick query checkout_p95', 'yardstick query "p95(orders)" --from 2026-03-01 --to 2026-03-08 --step 1h', 'yardstick query checkout_p95 --csv > checkout.csv'],
  options: [
    { flags: '--config <file>', text: `the configuration with the catalogue (default: ${configPath})` },
    { flags: '--from <instant>', text: 'begin, ISO 8601 in UTC (default: 7 days before the end)' },
    { flags: '--to <instant>', text: 'end (default: now)' },
    { flags: '--step <duration>', text: 'time between two points (default: 5m)' },
    { flags: '--repo <owner/repo>', text: 'the repository whose runs, deployments and issues a source of type `github` reads' },
    { flags: '--csv', text: 'print the points as CSV' },
    jsonOption,
  ],
  run: async (invocation) => {
    const { args, options, desk } = invocation;
    const range = rangeOf(invocation);
    const { measured, resolved } = await readLive(invocation, args[0] ?? '', range);
    desk.print(options.has('json') ? renderJson(measured, resolved, range) : options.has('csv') ? renderCsv(measured, resolved) : renderText(measured, resolved));
    if (options.has('csv')) desk.complain(renderRemarks(measured));
    return measured.points.length === 0 ? exitCodes.unable : exitCodes.pass;
  },
};

function homeOf({ options, desk }: Invocation): NonNullable<Surroundings['home']> | null {
  const named = options.text('repo');
  if (named === null) return null;
  const repo = parseGitHubPlace(named);
  if (repo === null) throw new SetupError(`"${named.slice(0, 100)}" is no repository`, 'Write --repo OWNER/REPO, or its address.');
  return { transport: connect(desk, repo.host), repo };
}

/** Reads a metric of the catalogue that `--config` names. */
export async function readLive(invocation: Invocation, metric: string, range: Range): Promise<{ readonly measured: Measurement; readonly resolved: Resolved }> {
  const { desk, options } = invocation;
  const path = options.text('config') ?? configPath;
  const config = await readConfig(invocation, path);
  const surroundings = { env: desk.env, readFile: (file: string) => readGivenText(desk, resolve(desk.cwd, rootOf(path), file)), home: homeOf(invocation) };
  const resolved = resolveMetric(parseRef(metric), config);
  return { measured: await readMetric({ ...resolved.metric, ...resolved }, surroundings, range), resolved };
}

/** Paths of a configuration are taken from the root of the repository, as GitHub runs see it. */
function rootOf(path: string): string {
  const folder = dirname(path);
  return folder.endsWith('.github') ? dirname(folder) : folder;
}

async function readConfig({ desk }: Invocation, path: string): Promise<Config> {
  const parsed = parseConfig(await readGivenText(desk, path), path);
  if (!parsed.ok) throw new InputProblems(`the configuration ${path} is broken`, parsed.problems);
  return completeConfig([parsed.value]);
}

/** `p95(orders)` as a criterion writes it. The arguments are checked against the catalogue. */
function parseRef(text: string): MetricRef {
  const match = /^([A-Za-z_][A-Za-z0-9_.:-]{0,99})(?:\(([^()]{0,400})\))?$/.exec(text.trim());
  if (match === null) throw new SetupError(`"${text.slice(0, 60)}" is no metric`, 'Write a name of the catalogue, or a template with its arguments: "p95(orders)".');
  return { name: match[1] ?? '', args: match[2] === undefined ? [] : match[2].split(',').map((arg) => arg.trim()) };
}

function rangeOf({ options, desk }: Invocation): Range {
  const now = Math.floor(Date.parse(desk.now()) / 1000);
  const to = instant(options.date('to')) ?? now;
  const from = instant(options.date('from')) ?? to - 7 * 86_400;
  const step = parseDuration(options.text('step') ?? '5m');
  if (step === null || step < 1) throw new SetupError(`--step takes a duration, not "${(options.text('step') ?? '').slice(0, 40)}"`, 'Write for example --step 5m.');
  if (from >= to) throw new SetupError('--from is not before --to', 'Give --from the earlier instant.');
  return { from, to, step, now };
}

/** Without a zone UTC is meant, on every machine. */
function instant(text: string | null): number | null {
  if (text === null) return null;
  const zoned = text.length === 10 || /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`;
  return Math.floor(Date.parse(zoned) / 1000);
}

function renderJson({ points, step, conditions, missing, expected }: Measurement, { metric, queries }: Resolved, { from, to }: Range): string {
  return `${JSON.stringify({ metric: metric.name, unit: metric.unit, kind: metric.kind, queries, from, to, step, points, expected, missing, conditions }, null, 2)}\n`;
}

function renderCsv({ points }: Measurement, { metric }: Resolved): string {
  const head = points[0]?.length === 3 ? 'time,bad,total' : `time,${metric.name}`;
  return `${[head, ...points.map(([time = 0, ...values]) => [new Date(time * 1000).toISOString(), ...values].join(','))].join('\n')}\n`;
}

function renderText(measured: Measurement, { metric }: Resolved): string {
  const { points } = measured;
  const rows = points.map(([time = 0, ...values]) => `${new Date(time * 1000).toISOString().replace('.000Z', 'Z')}  ${values.join('  ')}${metric.unit === null ? '' : ` ${metric.unit}`}\n`);
  return `${rows.join('')}${renderRemarks(measured)}`;
}

function renderRemarks({ points, missing, expected, conditions }: Measurement): string {
  const share = expected === 0 ? 0 : (100 * missing) / expected;
  return [`${points.length} of ${expected} points, ${share.toFixed(1)}% missing`, ...conditions.map(renderCondition)].map((line) => `${plain(line)}\n`).join('');
}
