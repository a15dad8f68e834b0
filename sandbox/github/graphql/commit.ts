// Commits and files at a commit in GraphQL.
import { readCheckRuns } from '../checks.ts';
import { gitOf } from '../layer.ts';
import { connection, type PageArgs } from './connection.ts';
import type { Sight } from './sight.ts';

/** A `Commit`; null where git knows none of that name. */
export async function commit(sight: Sight, ref: string): Promise<Record<string, unknown> | null> {
  const git = gitOf(sight.layer, sight.repository);
  const sha = await git.find(ref);
  if (sha === null) return null;
  const facts = await git.facts(sha);
  const url = `${sight.layer.url}/${sight.repository}/commit/${sha}`;
  return {
    __typename: 'Commit', id: `C_${sha}`, oid: sha, abbreviatedOid: sha.slice(0, 7), message: facts.message, messageHeadline: facts.message.split('\n')[0], committedDate: facts.author.date, authoredDate: facts.author.date, url, resourcePath: `/${sight.repository}/commit/${sha}`,
    parents: async (args: PageArgs) => connection(await Promise.all(facts.parents.map((parent) => commit(sight, parent))), args),
    file: ({ path }: { path: string }) => blob(sight, `${sha}:${path}`).then((object) => (object === null ? null : { path, name: path.split('/').at(-1), object })),
    history: async ({ path, ...args }: PageArgs & { path?: string }) => {
      const lines = (await git.git(['log', '--format=%H', sha, ...(path == null ? [] : ['--', path])])).toString().split('\n').filter(Boolean);
      return connection(await Promise.all(lines.map((line) => commit(sight, line))), args);
    },
    statusCheckRollup: async () => {
      const runs = await readCheckRuns(sight.layer, { repository: sight.repository, sha, token: sight.token });
      const contexts = runs.map((run) => ({ __typename: 'CheckRun', id: String(run['node_id']), databaseId: run['id'], name: run['name'], status: upper(run['status']), conclusion: upper(run['conclusion']), url: run['html_url'], resourcePath: '' }));
      return runs.length === 0 ? null : { id: `SCR_${sha}`, state: 'PENDING', contexts: (args: PageArgs) => connection(contexts, args) };
    },
  };
}

const upper = (value: unknown): string | null => (typeof value === 'string' ? value.toUpperCase() : null);

/** What an expression such as `main:.github/yardstick.yml` names: a `Blob`, a `Tree`, a `Commit`, or nothing. */
export async function object(sight: Sight, expression: string): Promise<Record<string, unknown> | null> {
  return expression.includes(':') ? blob(sight, expression) : commit(sight, expression);
}

/** GitHub gives no more than this much of a text. */
const LARGEST_TEXT = 512_000;

async function blob(sight: Sight, expression: string): Promise<Record<string, unknown> | null> {
  const git = gitOf(sight.layer, sight.repository);
  const [ref = '', ...path] = expression.split(':');
  const bytes = await git.read(ref, path.join(':'));
  if (bytes === null) {
    const tree = await git.git(['rev-parse', '--verify', '--quiet', `${expression}^{tree}`]).catch(() => null);
    return tree === null ? null : { __typename: 'Tree', id: `T_${expression}`, oid: tree.toString().trim(), entries: [] };
  }
  const oid = (await git.git(['rev-parse', expression])).toString().trim();
  const binary = bytes.subarray(0, 8000).includes(0);
  const text = bytes.subarray(0, LARGEST_TEXT).toString('utf8');
  return { __typename: 'Blob', id: `B_${oid}`, oid, byteSize: bytes.length, isBinary: binary, isTruncated: bytes.length > LARGEST_TEXT, text: binary ? null : text };
}
