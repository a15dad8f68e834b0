// A commit has one check, and several open changes may end with it: the worst of their verdicts is told there.
import type { ChangeRef } from '../model/change.ts';
import type { Decision, Verdict } from '../model/decision.ts';
import type { Check, StandingCheck } from '../model/effect.ts';
import type { ChangePage, ForgeReader } from '../ports/forge.ts';
import { renderCheck, renderCrowded, renderShared } from '../report/check.ts';
import { deliberate } from './deliberate.ts';
import { observe } from './gate.ts';
import type { GateRequest } from './gate.ts';
import { changesAt } from './head-changes.ts';
import { Answered } from './needs.ts';
import { createNeedReader } from './reader.ts';
import { readRemembered } from './remembered.ts';

/** What a head's check says. */
export interface Told {
  readonly verdict: Verdict;
  /** The change that it is the verdict of; null: of none alone. */
  readonly of: number | null;
  readonly check: Check;
  /** All changes that went into it. */
  readonly changes: readonly number[];
}

export interface HeadRequest extends Pick<GateRequest, 'configPath' | 'unconfigured' | 'offer' | 'at'> {
  readonly change: ChangeRef;
  readonly headSha: string;
  /** The other open changes of this head by GitHub's list; null: it was not read. */
  readonly listed: readonly number[] | null;
  readonly reader: ForgeReader;
  /** What stood on the head before its changes were read; undefined: the host has no memory. */
  readonly seen: StandingCheck | null | undefined;
}

/** Each costs an evaluation with every event of any of them; so many are no accident. */
const OTHERS_MAX = 10;
const RANK: Readonly<Record<Verdict, number>> = { pass: 0, neutral: 1, fail: 2 };

/** Of a change that nobody shares its head with, and of a merge group. */
export function tellAlone(decision: Decision, number: number): Told {
  return { verdict: decision.verdict, of: number, check: renderCheck(decision), changes: [number] };
}

/** Nearly every head is that of one change: then nothing is read. Where the verdict is a failure already, the others are not decided. */
export async function tellHead(decision: Decision, request: HeadRequest): Promise<Told> {
  const { number } = request.change;
  const listed = request.listed ?? (await changesAt(request.change, request.headSha, request)).map((ref) => ref.number);
  // A list is older than what was told here since.
  const others = [...new Set([...listed, ...(request.seen?.changes ?? [])])].filter((other) => other !== number).sort((a, b) => a - b);
  if (listed.length > OTHERS_MAX) return tellCrowd([number, ...listed]);
  let worst = { decision, of: number };
  const numbers = [number];
  for (const other of others) {
    const page = await request.reader.readChange({ ...request.change, number: other }, { configPath: request.configPath, hint: null });
    if (page.change.state !== 'open' || page.change.head.sha !== request.headSha) continue;
    numbers.push(other);
    const its = worst.decision.verdict === 'fail' ? worst.decision : await decideAgain(page, request);
    if (RANK[its.verdict] > RANK[worst.decision.verdict]) worst = { decision: its, of: other };
  }
  return numbers.length === 1 ? tellAlone(decision, number) : tellShared(worst.decision, { of: worst.of, numbers });
}

function tellShared(decision: Decision, { of, numbers }: { readonly of: number; readonly numbers: readonly number[] }): Told {
  const changes = numbers.toSorted((a, b) => a - b);
  return { verdict: decision.verdict, of, check: renderShared(renderCheck(decision), { of, numbers: changes }), changes };
}

function tellCrowd(numbers: readonly number[]): Told {
  const changes = numbers.toSorted((a, b) => a - b);
  return { verdict: 'fail', of: null, check: renderCrowded(changes), changes };
}

/** What another run said of it, found out anew; nothing of it is written. */
async function decideAgain(page: ChangePage, { reader, ...ways }: HeadRequest): Promise<Decision> {
  const read = createNeedReader(reader, page);
  const { state } = await readRemembered(page, { read, now: ways.at });
  return (await deliberate(observe({ ...ways, page }), { known: new Answered(), read, previous: state })).decision;
}
