// The hypothesis is a file of the repository that several changes share.
import { DATABASES } from '../files.ts';
import type { PullSeed } from '../pull.ts';

export const LINKED_FILE: PullSeed = {
  slug: 'sessions-larger-nodes',
  story: 'The hypothesis is a file of the repository.',
  title: 'Move sessions to larger cache nodes',
  body: 'Evictions every evening since the new basket.\n\nHypothesis: hypotheses/session-cache.md\n',
  author: 'ana',
  labels: [],
  files: { 'terraform/databases.tf': DATABASES.replace('cache.m6g.large', 'cache.m6g.2xlarge') },
  comments: [],
  expects: { verdict: 'pass', inScope: true, tier: 'light', says: /cache\.m6g|node_type/, labels: ['hypothesis: linked'], comment: null },
};
