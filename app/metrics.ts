// What Prometheus is told: deliveries, the time to acknowledge them, the queue, verdicts, and what GitHub leaves us.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { FailedReading } from '../src/compose.ts';
import type { LedgerFigures } from './ledger/figures.ts';
import type { Turn } from './jobs/turn.ts';
import { tellOutcome } from './jobs/outcome.ts';

/** What the door counts. */
export interface DoorMetrics {
  readonly delivery: (outcome: string, seconds: number) => void;
  readonly render: () => Promise<string>;
  readonly contentType: string;
}

/** What the desk counts; a scrape is told both. */
export interface Metrics {
  readonly turn: (turn: Turn) => void;
  readonly failed: (failed: FailedReading) => void;
  readonly render: () => Promise<string>;
}

export function createDoorMetrics(): DoorMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  // Gauges that are called totals, which Prometheus' own linter refuses: sums of others that stay.
  for (const name of ['handles', 'requests', 'resources']) registry.removeSingleMetric(`nodejs_active_${name}_total`);
  const deliveries = new Counter({ name: 'yardstick_deliveries_total', help: 'Webhooks by what became of them at the door.', labelNames: ['outcome'], registers });
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
  readonly depth: () => Promise<{ readonly waiting: number; readonly oldestSeconds: number }>;
  readonly left: () => ReadonlyMap<number, number>;
  readonly ledger: () => Promise<LedgerFigures>;
}

const OPEN_STAGES = ['locked', 'measuring', 'judged'];

export function createMetrics({ depth, left, ledger }: Readings): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const evaluations = new Counter({ name: 'yardstick_evaluations_total', help: 'Evaluated changes by verdict.', labelNames: ['verdict'], registers });
  const retries = new Counter({ name: 'yardstick_retried_turns_total', help: 'Turns that needed more than one try.', registers });
  const failures = new Counter({ name: 'yardstick_provider_errors_total', help: 'Metrics that could not be read, by the type of their source and whether another try may help (transient) or a person has to (setup).', labelNames: ['type', 'lasting'], registers });
  const queue = new Gauge({ name: 'yardstick_queue_depth', help: 'Deliveries that are not worked off.', registers });
  const age = new Gauge({ name: 'yardstick_queue_oldest_seconds', help: 'How long the oldest of them has waited.', registers });
  const requests = new Gauge({ name: 'yardstick_github_requests_left', help: "Requests left of an installation's hour, as GitHub last said.", labelNames: ['installation'], registers });
  const bets = new Gauge({ name: 'yardstick_bets', help: 'Open bets by where they stand.', labelNames: ['stage'], registers });
  const overdue = new Gauge({ name: 'yardstick_measurements_overdue', help: 'Bets whose verdict is late.', registers });
  const up = new Gauge({ name: 'yardstick_database_up', help: 'Whether the database answered this scrape; where it did not, its figures are left out.', registers });
  const readNow = async (): Promise<void> => {
    for (const [installation, remaining] of left()) requests.set({ installation: String(installation) }, remaining);
    const figures = await Promise.all([depth(), ledger()]).catch(() => null);
    up.set(figures === null ? 0 : 1);
    for (const gauge of [queue, age, overdue]) gauge.remove();
    bets.reset();
    if (figures === null) return;
    const [{ waiting, oldestSeconds }, { open, overdue: late }] = figures;
    queue.set(waiting);
    age.set(oldestSeconds);
    for (const stage of OPEN_STAGES) bets.set({ stage }, open.get(stage) ?? 0);
    overdue.set(late);
  };
  return {
    turn: ({ job, outcomes }) => {
      if (job.retryCount > 0) retries.inc();
      for (const { verdict } of outcomes.map(tellOutcome)) if (verdict !== null) evaluations.inc({ verdict });
    },
    failed: ({ type, lasting }) => failures.inc({ type: type ?? 'none', lasting }),
    render: () => readNow().then(() => registry.metrics()),
  };
}
