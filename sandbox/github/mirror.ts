// Copies commits from git into the emulator: the same trees and commits there have the same hashes.
import type { GitRepository } from './git.ts';
import { personToken, type Upstream } from './upstream.ts';

interface Target {
  readonly git: GitRepository;
  readonly upstream: Upstream;
  /** `owner/repo` */
  readonly repository: string;
  /** Who may push there. */
  readonly pusher: string;
}

/** Brings a branch and the commits that it holds into the emulator. */
export async function mirrorBranch(target: Target, branch: string): Promise<void> {
  const sha = await target.git.resolve(`refs/heads/${branch}`);
  const missing: string[] = [];
  for (let next: string[] = [sha]; next.length > 0; ) {
    const commit = next.pop() as string;
    if (missing.includes(commit) || (await call(target, { method: 'GET', path: `/git/commits/${commit}` })).status === 200) continue;
    missing.push(commit);
    next = [...next, ...(await target.git.facts(commit)).parents];
  }
  for (const commit of missing.toReversed()) await mirrorCommit(target, commit);
  const moved = await call(target, { method: 'PATCH', path: `/git/refs/heads/${branch}`, body: { sha, force: true } });
  if (moved.status !== 200) await must(target, '/git/refs', { ref: `refs/heads/${branch}`, sha });
}

async function mirrorCommit(target: Target, commit: string): Promise<void> {
  const facts = await target.git.facts(commit);
  const tree = await mirrorTree(target, commit);
  if (tree !== facts.tree) throw new Error(`the emulator's tree of ${commit} differs from git's`);
  const person = { name: facts.author.name, email: facts.author.email, date: facts.author.date };
  const made = await must(target, '/git/commits', { message: facts.message, tree, parents: facts.parents, author: person, committer: person });
  if (made.sha !== commit) throw new Error(`the emulator's commit ${made.sha} differs from git's ${commit}`);
}

async function mirrorTree(target: Target, commit: string): Promise<string> {
  const listing = (await target.git.git(['ls-tree', '-r', '-z', commit])).toString('utf8').split('\0').filter(Boolean);
  const files = listing.map((line) => {
    const [facts = '', path = ''] = line.split('\t');
    const [mode = '', , sha = ''] = facts.split(' ');
    return { path, mode, sha };
  });
  const blobs = await target.git.readBlobs(files.map((file) => file.sha));
  const tree: unknown[] = [];
  for (const [index, { path, mode }] of files.entries()) {
    tree.push({ path, mode, type: 'blob', ...(await contentOf(target, blobs[index] as Buffer)) });
  }
  return (await must(target, '/git/trees', { tree })).sha;
}

/** A text goes along with its tree; anything else has to be stored as a blob first. */
async function contentOf(target: Target, bytes: Buffer): Promise<{ content: string } | { sha: string }> {
  const text = bytes.toString('utf8');
  if (Buffer.from(text).equals(bytes)) return { content: text };
  return { sha: (await must(target, '/git/blobs', { content: bytes.toString('base64'), encoding: 'base64' })).sha };
}

function call(target: Target, { method, path, body }: { readonly method: string; readonly path: string; readonly body?: unknown }): ReturnType<Upstream['request']> {
  return target.upstream.request(method, `/repos/${target.repository}${path}`, { token: personToken(target.pusher), ...(body !== undefined && { body }) });
}

async function must(target: Target, path: string, body: unknown): Promise<{ sha: string }> {
  const answer = await call(target, { method: 'POST', path, body });
  if (answer.status >= 300) throw new Error(`emulator: POST ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as { sha: string };
}
