// Traces, where the operator wants them: webhook → queue → turn → requests to GitHub. Where not, nothing of OpenTelemetry is even loaded.
import type { Transport } from '../../src/github/transport.ts';
import type { OpenWork } from '../jobs/open-work.ts';
import type { Job } from '../jobs/queue.ts';
import type { Turn } from '../jobs/turn.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';

/** A webhook that was answered. */
export interface Answered {
  readonly delivery: string;
  readonly event: string;
  readonly status: number;
  readonly seconds: number;
}

export interface Tracing {
  readonly webhook: (answered: Answered) => void;
  /** One turn and all that happens in it. */
  readonly turn: (job: Job, work: OpenWork, run: () => Promise<Turn>) => Promise<Turn>;
  /** The same transport; each of its requests is told of. */
  readonly over: (transport: Transport) => Transport;
  /** Sends what is not sent yet. */
  readonly close: () => Promise<void>;
}

const NONE: Tracing = { webhook: () => undefined, turn: (_, __, run) => run(), over: (transport) => transport, close: () => Promise.resolve() };

/** Each thread has its own. */
export async function openTracing(settings: Settings, log: Log): Promise<Tracing> {
  return settings.traces === null ? NONE : (await import('./otlp.ts')).openOtlp(settings, log);
}
