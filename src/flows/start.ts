// Looks for the signs of an effect: deployments and releases that contain the merge, another change's effect, a revert, a rollback.
import { effectOf, withEffects, type Sign, type Signs } from '../experiment/effect-start.ts';
import type { Heard } from '../experiment/heard.ts';
import type { ChangeRef } from '../model/change.ts';
import type { Experiment, Member, Withdrawal } from '../model/experiment.ts';
import type { Deployment } from '../ports/forge.ts';
import type { Caretaker } from './caretaker.ts';
import { sameRepo } from './elsewhere.ts';

/** The newest deployments are tested for containment first; more than this many are not. */
const DEPLOYMENTS_MAX = 20;

/** The experiment with every effect that can be seen by now. */
export async function startClock(experiment: Experiment, { caretaker, deployed }: { readonly caretaker: Caretaker; readonly deployed: Heard['deployed'] }): Promise<Experiment> {
  if (experiment.result !== null) return experiment;
  const effects = await Promise.all(experiment.members.map(async (member) => {
    if (member.effect !== null && deployed === null) return member.effect;
    const signs = await readSigns(experiment, member, { caretaker, deployed });
    return effectOf(member, { start: experiment.schedule.start, signs, now: caretaker.at });
  }));
  return withEffects(experiment, effects);
}

interface Looking {
  readonly caretaker: Caretaker;
  readonly deployed: Heard['deployed'];
}

async function readSigns(experiment: Experiment, member: Member, { caretaker, deployed }: Looking): Promise<Signs> {
  const { start } = experiment.schedule;
  const [deployments, releases, other] = await Promise.all([
    start.kind === 'deployment' ? readDeployments(start.environment, member, caretaker) : [],
    start.kind === 'release' ? readReleases(member, caretaker) : [],
    start.kind === 'change' ? readOther(start.ref, experiment, caretaker) : null,
  ]);
  return { deployments, releases, other, told: deployed === null ? null : { at: deployed.at, text: `/yardstick deployed by ${deployed.by}` } };
}

async function readDeployments(environment: string, member: Member, caretaker: Caretaker): Promise<readonly Sign[]> {
  const { mergeSha } = member;
  if (mergeSha === null) return [];
  const all = await caretaker.deployments(environment, member.mergedAt);
  const candidates = all.filter(({ succeededAt, createdAt }) => succeededAt !== null && createdAt >= member.mergedAt.slice(0, 10)).toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)).slice(0, DEPLOYMENTS_MAX);
  const contained = await Promise.all(candidates.map(({ sha }) => (sha === mergeSha ? true : caretaker.contains(mergeSha, sha))));
  return candidates.filter((_, i) => contained[i] === true).map(signOf);
}

function signOf({ id, environment, creator, succeededAt, createdAt }: Deployment): Sign {
  return { at: succeededAt ?? createdAt, text: `deployment ${id} to ${environment}${creator === null ? '' : ` by ${creator}`}` };
}

async function readReleases(member: Member, caretaker: Caretaker): Promise<readonly Sign[]> {
  const { mergeSha } = member;
  if (mergeSha === null) return [];
  const since = (await caretaker.releases(member.mergedAt)).filter(({ publishedAt }) => publishedAt >= member.mergedAt);
  const contained = await Promise.all(since.slice(0, DEPLOYMENTS_MAX).map(({ tag }) => caretaker.contains(mergeSha, tag)));
  return since.filter((_, i) => contained[i] === true).map(({ tag, publishedAt }) => ({ at: publishedAt, text: `release ${tag}` }));
}

/** The other change counts from its merge: what it deploys is its own repository's business. */
async function readOther(reference: string, { owner }: Experiment, caretaker: Caretaker): Promise<Sign | null> {
  const change = changeOf(reference, caretaker);
  if (change === null || !(await mayLook(change, owner, caretaker))) return null;
  const { page } = await caretaker.visit(change);
  return page.change.merged === null ? null : { at: page.change.merged.at, text: `the merge of ${reference}` };
}

/** Of a pull request that its owner may not read the clock tells nothing, not even when it merged. */
async function mayLook(change: ChangeRef, owner: string | null, { host, repo }: Caretaker): Promise<boolean> {
  return sameRepo(change, repo) || (await host.reader.readAccess({ owner: change.owner, repo: change.repo }, owner)).sight !== null;
}

function changeOf(reference: string, { repo }: Caretaker): ChangeRef | null {
  const match = /^(?:([\w.-]{1,100})\/([\w.-]{1,100}))?#(\d{1,10})$/.exec(reference);
  return match === null ? null : { owner: match[1] ?? repo.owner, repo: match[2] ?? repo.repo, number: Number(match[3]) };
}

/** Why nothing is left to judge: reverted, or rolled back, before the verdict. Null while it stands. */
export async function findReversal(experiment: Experiment, caretaker: Caretaker): Promise<Withdrawal | null> {
  if (experiment.result !== null || experiment.withdrawal !== null) return null;
  return (await findRevert(experiment, caretaker)) ?? (await findRollback(experiment, caretaker));
}

async function findRevert({ members }: Experiment, caretaker: Caretaker): Promise<Withdrawal | null> {
  const since = members.map(({ mergedAt }) => mergedAt).toSorted()[0];
  if (since === undefined) return null;
  const merged = await caretaker.mergedSince(since);
  const reverts = members.map(({ change, mergeSha, mergedAt }) => merged.find((later) => later.mergedAt >= mergedAt && revertsChange(later.body, change, mergeSha)));
  const last = reverts.every((revert) => revert !== undefined) ? reverts.flatMap((revert) => (revert === undefined ? [] : [revert])).toSorted((a, b) => (a.mergedAt < b.mergedAt ? 1 : -1))[0] : undefined;
  return last === undefined ? null : { why: 'reverted', by: null, reason: `#${last.ref.number} reverted it`, at: last.mergedAt };
}

/** GitHub's own words in the body of a revert, and git's. */
function revertsChange(body: string, { owner, repo, number }: ChangeRef, mergeSha: string | null): boolean {
  const text = body.slice(0, 20_000).toLowerCase();
  const named = [`reverts #${number}`, `reverts ${owner}/${repo}#${number}`.toLowerCase()].some((words) => new RegExp(`${words.replaceAll('.', '\\.')}(?!\\d)`).test(text));
  return named || (mergeSha !== null && text.includes(`this reverts commit ${mergeSha.slice(0, 40)}`));
}

/** What runs in production now no longer contains it, though it once did. */
async function findRollback({ members, schedule, effect }: Experiment, caretaker: Caretaker): Promise<Withdrawal | null> {
  if (schedule.start.kind !== 'deployment' || effect?.how !== 'deployment') return null;
  const since = members.map(({ mergedAt }) => mergedAt).toSorted()[0] ?? effect.at;
  const newest = (await caretaker.deployments(schedule.start.environment, since)).find(({ succeededAt }) => succeededAt !== null);
  if (newest === undefined || (newest.succeededAt ?? '') <= effect.at) return null;
  const inside = await Promise.all(members.map(({ mergeSha }) => (mergeSha === null || mergeSha === newest.sha ? true : caretaker.contains(mergeSha, newest.sha))));
  return inside.some((contained) => contained !== false) ? null : { why: 'reverted', by: newest.creator, reason: `deployment ${newest.id} to ${newest.environment} no longer contains it`, at: newest.succeededAt ?? newest.createdAt };
}
