// A commit is asked about: its check by a person, or since one of its pull requests is gone. Every open one that ends with it is looked at.
import type { RepoRef } from '../model/change.ts';
import type { Trigger } from '../model/trigger.ts';
import { gateOne } from './gate-one.ts';
import type { Host, Outcome } from './handle.ts';
import { changesAt } from './head-changes.ts';
import { answerLeft } from './left.ts';

/** A check that was asked for again without a word of its change; a commit that was left is told so. Or that of a change that was closed: others may end with its head. */
export async function gateHead(trigger: Trigger & { kind: 'head' }, host: Host): Promise<Outcome> {
  const { repo, headSha, closed = null } = trigger;
  const outcomes = await gateAll(trigger, host);
  if (outcomes.length === 0 && closed !== null) return { kind: 'ignored', reason: `pull request #${closed} was closed: there is nothing left to gate` };
  if (outcomes.length === 0) await answerLeft(repo, { headSha, why: await whoseIs(repo, headSha, host) }, host);
  return { kind: 'swept', because: closed === null ? `the check of ${headSha.slice(0, 7)} was asked for again` : `pull request #${closed} was closed, and others end with its commit`, outcomes };
}

/** In a workflow this run's end is the newest check of the head where one of its changes was closed. */
export async function gateAll({ repo, headSha, pressed, event, delivery, at, closed = null }: Trigger & { kind: 'head' }, host: Host): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const change of (await changesAt(repo, headSha, host)).filter(({ number }) => number !== closed)) {
    const seen = await host.recall?.(repo, headSha);
    const gate: Trigger & { kind: 'gate' } = { kind: 'gate', change, hint: null, ownCheck: closed !== null, pressed, event, delivery, at };
    outcomes.push(await gateOne(gate, host, seen === undefined ? {} : { stood: { headSha, seen } }));
  }
  return outcomes;
}

/** What was closed or merged ended with it; what is open went on. After a forced push GitHub may know no more to which pull request a commit belonged. */
async function whoseIs(repo: RepoRef, sha: string, { reader }: Host): Promise<string> {
  const changes = await reader.readChangesWith(repo, sha);
  const ended = changes.find(({ state, headSha }) => state !== 'open' && headSha === sha);
  if (ended !== undefined) return `pull request #${ended.ref.number} is ${ended.state}`;
  return `superseded by ${changes.find(({ state }) => state === 'open')?.headSha?.slice(0, 7) ?? 'a newer commit'}`;
}
