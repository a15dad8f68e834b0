// The bet began in an issue; the pull request only names it.
import { ORDERS_VALUES } from '../files.ts';
import type { PullSeed } from '../pull.ts';

export const LINKED_ISSUE: PullSeed = {
  slug: 'orders-cpu',
  story: 'The hypothesis is in an issue: one line links it.',
  title: 'Give orders four times the CPU',
  body: 'Hypothesis: #1\n',
  author: 'ben',
  labels: [],
  files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('cpu: 500m', 'cpu: "2"') },
  comments: [],
  expects: { verdict: 'pass', inScope: true, tier: 'light', says: /cpu/i, labels: ['hypothesis: linked'], comment: null },
};
