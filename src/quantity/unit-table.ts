// The table of units: what each measures, its size in base units, and its spellings.

/** What a unit measures; only units of one dimension convert. Every currency is its own. */
export type Dimension =
  | 'time' | 'share' | 'count' | 'bytes' | 'byte-rate' | 'rate' | 'cores' | 'power' | 'energy'
  | `money:${string}` | `money-rate:${string}`;

/** `symbol` is how the unit is printed, `factor` its size in the dimension's base unit (s, 1, B, B/s, 1/s, cores, W, Wh). */
export interface Unit {
  readonly symbol: string;
  readonly dimension: Dimension;
  readonly factor: number;
}

/** A row: symbol, dimension, factor, spellings that are not the symbol. Words of letters are also found in any case. */
export type UnitRow = readonly [symbol: string, dimension: Dimension, factor: number, spellings: string];

const TIMES: readonly UnitRow[] = [
  ['ns', 'time', 1e-9, 'nanosecond nanoseconds'],
  ['µs', 'time', 1e-6, 'us μs microsecond microseconds'],
  ['ms', 'time', 1e-3, 'msec msecs millis millisecond milliseconds'],
  ['s', 'time', 1, 'sec secs second seconds'],
  ['min', 'time', 60, 'mins minute minutes'],
  ['h', 'time', 3600, 'hr hrs hour hours'],
  ['d', 'time', 86_400, 'day days'],
];

const SHARES_AND_COUNTS: readonly UnitRow[] = [
  ['%', 'share', 0.01, 'percent'],
  ['ratio', 'share', 1, 'fraction'],
  ['count', 'count', 1, [
    'counts request requests req reqs error errors message messages msg msgs item items job jobs task tasks user users session sessions connection connections',
    'conn conns pod pods node nodes replica replicas instance instances thread threads worker workers event events restart restarts query queries row rows record records',
    'partition partitions shard shards file files order orders alert alerts incident incidents ticket tickets failure failures timeout timeouts retry retries eviction evictions',
  ].join(' ')],
];

/** Kubernetes and the SI: `kB` is 1000 bytes, `KiB` 1024. `Mb` and `Gb` are missing on purpose: bits or bytes, nobody knows. */
const BYTES: readonly UnitRow[] = [
  ['bit', 'bytes', 1 / 8, 'bits'], ['B', 'bytes', 1, 'byte bytes'],
  ['kB', 'bytes', 1e3, 'KB kb kilobyte kilobytes'], ['MB', 'bytes', 1e6, 'mb megabyte megabytes'], ['GB', 'bytes', 1e9, 'gb gigabyte gigabytes'],
  ['TB', 'bytes', 1e12, 'tb terabyte terabytes'], ['PB', 'bytes', 1e15, 'pb petabyte petabytes'],
  ['KiB', 'bytes', 2 ** 10, 'Ki kibibyte kibibytes'], ['MiB', 'bytes', 2 ** 20, 'Mi mebibyte mebibytes'], ['GiB', 'bytes', 2 ** 30, 'Gi gibibyte gibibytes'],
  ['TiB', 'bytes', 2 ** 40, 'Ti tebibyte tebibytes'],
  ['bit/s', 'byte-rate', 1 / 8, 'bps bits/s'], ['kbit/s', 'byte-rate', 125, 'kbps Kbps'], ['Mbit/s', 'byte-rate', 125_000, 'Mbps'], ['Gbit/s', 'byte-rate', 125_000_000, 'Gbps'],
  ['B/s', 'byte-rate', 1, 'bytes/s'], ['kB/s', 'byte-rate', 1e3, 'KB/s'], ['MB/s', 'byte-rate', 1e6, ''], ['GB/s', 'byte-rate', 1e9, ''],
  ['KiB/s', 'byte-rate', 2 ** 10, ''], ['MiB/s', 'byte-rate', 2 ** 20, ''], ['GiB/s', 'byte-rate', 2 ** 30, ''],
];

const RATES: readonly UnitRow[] = [
  ['req/s', 'rate', 1, 'rps qps tps ops iops ops/s op/s requests/s reqs/s request/s queries/s query/s messages/s msg/s msgs/s events/s errors/s error/s orders/s jobs/s rows/s connections/s io/s /s 1/s hz req/sec requests/sec'],
  ['req/min', 'rate', 1 / 60, 'rpm requests/min reqs/min /min 1/min messages/min events/min errors/min orders/min jobs/min'],
  ['req/h', 'rate', 1 / 3600, 'requests/h /h 1/h events/h errors/h orders/h jobs/h'],
];

const MACHINES: readonly UnitRow[] = [
  ['cores', 'cores', 1, 'core vcpu vcpus cpus cpu'], ['millicores', 'cores', 1e-3, 'millicore mcores mcore millicpu mcpu'],
  ['W', 'power', 1, 'watt watts'], ['kW', 'power', 1e3, 'kilowatt kilowatts'], ['Wh', 'energy', 1, ''], ['kWh', 'energy', 1e3, ''],
];

/** Currencies by code, with the signs and words that mean them. */
export const CURRENCIES: ReadonlyMap<string, string> = new Map(Object.entries({
  USD: 'USD', $: 'USD', dollar: 'USD', dollars: 'USD', 'US$': 'USD', EUR: 'EUR', '€': 'EUR', euro: 'EUR', euros: 'EUR', GBP: 'GBP', '£': 'GBP',
  JPY: 'JPY', '¥': 'JPY', INR: 'INR', '₹': 'INR', CHF: 'CHF', SEK: 'SEK', NOK: 'NOK', DKK: 'DKK', PLN: 'PLN', CAD: 'CAD', AUD: 'AUD', BRL: 'BRL',
}));

/** Hours of a billing period: a month is 730 hours, as the cloud price lists and Infracost have it. */
export const PERIODS: ReadonlyMap<string, { readonly name: string; readonly hours: number }> = new Map<string, { readonly name: string; readonly hours: number }>([
  ...['hour', 'h', 'hr', 'hours'].map((word) => [word, { name: 'hour', hours: 1 }] as const),
  ...['day', 'd', 'daily'].map((word) => [word, { name: 'day', hours: 24 }] as const),
  ...['week', 'w', 'wk', 'weekly'].map((word) => [word, { name: 'week', hours: 168 }] as const),
  ...['month', 'mo', 'mth', 'monthly'].map((word) => [word, { name: 'month', hours: 730 }] as const),
  ...['year', 'yr', 'y', 'annum', 'yearly'].map((word) => [word, { name: 'year', hours: 8760 }] as const),
]);

export const UNIT_ROWS: readonly UnitRow[] = [...TIMES, ...SHARES_AND_COUNTS, ...BYTES, ...RATES, ...MACHINES];
