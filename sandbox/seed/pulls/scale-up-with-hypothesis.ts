// The same kind of change, argued for: claim, because, a goal and a guardrail.
import { ORDERS_VALUES } from '../files.ts';
import type { PullSeed } from '../pull.ts';

export const SCALE_UP_WITH_HYPOTHESIS: PullSeed = {
  slug: 'orders-10-replicas',
  story: 'A scale-up with a sound hypothesis: green, and the title carries the bet.',
  title: 'Scale orders to 10 replicas before the autumn sale',
  body: `## Hypothesis
Ten pods cut the checkout's latency at peak, because four saturate their worker threads from 18:00 on.

- checkout_p95 falls by 25% at peak
- guardrail: error_rate stays below 0.5%

Measure over 7 days, starting 1 hour after deploy to production. My odds: 75%.
`,
  author: 'ana',
  labels: [],
  files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 10') },
  comments: [],
  expects: { verdict: 'pass', inScope: true, tier: 'light', says: /replicaCount|replicas/, labels: ['hypothesis: linked'], comment: null },
};
