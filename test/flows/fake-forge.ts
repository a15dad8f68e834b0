// A hand-made GitHub for flow tests: one pull request in memory, every read counted, every effect carried out.
import type { Account, Change, Comment, FileDiff, Permission } from '../../src/model/change.ts';
import type { Effect, EffectOutcome, Reaction } from '../../src/model/effect.ts';
import type { ForgeReader, ForgeWriter, IssueText, OwnCheck } from '../../src/ports.ts';

/** What a test sets up; everything has a quiet default. */
export interface World {
  change: Change;
  files: FileDiff[];
  comments: Comment[];
  /** Texts by `owner/repo:path`. */
  texts: Map<string, string>;
  issues: Map<string, IssueText>;
  permissions: Map<string, Permission>;
  /** Who set which label last. */
  labelers: Map<string, Account | null>;
  /** Members by `org/team`; a team that isn't here can't be seen. */
  teams: Map<string, readonly string[]>;
  ownCheck: OwnCheck | null;
  /** Our own reactions by the comment's id. */
  reactions: Map<number, Reaction[]>;
  /** Kinds of effects that are refused with 403. */
  refused: Set<Effect['kind']>;
  reads: string[];
  effects: Effect[];
}

export const REPO = { owner: 'acme', repo: 'infra' };
export const ME = 'github-actions[bot]';

/** A modified file out of its hunk lines. */
export function file(path: string, ...hunk: readonly string[]): FileDiff {
  const removed = hunk.filter((line) => !line.startsWith('+')).length;
  const added = hunk.filter((line) => !line.startsWith('-')).length;
  return { path, previousPath: null, status: 'modified', patch: [`@@ -1,${removed} +1,${added} @@`, ...hunk].join('\n') };
}

export function createWorld(change: Partial<Change> = {}): World {
  return {
    change: {
      ref: { ...REPO, number: 7 }, title: 'Change something', body: '', author: { login: 'ada', type: 'User' }, labels: [], state: 'open', draft: false,
      base: { ref: 'main', sha: 'b'.repeat(40) }, head: { ref: 'topic', sha: 'a'.repeat(40), repo: REPO, pushedAt: '2026-05-05T09:00:00Z' },
      visibility: 'private', changedFiles: 0, ...change,
    },
    files: [], comments: [], texts: new Map(), issues: new Map(), permissions: new Map([['ada', 'write']]), labelers: new Map(), teams: new Map(), ownCheck: null, reactions: new Map(), refused: new Set(), reads: [], effects: [],
  };
}

export function say(world: World, login: string, body: string): void {
  world.comments.push({ id: 100 + world.comments.length, author: { login, type: 'User' }, mine: false, body, createdAt: '2026-05-05T09:30:00Z', editor: null });
}

export function createReader(world: World): ForgeReader {
  const note = (what: string): void => void world.reads.push(what);
  const textAt = (key: string): { kind: 'text'; text: string } | { kind: 'absent' } => {
    const text = world.texts.get(key);
    return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
  };
  return {
    readChange: async (ref, { configPath }) => {
      note('change');
      return {
        change: { ...world.change, changedFiles: world.files.length }, comments: [...world.comments], commentsComplete: true, commentCount: world.comments.length,
        config: textAt(`${ref.owner}/${ref.repo}:${configPath}`), labelers: new Map(world.labelers), closing: [], viewer: { login: ME, type: 'Bot' },
      };
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
    readComments: async () => [],
    readOpenChanges: async () => (world.change.state === 'open' ? [{ ref: world.change.ref, body: world.change.body }] : []),
  };
}

export function createWriter(world: World): ForgeWriter {
  return {
    perform: async (effect): Promise<EffectOutcome> => {
      world.effects.push(effect);
      if (world.refused.has(effect.kind)) return { kind: 'refused', reason: 'Resource not accessible by integration', permission: 'pull-requests: write' };
      perform(world, effect);
      return { kind: 'done' };
    },
  };
}

function perform(world: World, effect: Effect): void {
  const { labels } = world.change;
  if (effect.kind === 'create-comment') world.comments.push({ id: 1000 + world.comments.length, author: { login: ME, type: 'Bot' }, mine: true, body: effect.body, createdAt: '2026-05-05T10:00:00Z', editor: null });
  if (effect.kind === 'edit-comment') world.comments = world.comments.map((comment) => (comment.id === effect.commentId ? { ...comment, body: effect.body } : comment));
  if (effect.kind === 'delete-comment') world.comments = world.comments.filter((comment) => comment.id !== effect.commentId);
  if (effect.kind === 'add-label') world.change = { ...world.change, labels: [...labels, effect.label.name] };
  if (effect.kind === 'remove-label') world.change = { ...world.change, labels: labels.filter((name) => name !== effect.name) };
  if (effect.kind === 'react') world.reactions.set(effect.commentId, [...(world.reactions.get(effect.commentId) ?? []), effect.content]);
  if (effect.kind === 'rerun') world.ownCheck = { conclusion: 'running', jobId: effect.jobId };
}
