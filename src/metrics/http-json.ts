// Any HTTP API that answers JSON: the query is a path with `$from`, `$to`, `$step`, and below it a JMESPath to `[time, value]`.
import { SetupError } from '../errors.ts';
import type { MetricProvider, Series, SeriesQuery } from '../ports/metrics.ts';
import { parseAnswer } from './answer.ts';
import type { Ask } from './request.ts';
import { finishSeries, stepOf, type RawPoint } from './series.ts';

const EXAMPLE = 'two lines: `/api/series?name=checkout&from=$from&to=$to`, and below it `data.points[].[time, value]`';

export function createHttpJson(ask: Ask): MetricProvider {
  return { readSeries: (query) => readSeries(ask, query) };
}

async function readSeries(ask: Ask, query: SeriesQuery): Promise<Series> {
  const { path, expression } = readQuery(query);
  const answer = parseAnswer(await ask({ method: 'GET', path }), 'The source');
  const points = pointsOf(await select(answer, expression), expression);
  return finishSeries({ points, step: stepOf(points, query.step), stands: 'for-bucket' }, query);
}

function readQuery({ query, from, to, step }: SeriesQuery): { readonly path: string; readonly expression: string } {
  const [first = '', ...rest] = query.trim().split('\n');
  const expression = rest.join('\n').trim();
  if (!first.startsWith('/') || expression === '') throw new SetupError('the query is not a path with an expression below it', `Write ${EXAMPLE}.`);
  if (!first.includes('$from')) throw new SetupError('the path of the query names no `$from`', `Without a range the source would give another stretch each time. Write ${EXAMPLE}.`);
  const path = first.trim()
    .replaceAll(/\$(from|to)(?:_(ms|iso))?\b/g, (_, word: string, form: string | undefined) => renderInstant(word === 'from' ? from : to, form))
    .replaceAll('$step', String(step));
  return { path, expression };
}

function renderInstant(seconds: number, form: string | undefined): string {
  if (form === 'iso') return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  return String(form === 'ms' ? seconds * 1000 : seconds);
}

/** JMESPath has no loops: whatever the operator writes ends. */
async function select(answer: unknown, expression: string): Promise<unknown> {
  const { search } = await import('@jmespath-community/jmespath');
  try {
    return search(answer as Parameters<typeof search>[0], expression);
  } catch (error) {
    throw new SetupError(`the expression \`${expression.slice(0, 100)}\` can't be used: ${(error as Error).message.slice(0, 200)}`, 'It is a JMESPath (https://jmespath.org) that gives a list of [time, value].');
  }
}

function pointsOf(found: unknown, expression: string): readonly RawPoint[] {
  if (found === null) return [];
  const quoted = `\`${expression.slice(0, 100)}\``;
  if (!Array.isArray(found)) throw new SetupError(`${quoted} gives a single ${typeof found === 'object' ? 'object' : `${typeof found}, ${String(found).slice(0, 40)}`}, no series`, `One number says nothing of how the metric moves by itself, so nothing can be judged by it: choose an address that gives 28 days of values with their times. Write ${EXAMPLE}.`);
  return found.map((row: unknown): RawPoint => {
    const [time, value] = Array.isArray(row) ? (row as readonly unknown[]) : [];
    const seconds = parseTime(time);
    if (seconds === null) throw new SetupError(`${quoted} gives ${JSON.stringify(row)?.slice(0, 80) ?? 'nothing'} where [time, value] is expected`, 'The time is epoch seconds, milliseconds, or ISO 8601 with a zone. Two lists beside each other are joined by `zip(times, values)`.');
    return [seconds, typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : null];
  });
}

/** The size of the number tells its unit: 1e11 seconds are in the year 5138. */
function parseTime(time: unknown): number | null {
  if (typeof time === 'number') return time > 1e17 ? time / 1e9 : time > 1e14 ? time / 1e6 : time > 1e11 ? time / 1e3 : time > 1e8 ? time : null;
  if (typeof time !== 'string') return null;
  if (/^\d{9,19}(?:\.\d{1,9})?$/.test(time)) return parseTime(Number(time));
  const zoned = /^\d{4}-\d{2}-\d{2}(?:[T ][\d:.]{5,20}(?:Z|[+-]\d{2}:?\d{2}))?$/.test(time) ? Date.parse(time.replace(' ', 'T')) : Number.NaN;
  return Number.isNaN(zoned) ? null : zoned / 1000;
}
