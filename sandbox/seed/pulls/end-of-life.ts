// An engine that is no longer supported: a reason and a link, never a goal.
import { DATABASES } from '../files.ts';
import type { PullSeed } from '../pull.ts';

export const END_OF_LIFE: PullSeed = {
  slug: 'orders-postgres-16',
  story: 'An end-of-life upgrade: not asked for a goal.',
  title: 'Upgrade the orders database to PostgreSQL 16',
  body: 'PostgreSQL 13 reached its end of life: https://www.postgresql.org/support/versioning/\n',
  author: 'ben',
  labels: ['infrastructure'],
  files: { 'terraform/databases.tf': DATABASES.replace('13.20', '16.9') },
  comments: [],
  expects: { verdict: 'pass', inScope: true, tier: 'light', says: /reason and link/i, labels: ['infrastructure'], comment: null },
};
