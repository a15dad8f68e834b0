// Two more pods of a small deployment: an auto-bet, green and silent.
import { MAILER_DEPLOYMENT } from '../files.ts';
import type { PullSeed } from '../pull.ts';

export const SMALL_REPLICAS: PullSeed = {
  slug: 'mailer-4-replicas',
  story: 'Two more replicas of a small deployment: green and silent.',
  title: 'mailer: 4 replicas',
  body: 'Newsletters take too long.',
  author: 'ana',
  labels: [],
  files: { 'deploy/mailer.yaml': MAILER_DEPLOYMENT.replace('replicas: 2', 'replicas: 4') },
  comments: [],
  expects: { verdict: 'pass', inScope: true, tier: 'auto-bet', says: /replicas/, labels: [], comment: null },
};
