// A criterion with a condition that no metric means: it is never dropped, but named.
import { ORDERS_VALUES } from '../files.ts';
import type { PullSeed } from '../pull.ts';

export const UNREADABLE_CRITERION: PullSeed = {
  slug: 'orders-9-replicas',
  story: 'A criterion that cannot be read: the exact line and what to write instead.',
  title: 'Scale orders to 9 replicas',
  body: `## Hypothesis
More pods make the checkout faster, because the queue in front of them is never empty.

- checkout_p95 < 300 ms under normal load
- guardrail: error_rate stays below 0.5%
`,
  author: 'ben',
  labels: [],
  files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 9') },
  comments: [],
  expects: {
    verdict: 'fail', inScope: true, tier: 'light', says: /hypothesis|criteri/i, labels: ['hypothesis: needed'],
    comment: [/under normal load/, /when/, /evidence/],
  },
};
