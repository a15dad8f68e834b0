// The App's log: one JSON line a happening, with the delivery's id, and no secret.
import { pino } from 'pino';
import { createRedaction } from './redaction.ts';
import type { Redact } from './redaction.ts';

export type Log = Pick<ReturnType<typeof pino>, 'info' | 'warn' | 'error' | 'debug'>;

/** What could hold a secret is never written, wherever it stands. */
const SECRETS = ['token', 'secret', 'password', 'privateKey', 'authorization', 'webhookSecret'];

/** @param redact goes over every whole line: text of strangers may quote a secret */
export function createLog(level: string, redact: Redact = createRedaction([])): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '…' }, hooks: { streamWrite: redact } });
}
