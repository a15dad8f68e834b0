// $900 a month: a goal alone is not enough, what must not get worse is asked for.
import { infracostComment } from '../costs.ts';
import { DATABASES } from '../files.ts';
import type { PullSeed } from '../pull.ts';

export const BIGGER_DATABASE: PullSeed = {
  slug: 'orders-db-4xlarge',
  story: 'A bigger database class for $900 a month: guardrails are asked for.',
  title: 'Move the orders database to db.r6g.4xlarge',
  body: `## Hypothesis
A larger instance cuts the checkout's latency at peak, because the working set no longer fits into memory.

- checkout_p95 falls by 30% at peak
`,
  author: 'ben',
  labels: ['infrastructure'],
  files: { 'terraform/databases.tf': DATABASES.replace('db.r6g.xlarge', 'db.r6g.4xlarge') },
  comments: [{ by: 'infracost[bot]', body: infracostComment(900, 1_410) }],
  expects: {
    verdict: 'fail', inScope: true, tier: 'full', says: /guardrail|hypothesis/i, labels: ['hypothesis: needed', 'infrastructure'],
    comment: [/guardrail/i],
  },
};
