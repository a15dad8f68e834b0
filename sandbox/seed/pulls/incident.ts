// A fix at three in the morning: nothing is asked before the merge.
import { ORDERS_VALUES } from '../files.ts';
import type { PullSeed } from '../pull.ts';

export const INCIDENT: PullSeed = {
  slug: 'orders-24-replicas-now',
  story: 'An incident fix at 3 am: it passes, and the answer begins with the way out.',
  title: 'Orders is down: 24 replicas',
  body: '',
  author: 'ben',
  labels: ['incident'],
  files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 24') },
  comments: [],
  expects: { verdict: 'pass', inScope: true, tier: 'full', says: /incident|repair/i, labels: ['incident'], comment: null },
};
