// What the operator sets in the environment; everything that is missing or wrong is told at once.
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Allowance } from '../src/config/offers.ts';
import { CONFIG_PATH } from '../src/config/reference.ts';
import { SetupError } from '../src/errors.ts';
import { readEnvironment, secretsFor } from './environment.ts';
import type { Environment } from './environment.ts';
import { readOffers, variablesOf } from './offers.ts';

export interface Settings {
  readonly appId: string;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Still taken beside it, while it is replaced; null: none. */
  readonly webhookSecretOld: string | null;
  /** null: the embedded database in `dataFolder`. */
  readonly databaseUrl: string | null;
  /** The embedded database, its journal and its lock. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** `https://api.github.com`, or an Enterprise Server's `https://HOST/api/v3`. */
  readonly apiUrl: string;
  readonly configPath: string;
  readonly logLevel: string;
  /** Signs records; null: they carry a digest only. */
  readonly signingKey: string | null;
  /** Which sources are asked for whom; empty: none. */
  readonly allowances: readonly Allowance[];
  /** How long a delivery that is worked off is kept. */
  readonly retentionDays: number;
  /** The share of traces that is kept, 0 to 1: OpenTelemetry's own variables say where they go. null: none are made. */
  readonly traces: number | null;
  /** What sources and the collector of traces are given of the environment, never to be told. */
  readonly hidden: readonly string[];
}

/** Where the store is: all that a command on it needs to know. */
export type StoreSettings = Pick<Settings, 'databaseUrl' | 'dataFolder'>;

/** For a command that works on the store alone. @throws SetupError where it has no address */
export function parseStore(env: Environment): StoreSettings {
  const problems: string[] = [];
  const store = checkStore(storeOf(readEnvironment(env, problems)), problems);
  if (problems.length > 0) throw new SetupError(problems.join('\n'), 'docs/app.md names every variable.');
  return store;
}

function storeOf(env: Environment): StoreSettings {
  return { databaseUrl: env['DATABASE_URL']?.trim() || null, dataFolder: env['DATA_FOLDER']?.trim() || 'yardstick-data' };
}

/** Reads the settings, or throws one error that names every variable to set right. */
export function parseSettings(given: Environment): Settings {
  const problems: string[] = [];
  const env = readEnvironment(given, problems);
  const wanted = (name: string, what: string): string => {
    const value = env[name]?.trim();
    if (!value) problems.push(`${name} is not set: ${what}`);
    return value ?? '';
  };
  const allowances = readAllowances(env, problems);
  const settings: Settings = {
    appId: checkAppId(wanted('APP_ID', "the App's number, from its settings page"), problems),
    privateKey: parsePrivateKey(env, problems),
    webhookSecret: wanted('WEBHOOK_SECRET', 'the secret that GitHub signs webhooks with'),
    webhookSecretOld: env['WEBHOOK_SECRET_OLD']?.trim() || null,
    ...checkStore(storeOf(env), problems),
    host: env['HOST']?.trim() || '0.0.0.0',
    port: parsePort(env['PORT'], problems),
    apiUrl: parseApiUrl(env, problems),
    configPath: CONFIG_PATH,
    logLevel: parseLogLevel(env['LOG_LEVEL'], problems),
    signingKey: env['YARDSTICK_SIGNING_KEY'] || null,
    allowances,
    retentionDays: parseRetention(env['RETENTION_DAYS'], problems),
    traces: parseTraces(env, problems),
    hidden: secretsFor(variablesOf(allowances), env),
  };
  if (env['NODE_ENV'] === 'production' && settings.databaseUrl === null && env['EMBEDDED_DATABASE'] !== 'accepted') {
    problems.push('DATABASE_URL is not set: in production name a PostgreSQL, or set EMBEDDED_DATABASE=accepted if its limits after a power cut (docs/app.md) are acceptable');
  }
  if (problems.length > 0) throw new SetupError(`The App cannot start:\n  ${problems.join('\n  ')}`, '`npm run setup -- https://your.host` makes an App on GitHub and writes its credentials to .env; docs/app.md names every variable.');
  return settings;
}

/** GitHub takes the number or the client id. */
function checkAppId(id: string, problems: string[]): string {
  if (id !== '' && !/^(\d+|Iv\w[\w.]+)$/.test(id)) problems.push(`APP_ID is ${id.slice(0, 20)}: give the number (or the client id) from the App's settings page`);
  return id;
}

