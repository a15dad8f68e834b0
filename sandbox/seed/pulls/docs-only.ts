// Documentation: nothing to bet on, nothing to say.
import type { PullSeed } from '../pull.ts';

export const DOCS_ONLY: PullSeed = {
  slug: 'docs-on-call',
  story: 'Documentation only: a passing check and silence.',
  title: 'Say who is on call at weekends',
  body: 'Nobody found it last Sunday.',
  author: 'ben',
  labels: ['documentation'],
  files: { 'docs/on-call.md': '# On call\n\nAsk the person on the rota first. At weekends that is the platform team.\n' },
  comments: [],
  expects: { verdict: 'pass', inScope: false, tier: 'none', says: /not in scope/i, labels: ['documentation'], comment: null },
};
