// Files and comparisons at any ref, read from git: JSON, raw bytes, folders.
import { type Answer, type Ask, fullName, paged, param, Refusal } from './exchange.ts';
import { parseChangedFiles, readDiffText } from './diff.ts';
import { gitOf, type Layer } from './layer.ts';
import { readPull, type Pull } from './pulls.ts';
import { route, type Route } from './route.ts';

/** GitHub gives no text over this size in the JSON form, and nothing over 100 MB at all. */
const LARGEST_JSON = 1_000_000;

async function readContents(ask: Ask, layer: Layer): Promise<Answer> {
  const repository = fullName(ask);
  await seen(ask, layer, repository);
  const git = gitOf(layer, repository);
  const path = param(ask, 'path').replace(/\/$/, '');
  const ref = ask.url.searchParams.get('ref') ?? 'main';
  const sha = await git.find(ref);
  if (sha === null) throw new Refusal(404, `No commit found for the ref ${ref}`);
  const bytes = await git.read(sha, path);
  if (bytes === null) return listFolder({ ask, layer, repository, sha, path });
  const accept = ask.headers['accept'] ?? '';
  if (/github(?:\.v3)?\.raw/.test(accept)) return { status: 200, body: bytes, headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } };
  const blob = (await git.told(['rev-parse', `${sha}:${path}`], [sha])).toString().trim();
  const large = bytes.length > LARGEST_JSON;
  return { status: 200, body: { ...entry({ layer, repository, ref, path, blob, size: bytes.length, type: 'file' }), content: large ? '' : bytes.toString('base64').replace(/(.{60})/g, '$1\n'), encoding: large ? 'none' : 'base64' } };
}

async function listFolder(at: { ask: Ask; layer: Layer; repository: string; sha: string; path: string }): Promise<Answer> {
  const listing = await gitOf(at.layer, at.repository).git(['ls-tree', '-l', '-z', `${at.sha}:${at.path}`]).catch(() => null);
  if (listing === null) throw new Refusal(404, 'Not Found');
  const rows = listing.toString('utf8').split('\0').filter(Boolean).map((line) => {
    const [facts = '', name = ''] = line.split('\t');
    const [, type = '', blob = '', size = ''] = facts.split(/\s+/);
    return entry({ layer: at.layer, repository: at.repository, ref: at.sha, path: `${at.path}/${name}`, blob, size: Number(size) || 0, type: type === 'tree' ? 'dir' : 'file' });
  });
  return { status: 200, body: rows };
}

function entry(of: { layer: Layer; repository: string; ref: string; path: string; blob: string; size: number; type: string }): Record<string, unknown> {
  const encoded = of.path.split('/').map(encodeURIComponent).join('/');
  const url = `${of.layer.url}/repos/${of.repository}/contents/${encoded}?ref=${of.ref}`;
  const git = `${of.layer.url}/repos/${of.repository}/git/blobs/${of.blob}`;
  const html = `${of.layer.url}/${of.repository}/blob/${of.ref}/${encoded}`;
  return { name: of.path.split('/').at(-1), path: of.path, sha: of.blob, size: of.size, url, html_url: html, git_url: git, download_url: of.type === 'file' ? `${of.layer.url}/${of.repository}/raw/${of.ref}/${encoded}` : null, type: of.type, _links: { self: url, git, html } };
}

/** Refuses with 404, as GitHub does, where the token may not see the repository. */
async function seen(ask: Ask, layer: Layer, repository: string): Promise<void> {
  const answer = await layer.upstream.request('GET', `/repos/${repository}`, { token: ask.token });
  if (answer.status !== 200) throw new Refusal(404, 'Not Found');
}

async function compare(ask: Ask, layer: Layer): Promise<Answer | null> {
  const repository = fullName(ask);
  await seen(ask, layer, repository);
  const git = gitOf(layer, repository);
  const [base = '', head = ''] = param(ask, 'basehead').split('...');
  const [from, to] = [await git.find(base), await git.find(head)];
  if (from === null || to === null) throw new Refusal(404, 'Not Found');
  const [ahead, behind] = [await git.list(`${from}..${to}`), await git.list(`${to}..${from}`)];
  const status = ahead.length === 0 ? (behind.length === 0 ? 'identical' : 'behind') : behind.length === 0 ? 'ahead' : 'diverged';
  if ((ask.headers['accept'] ?? '').includes('.diff')) return { status: 200, body: await readDiffText(git, from, to), headers: { 'content-type': 'application/vnd.github.diff; charset=utf-8' } };
  const mergeBase = (await git.mergeBase(from, to)) ?? from;
  const commit = async (sha: string): Promise<unknown> => (await layer.upstream.request('GET', `/repos/${repository}/commits/${sha}`, { token: ask.token })).body;
  // Commits come in pages; the files stand on the first page alone.
  const [size, number] = [Number(ask.url.searchParams.get('per_page') ?? 250), Number(ask.url.searchParams.get('page') ?? 1)];
  const files = number > 1 ? [] : parseChangedFiles(await readDiffText(git, from, to)).slice(0, 300);
  const page = `${layer.url}/${repository}/compare/${base}...${head}`;
  return { status: 200, body: {
    url: `${layer.url}${ask.url.pathname}`, html_url: page, permalink_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch`, base_commit: await commit(from), merge_base_commit: await commit(mergeBase),
    status, ahead_by: ahead.length, behind_by: behind.length, total_commits: ahead.length, commits: await Promise.all(ahead.slice((number - 1) * size, number * size).map(commit)),
    files: files.map((file) => ({ ...file, blob_url: `${layer.url}/${repository}/blob/${to}/${file.filename}`, raw_url: `${layer.url}/${repository}/raw/${to}/${file.filename}`, contents_url: `${layer.url}/repos/${repository}/contents/${file.filename}?ref=${to}` })),
  } };
}

/** The pull requests that brought a commit in, or that have it as a head. */
async function pullsOf(ask: Ask, layer: Layer): Promise<Answer> {
  const repository = fullName(ask);
  const git = gitOf(layer, repository);
  const sha = await git.find(param(ask, 'ref'));
  if (sha === null) throw new Refusal(422, `No commit found for SHA: ${param(ask, 'ref')}`);
  const all = (await layer.upstream.request('GET', `/repos/${repository}/pulls?state=all&per_page=100`, { token: ask.token })).body as Pull[];
  const pulls = await Promise.all(all.map((pull) => readPull(layer, { repository, number: pull.number, token: ask.token })));
  const held = await Promise.all(pulls.map(async (pull) => pull.merge_commit_sha === sha || (await git.list(`${pull.base.sha}..${pull.head.sha}`)).includes(sha)));
  return paged(ask, pulls.filter((_, index) => held[index]));
}

export const CONTENT_ROUTES: readonly Route[] = [
  route('GET /repos/:owner/:repo/contents/:path*', readContents),
  route('GET /repos/:owner/:repo/compare/:basehead*', compare),
  route('GET /repos/:owner/:repo/commits/:ref/pulls', pullsOf),
];
