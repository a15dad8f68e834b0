// OpenCost: the allocation API; the query is its own parameters, with `cost` for another column than the total and `per` for another unit of time.
import { SetupError } from '../errors.ts';
import type { MetricProvider, Series, SeriesQuery } from '../ports/metrics.ts';
import { at, listAt, parseAnswer, textAt } from './answer.ts';
import type { Ask } from './request.ts';
import { finishSeries, refuseSeveral, type RawPoint } from './series.ts';

const HOUR = 3600;
/** Hours in a unit of time; a month has 730, as Infracost and the clouds' own calculators count it. */
const PERIODS: ReadonlyMap<string, number> = new Map([['month', 730], ['day', 24], ['hour', 1]]);
const COLUMNS = ['totalCost', 'cpuCost', 'gpuCost', 'ramCost', 'pvCost', 'networkCost', 'loadBalancerCost', 'sharedCost', 'externalCost'];

export function createOpenCost(ask: Ask): MetricProvider {
  return { readSeries: (query) => readSeries(ask, query) };
}

async function readSeries(ask: Ask, query: SeriesQuery): Promise<Series> {
  const { parameters, column, hours } = readQuery(query.query);
  // Sets begin at `from`: on the step's grid they are the same sets in every run.
  const [from, to] = [Math.floor(query.from / query.step) * query.step, Math.floor(query.to / query.step) * query.step + query.step];
  const end = Math.min(to, Math.floor(query.now / query.step) * query.step);
  if (end <= from) return finishSeries({ points: [], step: query.step, stands: 'for-bucket' }, query);
  const window = `${instant(from)},${instant(end)}`;
  const answer = parseAnswer(await ask({ method: 'GET', path: '/allocation', query: { ...parameters, window, step: durationOf(query.step), accumulate: 'false' } }), 'OpenCost');
  const entries = listAt(answer, 'data').flatMap((set) => Object.entries((set ?? {}) as Record<string, unknown>));
  const names = [...new Set(entries.map(([name]) => name))];
  if (names.length > 1) return refuseSeveral(names, query);
  const points = entries.flatMap(([, allocation]): readonly RawPoint[] => {
    const begin = Date.parse(textAt(allocation, 'window', 'start') || textAt(allocation, 'start'));
    const cost = at(allocation, column);
    return Number.isNaN(begin) ? [] : [[begin / 1000, typeof cost === 'number' ? (cost * hours * HOUR) / query.step : null]];
  });
  return finishSeries({ points, step: query.step, stands: 'for-bucket' }, query);
}

function readQuery(text: string): { readonly parameters: Readonly<Record<string, string>>; readonly column: string; readonly hours: number } {
  const { cost: column = 'totalCost', per = 'month', ...parameters } = Object.fromEntries(new URLSearchParams(text)) as Record<string, string>;
  const own = ['window', 'step', 'accumulate'].find((name) => name in parameters);
  if (own !== undefined) throw new SetupError(`the query has \`${own}\``, 'Leave it out: the range and the step are added when it is asked.');
  const hours = PERIODS.get(per);
  if (hours === undefined) throw new SetupError(`the query has \`per=${per.slice(0, 40)}\``, `Write one of ${[...PERIODS.keys()].join(', ')}.`);
  if (!COLUMNS.includes(column)) throw new SetupError(`the query has \`cost=${column.slice(0, 40)}\``, `Write one of ${COLUMNS.join(', ')}.`);
  return { parameters, column, hours };
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

function durationOf(seconds: number): string {
  return seconds % 86_400 === 0 ? `${seconds / 86_400}d` : seconds % HOUR === 0 ? `${seconds / HOUR}h` : `${Math.round(seconds / 60)}m`;
}
