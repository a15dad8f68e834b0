// Decides a made-up change while the first answers are under way: the real decision then finds its patterns compiled.
import { decideChange } from '../src/flows/decide.ts';
import { Answered } from '../src/flows/needs.ts';
import type { ObservedChange } from '../src/flows/observed.ts';
import type { FileDiff } from '../src/model/change.ts';
import { renderGateComment } from '../src/report/comment.ts';
import { renderJson } from '../src/report/json.ts';
import { renderSummary } from '../src/report/summary.ts';

const AT = '2026-01-01T00:00:00.000Z';
const PATCH = '@@ -1,3 +1,3 @@\n spec:\n-  replicas: 3\n+  replicas: 12\n   paused: false';

/** Deciding is pure, so this changes nothing; without it the first decision of a process takes three times as long. */
export function rehearse(): void {
  const files: readonly FileDiff[] = ['deploy/orders/deployment.yaml', 'src/orders/main.ts'].map((path) => ({ path, previousPath: null, status: 'modified', patch: PATCH }));
  const known = new Answered();
  known.set({ kind: 'files', page: 1 }, files);
  const deciding = decideChange(madeUp(files.length), known, null);
  if (deciding.kind !== 'decided') return;
  renderGateComment(deciding.decision);
  renderSummary(deciding.decision);
  renderJson(deciding.decision);
}

function madeUp(count: number): ObservedChange {
  const ref = { owner: 'acme', repo: 'shop', number: 1 };
  return {
    change: { ref, title: 'Scale orders', body: '## Hypothesis\nMore replicas cut latency, because the queue is full.\n\n- p95(orders) < 300 ms\n', author: null, labels: [], draft: false, headSha: null },
    repo: { owner: ref.owner, repo: ref.repo },
    visibility: 'public', files: { kind: 'paged', count }, comments: [], config: { kind: 'text', text: 'scope:\n  paths: ["src/**"]\n' },
    configPath: '.github/yardstick.yml', baseRef: 'main', closing: [], pushedAt: null, cost: null, unconfigured: 'defaults-apply', at: AT,
  };
}
