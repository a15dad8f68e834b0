// The forge of flow tests over a hand-made GitHub: every read noted, every effect carried out.
import { SetupError } from '../../src/errors.ts';
import type { Account, Change } from '../../src/model/change.ts';
import type { EffectOutcome } from '../../src/model/effect.ts';
import type { ForgeReader, ForgeWriter, OpenChange } from '../../src/ports/forge.ts';
import { allComments, commentsOf, labelsByNumber, ME, REPO } from './fake-world.ts';
import type { World } from './fake-world.ts';
import { perform } from './fake-writes.ts';

export { createWorld, file, say } from './fake-world.ts';
export type { World } from './fake-world.ts';

const VIEWER: Account = { login: ME, type: 'Bot' };

const openChange = ({ ref, head, base, body }: Change): OpenChange => ({ ref, headSha: head.sha, baseRef: base.ref, body });

const openIn = (world: World): readonly Change[] => [world.change, ...world.others].filter(({ state }) => state === 'open');

export function createReader(world: World): ForgeReader {
  const note = (what: string): void => void world.reads.push(what);
  const textAt = (key: string): { kind: 'text'; text: string } | { kind: 'absent' } => {
    const text = world.texts.get(key);
    return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
  };
  return {
    readChange: async (ref, { configPath }) => {
      note('change');
      const own = ref.number === world.change.ref.number;
      const change = own ? { ...world.change, changedFiles: world.files.length } : world.others.find((other) => other.ref.number === ref.number);
      if (change === undefined) throw new SetupError(`GitHub does not find pull request ${ref.owner}/${ref.repo}#${ref.number} (404)`, '');
      const comments = [...commentsOf(world, ref.number)];
      return {
        change, comments, commentsComplete: true, commentCount: comments.length,
        config: textAt(`${ref.owner}/${ref.repo}:${configPath}`), labelers: new Map(world.labelers), closing: [], viewer: VIEWER, dashboard: world.dashboard,
        sameHead: { numbers: openIn(world).filter(({ ref: { number }, head }) => number !== ref.number && head.sha === change.head.sha).map(({ ref: { number } }) => number), complete: true },
      };
    },
    readHead: async (ref) => {
      note(`head ${ref.number}`);
      const found = [world.change, ...world.others].find((one) => one.ref.number === ref.number);
      if (found === undefined) throw new SetupError(`GitHub does not find pull request ${ref.owner}/${ref.repo}#${ref.number} (404)`, '');
      return { state: found.state, headSha: found.head.sha };
    },
    readFiles: async (_, page) => {
      note(`files ${page}`);
      return world.files.slice((page - 1) * 100, page * 100);
    },
    readText: async (repo, path) => {
      note(`text ${path}`);
      return textAt(`${repo.owner}/${repo.repo}:${path}`);
    },
    readOlderText: async (_, path, { nth }) => {
      note(`older ${nth}`);
      return textAt(`${nth}:${path}`);
    },
    readIssue: async (repo, number) => {
      note(`issue ${number}`);
      const issue = world.issues.get(`${repo.owner}/${repo.repo}#${number}`);
      return issue ? { kind: 'issue', issue } : repo.repo === REPO.repo ? { kind: 'absent' } : { kind: 'forbidden', why: `Cannot read ${repo.owner}/${repo.repo}#${number}: this workflow's token reads only its own repository.` };
    },
    readAccess: async (repo, login) => {
      note(`access ${repo.owner}/${repo.repo} ${login}`);
      const found = world.elsewhere.get(`${repo.owner}/${repo.repo}`);
      const isOpen = found !== undefined && (found.visibility === 'public' || (login !== null && found.readers.includes(login)));
      return { sight: isOpen ? { repo, visibility: found.visibility } : null, why: "this workflow's token reads only its own repository" };
    },
    readPermission: async (_, login) => {
      note(`permission ${login}`);
      return world.permissions.get(login) ?? 'read';
    },
    readMembership: async (team, login) => {
      note(`membership ${team} ${login}`);
      const members = world.teams.get(team);
      return members === undefined ? 'unreadable' : members.includes(login) ? 'member' : 'none';
    },
    readArtifact: async () => ({ kind: 'absent' }),
    readOwnCheck: async () => world.ownCheck,
    readOwnReactions: async (_, commentId) => world.reactions.get(commentId) ?? [],
    readLastMerged: async () => {
      note('last merged');
      return world.past;
    },
    readOpenChanges: async () => openIn(world).map(openChange),
    readChangesWith: async (_, sha) => [world.change, ...world.others].filter(({ ref, head }) => head.sha === sha || world.left.get(sha) === ref.number).map(({ ref, state, head }) => ({ ref, state, headSha: head.sha })),
    readDashboard: async () => {
      note('dashboard');
      return world.dashboard;
    },
    readCommentsById: async (_, nodeIds) => {
      note(`comments by id ${nodeIds.length}`);
      return nodeIds.map((id) => allComments(world).find((comment) => comment.nodeId === id) ?? null);
    },
    readRevisions: async (_, nodeIds) => {
      note(`revisions ${nodeIds.length}`);
      return nodeIds.map((id) => (allComments(world).some((comment) => comment.nodeId === id) ? (world.revisions.get(id) ?? []) : null));
    },
    readConversation: async ({ number }) => {
      note(`conversation ${number}`);
      return { comments: [...commentsOf(world, number)], locked: world.locked.has(number), viewer: VIEWER };
    },
    readApproval: async ({ number }) => {
      note(`approval ${number}`);
      return world.approvals.get(number)?.at(-1) ?? null;
    },
    readDeployments: async (_, { environment, since }) => {
      note(`deployments ${environment}`);
      return world.deployments.filter((deployment) => deployment.environment === environment && deployment.createdAt >= since).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    },
    readReleases: async (_, since) => {
      note('releases');
      return world.releases.filter(({ publishedAt }) => publishedAt >= since).sort((a, b) => b.publishedAt.localeCompare(a.publishedAt));
    },
    readContains: async (_, at) => {
      note(`contains ${at.sha.slice(0, 7)} in ${at.in.slice(0, 7)}`);
      return at.sha === at.in || (world.contained.get(at.sha)?.includes(at.in) ?? null);
    },
    readLabelled: async (_, label) => {
      note(`labelled ${label}`);
      return labelsByNumber(world).filter(([, labels]) => labels.includes(label)).map(([number]) => number);
    },
    readMergedSince: async (_, since) => {
      note('merged');
      const merged = [world.change, ...world.others].filter((change) => change.merged !== null && change.merged.at >= since);
      return merged.sort((a, b) => (b.merged?.at ?? '').localeCompare(a.merged?.at ?? '')).map(({ ref, title, body, merged: how }) => ({ ref, title, body, mergedAt: how?.at ?? '', mergeSha: how?.sha ?? null }));
    },
  };
}

export function createWriter(world: World): ForgeWriter {
  return {
    perform: async (effect): Promise<EffectOutcome> => {
      world.effects.push(effect);
      if (world.refused.has(effect.kind)) return { kind: 'refused', reason: 'Resource not accessible by integration', permission: 'pull-requests: write' };
      return perform(world, effect);
    },
  };
}

