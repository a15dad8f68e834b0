// GitHub itself as a source: workflow runs and how long they took, deployments, and issues by label, each counted or timed.
import { SetupError } from '../errors.ts';
import { expectOk } from '../github/answers.ts';
import { at, count, list, text } from '../github/json.ts';
import { repoPath } from '../github/paths.ts';
import { path, type Transport } from '../github/transport.ts';
import type { RepoRef } from '../model/change.ts';
import type { MetricProvider, Series, SeriesQuery } from '../ports/metrics.ts';
import { finishSeries, stepOf, type RawPoint } from './series.ts';

/** Where the run itself lives: the only repository that its metrics are read from. */
export interface Home {
  readonly transport: Transport;
  readonly repo: RepoRef;
}

/** Something that happened: when, and for what took time how long, in seconds. */
interface Happening {
  readonly at: number;
  readonly took: number | null;
}

type Parameters = Readonly<Record<string, string>>;
type Range = Pick<SeriesQuery, 'from' | 'to'>;

interface Subject {
  readonly parameters: readonly string[];
  readonly read: (home: Home, said: Parameters, range: Range) => Promise<readonly Happening[]>;
  /** What happened is counted a bucket, or timed one by one. */
  readonly gives: 'counts' | 'durations';
}

const SUBJECTS: ReadonlyMap<string, Subject> = new Map<string, Subject>([
  ['runs', { parameters: ['workflow', 'branch', 'event', 'status'], read: readRuns, gives: 'counts' }],
  ['durations', { parameters: ['workflow', 'branch', 'event', 'status'], read: (home, said, range) => readRuns(home, { status: 'success', ...said }, range), gives: 'durations' }],
  ['deployments', { parameters: ['environment', 'ref', 'task'], read: readDeployments, gives: 'counts' }],
  ['issues', { parameters: ['labels'], read: readIssues, gives: 'counts' }],
]);

const PAGE = 100;
/** GitHub lists no more runs for one stretch of time. */
const RUNS_MAX = 1000;
/** Pages of a list that has no end of its own. */
const PAGES_MAX = 50;

export function createGitHub(home: Home | null): MetricProvider {
  if (home === null) throw new SetupError('a source of type `github` needs a repository and a token', 'At a desk: `--repo OWNER/REPO`, with GITHUB_TOKEN set.');
  return { readSeries: (query) => readSeries(home, query) };
}

async function readSeries(home: Home, query: SeriesQuery): Promise<Series> {
  const { subject, said } = readQuery(query.query);
  const happened = await subject.read(home, said, query);
  if (subject.gives === 'counts') return finishSeries({ points: countEach(happened, query), step: query.step, stands: 'for-bucket' }, query);
  const timed = happened.flatMap(({ at: time, took }): readonly RawPoint[] => (took === null ? [] : [[time, took]]));
  return finishSeries({ points: oneAnInstant(timed), step: stepOf(timed, query.step), stands: 'for-instant' }, query);
}

/** `runs?workflow=ci.yml&status=failure`: GitHub's own names and parameters. */
function readQuery(written: string): { readonly subject: Subject; readonly said: Parameters } {
  const [name = '', rest = ''] = written.trim().split('?', 2);
  const subject = SUBJECTS.get(name);
  if (subject === undefined) throw new SetupError(`the query asks GitHub for "${name.slice(0, 40)}"`, `Write one of ${[...SUBJECTS].map(([known, { parameters }]) => `\`${known}?${parameters[0]}=…\``).join(', ')}.`);
  const said = Object.fromEntries(new URLSearchParams(rest));
  const unknown = Object.keys(said).find((key) => !subject.parameters.includes(key));
  if (unknown !== undefined) throw new SetupError(`\`${name}\` of GitHub has no parameter \`${unknown.slice(0, 40)}\``, `It has ${subject.parameters.join(', ')}.`);
  return { subject, said };
}

