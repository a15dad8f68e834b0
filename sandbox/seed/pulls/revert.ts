// The way back has to be open at any hour: GitHub's own Revert button made this one.
import { ORDERS_VALUES } from '../files.ts';
import type { PullSeed } from '../pull.ts';

export const REVERT: PullSeed = {
  slug: 'revert-3-orders-4-replicas',
  story: 'A revert: exempt, whatever it scales.',
  title: 'Revert "Scale orders down to 4 replicas"',
  body: 'Reverts harbour-goods/platform#3\n',
  author: 'ana',
  labels: [],
  files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 16') },
  comments: [],
  expects: { verdict: 'pass', inScope: false, tier: 'none', says: /revert/i, labels: [], comment: null },
};
