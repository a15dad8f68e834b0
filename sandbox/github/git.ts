// Real git repositories in a temporary folder: the truth for commits, files, diffs and comparisons.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Nothing of the machine's own git settings or identity may reach a commit: the hashes have to be the same everywhere. */
const ENVIRONMENT = {
  PATH: process.env['PATH'] ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

export interface CommitInput {
  readonly branch: string;
  /** The branch or commit that it starts from; null for a first commit. */
  readonly from: string | null;
  /** Path → new text; null deletes. */
  readonly files: Readonly<Record<string, string | Buffer | null>>;
  readonly message: string;
  readonly author: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

export interface CommitFacts {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string; readonly date: string };
  readonly message: string;
}

const HASH = /^[0-9a-f]{40}$/;

/** A bare git repository, written by the git command line, and read by it too, but for where a branch is: a process costs more than the answer. */
export class GitRepository {
  readonly #folder: string;
  /** What is known of commits, which never change. */
  readonly #told = new Map<string, Promise<Buffer>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Creates the bare repository with `main` as its default branch. */
  async create(): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    await this.git(['init', '--bare', '--quiet', '--initial-branch=main', this.#folder]);
  }

  /** Runs git in this repository and gives its output. */
  async git(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Buffer> {
    const options = { env: { ...ENVIRONMENT, GIT_DIR: this.#folder, ...env }, maxBuffer: 1 << 28, encoding: 'buffer' as const };
    return (await run('git', [...args], options)).stdout;
  }

  /** The same for what hangs on these commits alone: asked once where they are named by their hashes. */
  told(args: readonly string[], commits: readonly string[]): Promise<Buffer> {
    if (!commits.every((commit) => HASH.test(commit))) return this.git(args);
    const key = args.join('\0');
    const known = this.#told.get(key) ?? this.git(args);
    this.#told.set(key, known);
    known.catch(() => this.#told.delete(key));
    return known;
  }

  /** The same with a text on its standard input. */
  async feed(args: readonly string[], input: string | Buffer): Promise<string> {
    const child = run('git', [...args], { env: { ...ENVIRONMENT, GIT_DIR: this.#folder }, maxBuffer: 1 << 28 });
    child.child.stdin?.end(input);
    return (await child).stdout;
  }

  /** Writes one commit through `fast-import`, which takes any number of files in one process. Returns its hash. */
  async commit(input: CommitInput): Promise<string> {
    const seconds = Math.floor(Date.parse(input.at) / 1000);
    const who = `${input.author} <${input.author.replace(/[^\w.-]/g, '-')}@users.noreply.github.com> ${seconds} +0000`;
    const message = Buffer.from(`${input.message}\n`);
    const parts: Buffer[] = [Buffer.from(`commit refs/heads/${input.branch}\nauthor ${who}\ncommitter ${who}\ndata ${message.length}\n`), message];
    if (input.from !== null) parts.push(Buffer.from(`from ${await this.resolve(input.from)}\n`));
    for (const [path, text] of Object.entries(input.files)) {
      if (text === null) {
        parts.push(Buffer.from(`D ${path}\n`));
        continue;
      }
      const data = Buffer.from(text);
      parts.push(Buffer.from(`M 100644 inline ${path}\ndata ${data.length}\n`), data, Buffer.from('\n'));
    }
    await this.feed(['fast-import', '--quiet', '--force', '--date-format=raw'], Buffer.concat(parts));
    return this.resolve(`refs/heads/${input.branch}`);
  }

  /** The hash of the commit that a branch, tag or short hash names. Throws if there is none. */
  async resolve(ref: string): Promise<string> {
    return this.#branch(ref) ?? (await this.told(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], [ref])).toString().trim();
  }

  /** Where a branch is, from its file; null where it has none, or where the name may be another thing's. */
  #branch(ref: string): string | null {
    const name = ref.replace(/^refs\/heads\//, '');
    const other = ref === name && (HASH.test(ref) || existsSync(join(this.#folder, 'refs/tags', name)));
    if (other || name.includes('..') || !/^[\w/.-]+$/.test(name)) return null;
    try {
      const hash = readFileSync(join(this.#folder, 'refs/heads', name), 'utf8').trim();
      return HASH.test(hash) ? hash : null;
    } catch {
      return null;
    }
  }

  /** What `resolve` gives, null where nothing is called so. */
  async find(ref: string): Promise<string | null> {
    return this.resolve(ref).catch(() => null);
  }

  async facts(ref: string): Promise<CommitFacts> {
    const text = (await this.told(['show', '--no-patch', '--format=%H%n%T%n%P%n%an%n%ae%n%aI%n%B', ref], [ref])).toString();
    const [sha = '', tree = '', parents = '', name = '', email = '', date = '', ...message] = text.split('\n');
    return { sha, tree, parents: parents.split(' ').filter(Boolean), author: { name, email, date: new Date(date).toISOString().replace('.000', '') }, message: message.join('\n').trimEnd() };
  }

  /** A file's bytes at a commit; null where there is no file of that path. */
  async read(ref: string, path: string): Promise<Buffer | null> {
    return this.told(['cat-file', 'blob', `${ref}:${path}`], [ref]).catch(() => null);
  }

  /** Many blobs in one process, in the order asked. */
  async readBlobs(hashes: readonly string[]): Promise<readonly Buffer[]> {
    if (hashes.length === 0) return [];
    const child = run('git', ['cat-file', '--batch'], { env: { ...ENVIRONMENT, GIT_DIR: this.#folder }, maxBuffer: 1 << 28, encoding: 'buffer' });
    child.child.stdin?.end(`${hashes.join('\n')}\n`);
    const { stdout } = await child;
    const blobs: Buffer[] = [];
    for (let at = 0; at < stdout.length; ) {
      const end = stdout.indexOf(10, at);
      const size = Number(stdout.subarray(at, end).toString().split(' ')[2]);
      blobs.push(stdout.subarray(end + 1, end + 1 + size));
      at = end + 2 + size;
    }
    return blobs;
  }

  /** The commit that two branches have in common. */
  async mergeBase(a: string, b: string): Promise<string | null> {
    const text = await this.git(['merge-base', a, b]).catch(() => null);
    return text === null ? null : text.toString().trim();
  }

  /** The hashes that `range` (`a..b`) names, oldest first. */
  async list(range: string): Promise<readonly string[]> {
    return (await this.told(['rev-list', '--reverse', range], range.split('..'))).toString().split('\n').filter(Boolean);
  }
}
