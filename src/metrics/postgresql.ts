// PostgreSQL: one SELECT of a time and a value, written by the operator, with the range bound as $1 and $2, in a read-only transaction.
import { Socket } from 'node:net';
import { SetupError, TransientError } from '../errors.ts';
import type { Source } from '../model/config.ts';
import type { MetricProvider, Series, SeriesQuery } from '../ports/metrics.ts';
import { guardedLookup, refuseAddress } from './address.ts';
import type { Surroundings } from './registry.ts';
import { createVault, type Vault } from './secrets.ts';
import { finishSeries, refuseSeveral, stepOf, type RawPoint } from './series.ts';

/** 28 days in steps of 15 seconds are 161,280. */
const ROWS_MAX = 200_000;
const EXAMPLE = "SELECT date_trunc('hour', at) AS ts, avg(ms) FROM checkout WHERE at >= $1 AND at <= $2 GROUP BY 1";

/** Databases that can be asked for text by time; what `pg` gives back for one query. */
interface Rows {
  readonly fields: readonly { readonly name: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export function createPostgreSql(source: Source, surroundings: Surroundings): MetricProvider {
  const vault = createVault(source, surroundings.env);
  return { readSeries: (query) => readSeries(source, { query, vault, timeout: surroundings.timeout ?? 15, signal: surroundings.signal ?? null }) };
}

interface Reading {
  readonly query: SeriesQuery;
  readonly vault: Vault;
  /** Seconds. */
  readonly timeout: number;
  readonly signal: AbortSignal | null;
}

async function readSeries(source: Source, reading: Reading): Promise<Series> {
  const { query, vault } = reading;
  if (!/\$1\b/.test(query.query) || !/\$2\b/.test(query.query)) throw new SetupError('the query names no range of time', `Write $1 for its begin and $2 for its end: ${EXAMPLE}`);
  const { fields, rows } = await select(source, reading).catch((error: unknown) => Promise.reject(asFault(error, source, vault)));
  if (fields.length !== 2) return fields.length > 2 ? refuseSeveral(fields.slice(1).map(({ name }) => name), query) : Promise.reject(new SetupError('the query gives one column', `It has to give a time and a value: ${EXAMPLE}`));
  if (rows.length > ROWS_MAX) throw new SetupError(`the query gives more than ${ROWS_MAX} rows`, 'Aggregate in the query, for example by `date_trunc` and GROUP BY.');
  const points = rows.map(([time = null, value = null]): RawPoint => [parseTime(time), value === null ? null : Number(value)]);
  return finishSeries({ points, step: stepOf(points, query.step), stands: 'for-bucket' }, query);
}

/** What stands inside the brackets can only be a SELECT: with bound values the server takes one statement, and the transaction refuses to write. */
async function select(source: Source, { query, vault, timeout, signal }: Reading): Promise<Rows> {
  const { default: Client } = await import('pg/lib/client.js');
  const client = new Client({ ...connectionOf(source, vault), connectionTimeoutMillis: timeout * 1000, query_timeout: timeout * 1000 + 500 });
  client.on('error', () => undefined); // told by the query that it breaks
  signal?.addEventListener('abort', () => void client.end().catch(() => undefined));
  try {
    await client.connect();
    // Local to the transaction, so that a pool between us and the server hands nothing on.
    await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${Math.ceil(timeout * 1000)}; SET LOCAL TIME ZONE 'UTC'; SET LOCAL datestyle = 'ISO'`);
    const text = `SELECT * FROM (\n${query.query.trim().replace(/;$/, '')}\n) AS measured LIMIT ${ROWS_MAX + 1}`;
    return await client.query<(string | null)[]>({ text, values: [query.from, query.to].map((time) => new Date(time * 1000).toISOString()), rowMode: 'array', types: { getTypeParser: () => String } });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** TLS with a certificate that is checked, unless the address says `sslmode=disable` or `no-verify`. @throws SetupError for no address */
function connectionOf(source: Source, vault: Vault): object {
  const text = vault.fillAddress(source.url ?? '');
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol) || url.hostname === '') throw new SetupError(`the source \`${source.name}\` has no address that starts with postgres://`, 'Write `postgres://reader:${YARDSTICK_PASSWORD}@host:5432/database` in `url` of the source.');
  if (url.password !== '') vault.hide(decodeURIComponent(url.password));
  refuseAddress(url, source.name);
  const mode = url.searchParams.get('sslmode') ?? 'verify-full';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host, port: Number(url.port || 5432), database: decodeURIComponent(url.pathname.slice(1)), user: decodeURIComponent(url.username), password: decodeURIComponent(url.password),
    application_name: 'yardstick', ssl: mode === 'disable' ? false : { rejectUnauthorized: mode !== 'no-verify', host }, stream: () => guardedSocket(source.name),
  };
}

/** A socket that looks at the address it connects to, as all our requests do. */
function guardedSocket(name: string): Socket {
  const socket = new Socket();
  const connect = socket.connect.bind(socket) as (options: object) => Socket;
  return Object.assign(socket, { connect: (port: number, host: string) => connect({ port, host, lookup: guardedLookup(name) }) });
}

/** With or without a zone, the session's is UTC; plain numbers are epoch seconds. */
function parseTime(text: string | null): number {
  if (text !== null && /^\d{9,11}(?:\.\d{1,9})?$/.test(text)) return Number(text);
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?))?(?:Z|\+00(?::?00)?)?$/.exec(text ?? '');
  if (match === null) throw new SetupError(`the first column holds ${JSON.stringify(text)?.slice(0, 60) ?? 'nothing'}, no instant`, `It has to be a timestamp, a date or epoch seconds: ${EXAMPLE}`);
  return Date.parse(`${match[1]}T${match[2] ?? '00:00:00'}Z`) / 1000;
}

/** What PostgreSQL's codes mean (appendix A of its manual: class 08 connection, 28 and 3D log-in, 53 and 57 resources and operator). */
function asFault(error: unknown, { name }: Source, vault: Vault): Error {
  if (error instanceof SetupError || error instanceof TransientError) return error;
  const { code = '', message } = error as { readonly code?: string; readonly message: string };
  const says = vault.redact(message).slice(0, 300);
  if (code === '57014' || /timeout/i.test(message)) return new TransientError(`the source \`${name}\` gave no whole answer in time (${says})`);
  if (code === '25006') return new SetupError(`the source \`${name}\` refuses to write: ${says}`, 'A query of the catalogue only reads.');
  if (/^(?:28|3D)/.test(code)) return new SetupError(`the source \`${name}\` refuses the log-in (${code}): ${says}`, 'Check user, password and database in `url` of the source.');
  if (/^(?:08|53|57)/.test(code) || /^E[A-Z]{3,}$/.test(code) || /terminated unexpectedly/.test(message)) return new TransientError(`the source \`${name}\` could not be reached (${code || says})`);
  if (/SSL|certificate|self.signed/i.test(`${code} ${message}`)) return new SetupError(`the source \`${name}\` offers no TLS that can be checked: ${says}`, 'Add its authority by NODE_EXTRA_CA_CERTS, or `?sslmode=disable` on a private network.');
  return new SetupError(`the source \`${name}\` refuses the query (${code}): ${says}`, `Try the query in psql, and correct it in the metric catalogue: ${EXAMPLE}`);
}
