// What the writes themselves make necessary: a twin of our comment to remove, a refused re-run to ask a person for.
import type { Applied } from '../effects/apply.ts';
import { planGate } from '../effects/plan.ts';
import type { Effect } from '../model/effect.ts';
import type { ForgeReader } from '../ports/forge.ts';
import { askForRerun, asksForRerun } from '../report/rerun.ts';
import type { GateResult } from './gate.ts';
import { ownComments } from './remembered.ts';

/** What is known once a plan was carried out. */
export interface After {
  readonly result: GateResult;
  readonly applied: readonly Applied[];
  readonly reader: ForgeReader;
  readonly configPath: string;
}

/**
 * The plan after the plan; empty unless something was refused or, in the App, a comment was created.
 * Two runs at once may both create: each looks again, and the oldest stays. In a workflow the concurrency group and the next run do that.
 */
export async function planAftermath(after: After, check: 'job' | 'check-run'): Promise<readonly Effect[]> {
  const did = (kind: Effect['kind'], became: 'done' | 'refused'): boolean => after.applied.some(({ effect, outcome }) => effect.kind === kind && outcome.kind === became);
  if (check === 'check-run' && did('create-comment', 'done')) return planTwins(after);
  return did('rerun', 'refused') ? planAsking(after) : [];
}

async function planTwins({ result, reader, configPath }: After): Promise<readonly Effect[]> {
  const own = ownComments(await reader.readChange(result.desired.change, { configPath, hint: null }));
  const plan = planGate({ ...result.now, own }, result.desired, result.decision.at);
  return plan.filter(({ kind }) => kind === 'delete-comment');
}

async function planAsking({ result, reader, configPath }: After): Promise<readonly Effect[]> {
  const [own] = ownComments(await reader.readChange(result.desired.change, { configPath, hint: null }));
  if (own === undefined || asksForRerun(own.body)) return [];
  return [{ kind: 'edit-comment', change: result.desired.change, commentId: own.id, body: askForRerun(own.body) }];
}
