// The App's log: one JSON line a happening, with the delivery's id, and no secret.
import { pino } from 'pino';

export type Log = Pick<ReturnType<typeof pino>, 'info' | 'warn' | 'error' | 'debug'>;

/** What could hold a secret is never written, wherever it stands. */
const SECRETS = ['token', 'secret', 'password', 'privateKey', 'authorization', 'webhookSecret'];

export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '…' } });
}
