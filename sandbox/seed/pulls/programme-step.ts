// One of several steps: the programme has the hypothesis, the step one line.
import { DATABASES } from '../files.ts';
import type { PullSeed } from '../pull.ts';

export const PROGRAMME_STEP: PullSeed = {
  slug: 'orders-cache-third-zone',
  story: 'A step of a programme: one line is enough.',
  title: 'A third cache node, in the third zone',
  body: 'Step of #2\n',
  author: 'ana',
  labels: [],
  files: { 'terraform/databases.tf': DATABASES.replace('num_cache_clusters   = 2', 'num_cache_clusters   = 3') },
  comments: [],
  expects: { verdict: 'pass', inScope: true, tier: 'light', says: /step|#2/i, labels: ['hypothesis: linked'], comment: null },
};
