// New Relic: NRQL over NerdGraph, paged by time. `account` is the account's number, `headers` hold API-Key, `region: eu` the other data centre.
import { SetupError } from '../errors.ts';
import type { Source } from '../model/config.ts';
import type { MetricProvider, Series, SeriesQuery } from '../ports/metrics.ts';
import { at, listAt, parseAnswer, textAt } from './answer.ts';
import type { Answer, Ask, Dialect } from './request.ts';
import { finishSeries, refuseSeveral, type RawPoint } from './series.ts';

/** TIMESERIES gives no more buckets a query. */
const BUCKETS_MAX = 366;
/** Queries in one request: New Relic asks for at most five at a time. */
const TOGETHER = 5;
/** Seconds for each; the default of NerdGraph is 5. */
const TIMEOUT = 30;

export function newRelicAddress({ region }: Source): string {
  return region === 'eu' ? 'https://api.eu.newrelic.com' : 'https://api.newrelic.com';
}

export const newRelicDialect: Dialect = { statusOf };

/** GraphQL refuses with 200. */
function statusOf({ status, text }: Answer): number {
  if (status !== 200 || !text.includes('"errors"')) return status;
  const errors = listAt(safely(text), 'errors');
  const said = errors.map((error) => `${textAt(error, 'message')} ${textAt(error, 'extensions', 'errorClass')}`).join(' ');
  if (errors.length === 0) return status;
  if (/too many|rate limit|limit exceeded|throttl/i.test(said)) return 429;
  if (/time(?:d )?out|SERVER_ERROR|INTERNAL/i.test(said)) return 503;
  return /api.?key|unauthori[sz]ed|ACCESS_DENIED|forbidden/i.test(said) ? 401 : 400;
}

function safely(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

export function createNewRelic(ask: Ask, { account, name }: Source): MetricProvider {
  const number = Number(account ?? '');
  if (!Number.isSafeInteger(number) || number <= 0) throw new SetupError(`the source \`${name}\` has no account`, "Add `account: '1234567'`, the number that New Relic shows beside the account’s name.");
  return { readSeries: (query) => readSeries(ask, number, query) };
}

async function readSeries(ask: Ask, account: number, query: SeriesQuery): Promise<Series> {
  if (/\b(?:SINCE|UNTIL|TIMESERIES|COMPARE\s{1,9}WITH)\b/i.test(query.query)) throw new SetupError('the query has SINCE, UNTIL, TIMESERIES or COMPARE WITH', 'Leave them out: the range and the step are added when it is asked.');
  const pages = pagesOf(query);
  const rows: unknown[] = [];
  for (let first = 0; first < pages.length; first += TOGETHER) rows.push(...(await readPages(ask, account, pages.slice(first, first + TOGETHER))));
  const facets = [...new Set(rows.flatMap((row) => (at(row, 'facet') === undefined ? [] : [String(at(row, 'facet'))])))];
  if (facets.length > 0) return refuseSeveral(facets, query);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row as object)))].filter((key) => key !== 'beginTimeSeconds' && key !== 'endTimeSeconds');
  if (names.length > 1) return refuseSeveral(names, query);
  const points = rows.flatMap((row): readonly RawPoint[] => {
    const time = at(row, 'beginTimeSeconds');
    return typeof time === 'number' ? [[time, valueOf(at(row, names[0] ?? ''))]] : [];
  });
  return finishSeries({ points, step: query.step, stands: 'for-bucket' }, query);
}

/** Whole queries in NRQL, on a grid of the step, so that no bucket is cut by a page's end. */
function pagesOf({ query, from, to, step }: SeriesQuery): readonly string[] {
  const pages: string[] = [];
  for (let start = Math.ceil(from / step) * step; start <= to; start += BUCKETS_MAX * step) {
    const end = Math.min(Math.floor(to / step) * step + step, start + BUCKETS_MAX * step);
    pages.push(`${query} SINCE ${start * 1000} UNTIL ${end * 1000} TIMESERIES ${step} seconds`);
  }
  return pages;
}

async function readPages(ask: Ask, account: number, pages: readonly string[]): Promise<readonly unknown[]> {
  const variables = Object.fromEntries(pages.map((nrql, i) => [`q${i}`, nrql]));
  const query = `query($account: Int!, ${pages.map((_, i) => `$q${i}: Nrql!`).join(', ')}) { actor { account(id: $account) { ${pages.map((_, i) => `q${i}: nrql(query: $q${i}, timeout: ${TIMEOUT}) { results }`).join(' ')} } } }`;
  const answer = parseAnswer(await ask({ method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables: { account, ...variables } }) }), 'New Relic');
  return pages.flatMap((_, i) => listAt(answer, 'data', 'actor', 'account', `q${i}`, 'results').filter((row) => typeof row === 'object' && row !== null));
}

/** `percentile(duration, 95)` comes as `{"95": 0.3}`. */
function valueOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const inner = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return inner.length === 1 && typeof inner[0] === 'number' ? inner[0] : null;
}
