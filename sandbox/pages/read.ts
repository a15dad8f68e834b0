// What the pages show, read from the emulated GitHub: pull requests with their check, conversations, diffs.
import { readAllComments } from '../github/graphql/comments.ts';
import { readDiffText } from '../github/diff.ts';
import { gitOf, type Layer } from '../github/layer.ts';
import { type Pull, readPull } from '../github/pulls.ts';
import { personToken, STAGEHAND } from '../github/upstream.ts';
import { type Check, readCheck } from '../read-check.ts';

const token = personToken(STAGEHAND);

export interface Row {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly state: 'open' | 'merged' | 'closed' | 'draft';
  readonly labels: readonly string[];
  readonly check: Check | null;
}

export interface Words {
  readonly id: number;
  readonly author: string;
  readonly at: string;
  /** When it was last changed; null where it stands as it was written. */
  readonly edited: string | null;
  readonly reactions: readonly string[];
  readonly body: string;
}

export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly at: string;
  readonly state: string;
  readonly body: string;
  readonly labels: readonly string[];
}

interface Listed extends Pull {
  readonly pull_request?: unknown;
}

async function ask<T>(layer: Layer, path: string): Promise<T | null> {
  const { status, body } = await layer.upstream.request('GET', path, { token });
  return status === 200 ? (body as T) : null;
}

/** The pull requests of a repository, newest first. */
export async function readRows(layer: Layer, repository: string): Promise<readonly Row[]> {
  const pulls = (await ask<readonly Pull[]>(layer, `/repos/${repository}/pulls?state=all&per_page=100`)) ?? [];
  return Promise.all(pulls.toSorted((a, b) => b.number - a.number).map((pull) => rowOf(layer, repository, pull)));
}

async function rowOf(layer: Layer, repository: string, pull: Pull): Promise<Row> {
  const tip = pull.state === 'open' ? await gitOf(layer, repository).find(`refs/heads/${pull.head.ref}`) : null;
  return {
    repository, number: pull.number, title: pull.title, author: pull.user?.login ?? 'ghost', labels: pull.labels.map(({ name }) => name), check: await readCheck(layer, repository, tip ?? pull.head.sha),
    state: pull.merged_at !== null ? 'merged' : pull.state !== 'open' ? 'closed' : pull.draft ? 'draft' : 'open',
  };
}

export interface Whole extends Row {
  readonly body: string;
  readonly at: string;
  readonly branch: string;
  readonly diff: string;
  readonly words: readonly Words[];
}

export async function readWhole(layer: Layer, repository: string, number: number): Promise<Whole> {
  const pull = await readPull(layer, { repository, number, token });
  const [row, diff, words] = await Promise.all([rowOf(layer, repository, pull), readDiffText(gitOf(layer, repository), pull.base.sha, pull.head.sha), readWords(layer, repository, number)]);
  return { ...row, body: pull.body ?? '', at: pull.created_at, branch: pull.head.ref, diff, words };
}

export async function readWords(layer: Layer, repository: string, number: number): Promise<readonly Words[]> {
  const comments = await readAllComments(layer, `/repos/${repository}/issues/${number}`, token);
  return comments.map(({ id, user, created_at, body }) => {
    const key = `${repository}/comments/${id}`;
    return { id, author: user?.login ?? 'ghost', at: created_at, edited: layer.store.edits.get(key)?.at(-1)?.at ?? null, reactions: (layer.store.reactions.get(key) ?? []).map(({ content }) => content), body: body ?? '' };
  });
}

/** The issue of a number; null where it is a pull request, or nothing. */
export async function readIssue(layer: Layer, repository: string, number: number): Promise<Issue | null> {
  const found = await ask<Listed>(layer, `/repos/${repository}/issues/${number}`);
  if (found === null || found.pull_request !== undefined) return null;
  return { number, title: found.title, author: found.user?.login ?? 'ghost', at: found.created_at, state: found.state, body: found.body ?? '', labels: found.labels.map(({ name }) => name) };
}

/** The issues of a repository, pull requests aside. */
export async function readIssues(layer: Layer, repository: string): Promise<readonly Issue[]> {
  const all = (await ask<readonly Listed[]>(layer, `/repos/${repository}/issues?state=all&per_page=100`)) ?? [];
  const issues = await Promise.all(all.filter(({ pull_request: pull }) => pull === undefined).map(({ number }) => readIssue(layer, repository, number)));
  return issues.filter((issue) => issue !== null).toSorted((a, b) => a.number - b.number);
}
