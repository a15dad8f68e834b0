// What Prometheus is told: deliveries, the time to acknowledge them, the queue, verdicts, and what GitHub leaves us.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { FailedReading } from '../src/compose.ts';
import { version } from '../src/version.ts';
import type { LedgerFigures } from './ledger/figures.ts';
import type { TurnEnd } from './jobs/dispatcher.ts';
import type { Turn } from './jobs/turn.ts';
import { tellOutcome } from './jobs/outcome.ts';

/** What may become of a webhook at the door. */
const OUTCOMES = ['accepted', 'refused', 'forged', 'oversized', 'busy', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What the door counts. */
export interface DoorMetrics {
  readonly delivery: (outcome: Outcome, seconds: number) => void;
  readonly render: () => Promise<string>;
  readonly contentType: string;
}

/** What the desk counts; a scrape is told both. */
export interface Metrics {
  readonly turn: (turn: Turn) => void;
  readonly ended: (end: TurnEnd) => void;
  readonly failed: (failed: FailedReading) => void;
  readonly render: () => Promise<string>;
}

export function createDoorMetrics(): DoorMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  // Gauges that are called totals, which Prometheus' own linter refuses: sums of others that stay.
  for (const name of ['handles', 'requests', 'resources']) registry.removeSingleMetric(`nodejs_active_${name}_total`);
  new Gauge({ name: 'yardstick_build_info', help: 'Which version runs: always 1.', labelNames: ['version'], registers }).set({ version }, 1);
  const deliveries = new Counter({ name: 'yardstick_deliveries_total', help: 'Webhooks by what became of them at the door.', labelNames: ['outcome'], registers });
  for (const outcome of OUTCOMES) deliveries.inc({ outcome }, 0);
  const ack = new Histogram({ name: 'yardstick_ack_seconds', help: 'Time until a webhook was durably stored and answered.', buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5], registers });
  return {
    delivery: (outcome, seconds) => {
      deliveries.inc({ outcome });
      if (outcome === 'accepted') ack.observe(seconds);
    },
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** What is asked at the moment of a scrape. */
export interface Readings {
  readonly left: () => ReadonlyMap<number, number>;
  /** Installations that are left alone for now. */
  readonly held: () => number;
  /** What the database knows; rejects where it does not answer. */
  readonly database: () => Promise<{ readonly waiting: number; readonly oldestSeconds: number; readonly sweptAt: Date | null } & LedgerFigures>;
}

const ENDS: readonly TurnEnd[] = ['settled', 'retried', 'refused', 'given_up'];
const OPEN_STAGES = ['locked', 'measuring', 'judged'];

export function createMetrics({ left, held, database }: Readings): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const evaluations = new Counter({ name: 'yardstick_evaluations_total', help: 'Evaluated changes by verdict.', labelNames: ['verdict'], registers });
  const turns = new Counter({ name: 'yardstick_turns_total', help: 'Turns by how they ended: settled, to be tried again, refused for what a person has to permit, or given up for an error of our own.', labelNames: ['outcome'], registers });
  const failures = new Counter({ name: 'yardstick_provider_errors_total', help: 'Metrics that could not be read, by the type of their source and whether another try may help (transient) or a person has to (setup).', labelNames: ['type', 'lasting'], registers });
  const requests = new Gauge({ name: 'yardstick_github_requests_left', help: "Requests left of an installation's hour, as GitHub last said.", labelNames: ['installation'], registers });
  const paused = new Gauge({ name: 'yardstick_installations_held', help: "Installations that are out of GitHub's limits: their work waits in the queue, and goes on by itself.", registers });
  const readDatabase = databaseGauges(registry, database);
  // A counter that begins with its first event would hide that one from whoever looks for an increase.
  for (const outcome of ENDS) turns.inc({ outcome }, 0);
  return {
    turn: ({ outcomes }) => {
      for (const { verdict } of outcomes.map(tellOutcome)) if (verdict !== null) evaluations.inc({ verdict });
    },
    ended: (outcome) => turns.inc({ outcome }),
    failed: ({ type, lasting }) => failures.inc({ type: type ?? 'none', lasting }),
    render: async () => {
      for (const [installation, remaining] of left()) requests.set({ installation: String(installation) }, remaining);
      paused.set(held());
      await readDatabase();
      return registry.metrics();
    },
  };
}

/** What is read from the database at each scrape; where it does not answer its figures are left out. */
function databaseGauges(registry: Registry, database: Readings['database']): () => Promise<void> {
  const registers = [registry];
  const queue = new Gauge({ name: 'yardstick_queue_depth', help: 'Deliveries that are not worked off.', registers });
  const age = new Gauge({ name: 'yardstick_queue_oldest_seconds', help: 'How long the oldest of them has waited.', registers });
  const bets = new Gauge({ name: 'yardstick_bets', help: 'Open bets by where they stand.', labelNames: ['stage'], registers });
  const overdue = new Gauge({ name: 'yardstick_measurements_overdue', help: 'Bets whose verdict is late.', registers });
  const swept = new Gauge({ name: 'yardstick_last_sweep_timestamp_seconds', help: 'When a sweep for what went past us was last done to its end; they begin every ten minutes.', registers });
  const up = new Gauge({ name: 'yardstick_database_up', help: 'Whether the database answered this scrape; where it did not, its figures are left out.', registers });
  return async () => {
    const figures = await database().catch(() => null);
    up.set(figures === null ? 0 : 1);
    for (const gauge of [queue, age, overdue, swept]) gauge.remove();
    bets.reset();
    if (figures === null) return;
    queue.set(figures.waiting);
    age.set(figures.oldestSeconds);
    for (const stage of OPEN_STAGES) bets.set({ stage }, figures.open.get(stage) ?? 0);
    overdue.set(figures.overdue);
    if (figures.sweptAt !== null) swept.set(figures.sweptAt.getTime() / 1000);
  };
}
