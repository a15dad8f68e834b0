// Saving asks nothing new: the guardrails are chosen, and must be proven harmless later.
import { infracostComment } from '../costs.ts';
import { DATABASES } from '../files.ts';
import type { PullSeed } from '../pull.ts';

export const SCALE_DOWN: PullSeed = {
  slug: 'sessions-smaller-nodes',
  story: 'A scale-down: nothing new is asked.',
  title: 'Sessions fit into cache.m6g.medium',
  body: 'The nodes have been three quarters empty since June.',
  author: 'ana',
  labels: [],
  files: { 'terraform/databases.tf': DATABASES.replace('cache.m6g.large', 'cache.m6g.medium') },
  comments: [{ by: 'infracost[bot]', body: infracostComment(-110, 1_410) }],
  expects: { verdict: 'pass', inScope: true, tier: 'light', says: /cache\.m6g|saves|110/, labels: [], comment: null },
};