/** A bucket in which nothing happened is a zero: GitHub tells of everything. */
function countEach(happened: readonly Happening[], { from, to, step }: SeriesQuery): readonly RawPoint[] {
  const counts = new Map<number, number>();
  for (let bucket = Math.ceil(from / step) * step; bucket <= to; bucket += step) counts.set(bucket, 0);
  for (const { at: time } of happened) {
    const bucket = Math.floor(time / step) * step;
    if (counts.has(bucket)) counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return [...counts];
}

/** Two runs may begin in one second: then their mean stands for it. */
function oneAnInstant(points: readonly RawPoint[]): readonly RawPoint[] {
  const byTime = Map.groupBy(points, ([time]) => time);
  return [...byTime].map(([time, all]): RawPoint => [time, all.reduce((sum, [, value]) => sum + (value ?? 0), 0) / all.length]);
}

/** Stretches with more runs than GitHub lists are asked for in halves. */
async function readRuns(home: Home, said: Parameters, { from, to }: Range): Promise<readonly Happening[]> {
  const { workflow, ...filter } = said;
  const where = `${repoPath(home.repo)}/actions${workflow === undefined ? '' : path`/workflows/${workflow}`}/runs`;
  const created = `${iso(from)}..${iso(to)}`;
  const readPage = async (page: number): Promise<unknown> => expectOk(await home.transport({ method: 'GET', path: where, query: { ...filter, created, exclude_pull_requests: 'true', per_page: PAGE, page } }), `workflow runs of ${home.repo.owner}/${home.repo.repo}`);
  const first = await readPage(1);
  const total = count(at(first, 'total_count')) ?? 0;
  if (total > RUNS_MAX && to - from > 60) {
    const middle = Math.floor((from + to) / 2);
    return [...(await readRuns(home, said, { from, to: middle })), ...(await readRuns(home, said, { from: middle + 1, to }))];
  }
  const others = await Promise.all(Array.from({ length: Math.ceil(Math.min(total, RUNS_MAX) / PAGE) - 1 }, (_, i) => readPage(i + 2)));
  return [first, ...others].flatMap((page) => list(at(page, 'workflow_runs'))).flatMap((run): readonly Happening[] => {
    const begun = instantAt(run, 'run_started_at') ?? instantAt(run, 'created_at');
    const ended = at(run, 'status') === 'completed' ? instantAt(run, 'updated_at') : null;
    return begun === null ? [] : [{ at: begun, took: ended === null ? null : ended - begun }];
  });
}

function readDeployments(home: Home, said: Parameters, { from }: Range): Promise<readonly Happening[]> {
  return readBack(home, { where: 'deployments', query: said, from });
}

/** `since` is about the last change of an issue, so that those of the range are among what comes. */
async function readIssues(home: Home, said: Parameters, { from }: Range): Promise<readonly Happening[]> {
  if (said['labels'] === undefined) throw new SetupError('`issues` of GitHub needs `labels`', 'Write for example `issues?labels=incident`.');
  return readBack(home, { where: 'issues', query: { ...said, state: 'all', sort: 'created', direction: 'desc', since: iso(from) }, from });
}

/** A list that comes newest first, until it is older than the range. Pull requests are issues too, and left out. */
async function readBack({ transport, repo }: Home, { where, query, from }: { readonly where: string; readonly query: Parameters; readonly from: number }): Promise<readonly Happening[]> {
  const found: Happening[] = [];
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const rows = list(expectOk(await transport({ method: 'GET', path: `${repoPath(repo)}/${where}`, query: { ...query, per_page: PAGE, page } }), `${where} of ${repo.owner}/${repo.repo}`));
    const times = rows.filter((row) => at(row, 'pull_request') === undefined).flatMap((row) => instantAt(row, 'created_at') ?? []);
    found.push(...times.map((time) => ({ at: time, took: null })));
    if (rows.length < PAGE || times.some((time) => time < from)) return found;
  }
  throw new SetupError(`there are more than ${PAGE * PAGES_MAX} ${where} in the range`, 'Narrow the query by a label or an environment.');
}

function instantAt(row: unknown, key: string): number | null {
  const time = Date.parse(text(at(row, key)) ?? '');
  return Number.isNaN(time) ? null : time / 1000;
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