function parsePrivateKey(env: Environment, problems: string[]): string {
  const path = env['PRIVATE_KEY_PATH']?.trim();
  const given = env['PRIVATE_KEY']?.trim();
  if (!given && !path) {
    problems.push("PRIVATE_KEY or PRIVATE_KEY_PATH is not set: the App's private key (PEM), or the file that holds it");
    return '';
  }
  try {
    const text = given || readFileSync(path ?? '', 'utf8');
    // Environment files hold the key on one line, as text or base64.
    const pem = text.includes('-----BEGIN') ? text.replaceAll(String.raw`\n`, '\n') : Buffer.from(text, 'base64').toString().trim();
    if (!isPrivateKey(pem)) problems.push(`${given ? 'PRIVATE_KEY' : path} holds no private key in PEM form, or only a part of it`);
    return pem;
  } catch (error) {
    problems.push(`PRIVATE_KEY_PATH cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    return '';
  }
}

/** What is wrong with a key is never said in detail: the detail is the key. */
function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).type === 'private';
  } catch {
    return false;
  }
}

/** Named as a file, or written out: some platforms hand over variables only. */
function readAllowances(env: Environment, problems: string[]): readonly Allowance[] {
  const path = env['YARDSTICK_SOURCES']?.trim();
  const inline = env['YARDSTICK_SOURCES_INLINE'];
  if (path && inline?.trim()) problems.push('YARDSTICK_SOURCES and YARDSTICK_SOURCES_INLINE are both set: keep one of them');
  if (!path) return inline?.trim() ? readOffers(inline, 'YARDSTICK_SOURCES_INLINE', { env, problems }) : [];
  try {
    return readOffers(readFileSync(path, 'utf8'), path, { env, problems });
  } catch (error) {
    problems.push(`YARDSTICK_SOURCES cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    return [];
  }
}

function parsePort(given: string | undefined, problems: string[]): number {
  const port = Number(given?.trim() || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) problems.push(`PORT is ${given?.slice(0, 20)}: give a number from 0 to 65535`);
  return port;
}

/** GitHub sends what failed again for three days: what it may send twice must still be known. */
const RETENTION = { least: 4, usual: 30, most: 36_500 };

function parseRetention(given: string | undefined, problems: string[]): number {
  const days = Number(given?.trim() || RETENTION.usual);
  if (!Number.isInteger(days) || days < RETENTION.least || days > RETENTION.most) problems.push(`RETENTION_DAYS is ${given?.slice(0, 20)}: give a whole number of days from ${RETENTION.least} to ${RETENTION.most}`);
  return days;
}

function parseApiUrl(env: Environment, problems: string[]): string {
  const host = env['GHE_HOST']?.trim();
  const given = env['GITHUB_API_URL']?.trim();
  if (!given && host && !/^[\w.-]+(:\d+)?$/.test(host)) problems.push('GHE_HOST is no host: give git.example.com, without https:// and path');
  if (given && !isHttp(given)) problems.push('GITHUB_API_URL is no address: give https://HOST/api/v3');
  return given || (host ? `https://${host}/api/v3` : 'https://api.github.com');
}

function parseTraces(env: Environment, problems: string[]): number | null {
  const names = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'].filter((name) => env[name]?.trim());
  for (const name of names) if (!isHttp(env[name] ?? '')) problems.push(`${name} is no address: give http://HOST:4318`);
  if (names.length > 0 && env['OTEL_EXPORTER_OTLP_PROTOCOL']?.trim() === 'grpc') problems.push('OTEL_EXPORTER_OTLP_PROTOCOL is grpc: give http/json, and the port for HTTP, mostly 4318');
  const ratio = Number(env['OTEL_TRACES_SAMPLER_ARG'] ?? 1);
  if (!(ratio >= 0 && ratio <= 1)) problems.push('OTEL_TRACES_SAMPLER_ARG is no share: give a number from 0 to 1');
  return names.length > 0 && env['OTEL_SDK_DISABLED']?.trim() !== 'true' ? ratio : null;
}

function isHttp(address: string): boolean {
  return /^https?:$/.test(URL.parse(address.trim())?.protocol ?? '');
}

function checkStore(store: StoreSettings, problems: string[]): StoreSettings {
  // The address itself is not shown: its password may be what is wrong with it.
  if (store.databaseUrl !== null && !/^postgres(ql)?:$/.test(URL.parse(store.databaseUrl)?.protocol ?? '')) {
    problems.push('DATABASE_URL is no address of a PostgreSQL: give postgres://USER:PASSWORD@HOST/DATABASE, with what is no letter or digit written as in an address (%40 for @)');
  }
  return store;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

function parseLogLevel(given: string | undefined, problems: string[]): string {
  const level = given?.trim() || 'info';
  if (!LOG_LEVELS.includes(level)) problems.push(`LOG_LEVEL is ${level.slice(0, 20)}: give one of ${LOG_LEVELS.join(', ')}`);
  return level;
}
