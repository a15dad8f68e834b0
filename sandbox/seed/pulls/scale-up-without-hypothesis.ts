// Three times the pods and not a word why, as most scale-ups arrive; the shape of many in jenkins-infra/kubernetes-management.
import { ORDERS_VALUES } from '../files.ts';
import type { PullSeed } from '../pull.ts';

export const SCALE_UP_WITHOUT_HYPOTHESIS: PullSeed = {
  slug: 'orders-12-replicas',
  story: 'A scale-up without a hypothesis: the answer brings a draft.',
  title: 'Scale orders to 12 replicas',
  body: 'Orders has been slow since the spring sale.',
  author: 'ana',
  labels: ['team: shop'],
  files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 12') },
  comments: [],
  expects: {
    verdict: 'fail', inScope: true, tier: 'light', says: /hypothesis/i, labels: ['hypothesis: needed', 'team: shop'],
    comment: [/replicaCount/, /12/, /## Hypothesis/],
  },
};
