// The App's log: one JSON line a happening, with the delivery's id, and no secret.
import { pino } from 'pino';
import { createRedaction } from './redaction.ts';
import type { Redact } from './redaction.ts';

export type Log = Pick<ReturnType<typeof pino>, 'info' | 'warn' | 'error' | 'debug'>;

/** What could hold a secret is never written, wherever it stands. */
const SECRETS = ['token', 'secret', 'password', 'privateKey', 'authorization', 'webhookSecret'];

/** Far more than is shown of anything, so that it cuts no secret that is. */
const WHOLE = 20_000;

/** @param redact goes over every whole line: text of strangers may quote a secret */
export function createLog(level: string, redact: Redact = createRedaction([])): Log {
  // A secret that is cut in half is none that could be found: searched first, then cut.
  const shorten = (most: number) => (value: unknown): unknown => (typeof value === 'string' ? redact(value).slice(0, most) : value);
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '…' }, serializers: { err: shorten(300), stack: shorten(1500) }, hooks: { streamWrite: redact } });
}

/** What a log line says of an error: its message, which the log itself shortens after it was searched for secrets. */
export function briefly(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, WHOLE);
}
