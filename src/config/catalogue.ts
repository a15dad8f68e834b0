// The part of the schema that defines metrics and where they come from.
import type { MetricKind, SourceType } from '../model/config.ts';
import { MAX_QUERY_LENGTH } from './limits.ts';
import { documented, named, option, section } from './option.ts';
import { duration, list, matching, number, oneOf, pattern, text, yesOrNo } from './values.ts';

/** Sources that need no entry below `sources`: GitHub itself, and people. */
export const BUILT_IN_SOURCES = ['manual', 'evidence', 'github'] as const;

const SOURCE_TYPES = [
  'prometheus', 'datadog', 'cloudwatch', 'newrelic', 'influxdb', 'graphite', 'postgresql',
  'opencost', 'github', 'http', 'csv', 'manual', 'evidence',
] as const satisfies readonly SourceType[];

const KINDS = ['gauge', 'count', 'rate', 'cost', 'events'] as const satisfies readonly MetricKind[];

const query = text('a query in the language of its source', MAX_QUERY_LENGTH);

const parameter = section({
  values: option(list(text('a value of the parameter', 100), 'a list of values'), 'The values that are allowed.', ['orders', 'checkout']),
  pattern: option(pattern, 'A pattern that a value must match whole; groups may not repeat.', '[a-z][a-z0-9-]*'),
});

const metric = section({
  unit: option(text('a unit', 40), 'What the metric counts in, such as `ms`, `s`, `%`, `req/s`, `GiB`, `USD/month`, or `count` for plain numbers.', 'ms'),
  better: option(oneOf(['lower', 'higher']), 'Which way is good.', 'lower'),
  kind: option(
    oneOf(KINDS),
    'How its values add up: a `gauge` (latency, CPU, requests a second), a `count`, a `rate` (bad of total), a `cost`, or `events` (restarts, OOM kills). Default `gauge`.',
    'gauge',
  ),
  source: option(text('the name of a source'), 'The source that is asked: a name below `sources`, or `manual`, `evidence`, `github`.', 'prom'),
  query: option(query, 'The query that gives the series; a parameter is written `{name}`.', 'histogram_quantile(0.95, rate(http_seconds_bucket{service="{service}"}[5m])) * 1000'),
  bad: option(query, 'For `kind: rate`: the query for bad events; needs `total`.', 'increase(http_requests_total{code=~"5.."}[1h])'),
  total: option(query, 'For `kind: rate`: the query for all events; needs `bad`.', 'increase(http_requests_total[1h])'),
  samples: option(query, 'A query that counts the samples behind each value: where it gives nothing or 0, the source only repeats an old one, and the value counts as missing.', 'sum(count_over_time(http_seconds_count[5m]))'),
  parameters: option(
    named(parameter, 'a mapping from a parameter’s name to its allowed `values` or its `pattern`'),
    'Makes the metric a template, named as `p95(orders)`: parameter → what its values may be. Their order is that of the arguments.',
    { service: { values: ['orders', 'checkout'] } },
  ),
  aggregate: option(oneOf(['median', 'mean', 'p95', 'max']), 'What one value stands for an hour or a day. Default: median for gauges, the sum for counts, events and cost.', 'median'),
  cadence: option(duration, 'Time between two values, for a metric that comes once a run or once a day.', '1d'),
  public: option(yesOrNo, 'Whether its values may be shown to everybody who can see a public repository. Default `false`.', false),
});

/** What a source is, in a repository's file and in an operator's. */
export const sourceShape = {
  type: documented(oneOf(SOURCE_TYPES), 'What kind of source it is.', 'prometheus'),
  url: option(
    text('an address', 2_000),
    'Its address (for `csv`: a path in the repository; `datadog`, `newrelic` and `cloudwatch` know theirs); `${YARDSTICK_NAME}` is filled in from the environment when the request is made.',
    'https://prometheus.example.com',
  ),
  headers: option(
    named(text('the value of a header', 2_000), 'a mapping from header names to values'),
    'Headers sent with each request; secrets only as `${YARDSTICK_NAME}`.',
    { Authorization: 'Bearer ${YARDSTICK_PROMETHEUS_TOKEN}' },
  ),
  version: option(number(1, 'a version, such as 2'), 'Where a vendor’s versions speak differently: InfluxDB `1` (InfluxQL, also what it is without it) or `2` (Flux).', 2),
  database: option(text('the name of a database', 100), 'InfluxDB 1: the database of queries that name none.', 'telegraf'),
  region: option(matching(/^[a-z0-9-]{1,40}$/, 'a region, such as `eu-west-1`'), 'AWS: the region that is asked, unless `AWS_REGION` says it; with `type: prometheus` it makes requests signed (Amazon Managed Prometheus). New Relic: `eu`.', 'eu-west-1'),
  account: option(text('an account', 200), 'New Relic: the account’s number, in quotes. InfluxDB 2: the organisation.', 'acme'),
};

export const metrics = named(metric, 'a mapping from metric names to metrics');
export const sources = named(section(sourceShape), 'a mapping from source names to sources');
