// What the gate gives before it asks: pre-flight facts of each criterion, and what earlier verdicts say of the same bet.
import { keyOfDecision } from '../experiment/lock.ts';
import { recall } from '../experiment/memory.ts';
import { parseCommands } from '../gate/commands.ts';
import { mayCommand } from '../gate/spoken-lines.ts';
import { renderMetric } from '../metric-name.ts';
import type { Config } from '../model/config.ts';
import type { Decision } from '../model/decision.ts';
import type { Permission } from '../model/change.ts';
import type { PreflightFinding } from '../model/preflight.ts';
import type { ChangePage } from '../ports/forge.ts';
import type { MetricReader } from '../ports/metrics.ts';
import type { NeedReader } from './needs.ts';
import { preflight } from './preflight.ts';
import { ledgerOf } from './records.ts';

export interface InsightRequest {
  readonly page: ChangePage;
  readonly config: Config;
  readonly metrics: MetricReader | null;
  readonly read: NeedReader;
}

/** The decision with what helps to argue it. Neither changes a verdict, and neither is read where nothing is asked or promised. */
export async function withInsight(decision: Decision, request: InsightRequest): Promise<Decision> {
  const { page, config } = request;
  if (!decision.inScope || decision.tier === 'auto-bet' || decision.mode === 'observe') return decision;
  const metrics = decision.hypothesis?.criteria.map(({ metric }) => renderMetric(metric)) ?? [];
  const memory = recall(ledgerOf(page.dashboard).entries, { facts: decision.facts, metrics, key: keyOfDecision(decision, page.change.ref) });
  return { ...decision, memory, preflight: await lookAhead(decision, { ...request, config }) };
}

async function lookAhead({ hypothesis, at }: Decision, request: InsightRequest): Promise<readonly PreflightFinding[]> {
  const { metrics: reader, config } = request;
  if (reader === null || hypothesis === null || hypothesis.criteria.length === 0 || config.metrics.size === 0) return [];
  // Of what is not offered here there are no values.
  const open = (name: string): boolean => config.metrics.get(name)?.public === true || config.withheld.has(name);
  const mayAll = await mayReadersSee(request);
  const criteria = mayAll ? hypothesis.criteria : hypothesis.criteria.filter(({ metric }) => open(metric.name));
  return criteria.length === 0 ? [] : preflight({ hypothesis: { ...hypothesis, criteria }, config, reader, at });
}

const WRITERS: readonly Permission[] = ['write', 'maintain', 'admin'];

/** Values are told where only the team reads and its author belongs to it; elsewhere after somebody with write access asked for them. */
async function mayReadersSee({ page, read }: InsightRequest): Promise<boolean> {
  const { author, visibility } = page.change;
  const mayWrite = async (login: string): Promise<boolean> => WRITERS.includes(await read({ kind: 'permission', login }));
  if (visibility !== 'public' && author !== null && author.type === 'User' && (await mayWrite(author.login))) return true;
  const asking = page.comments.filter(({ mine, author: by, editor, body }) => !mine && by !== null && editor === null && mayCommand(body) && parseCommands(body).some(({ name }) => name === 'check'));
  const logins = [...new Set(asking.flatMap(({ author: by }) => (by === null ? [] : [by.login])))].slice(0, 5);
  return (await Promise.all(logins.map(mayWrite))).includes(true);
}
