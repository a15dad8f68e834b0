// Makes a real git repository in a temporary folder, commit by commit, with fixed names and times.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface SampleCommit {
  readonly message: string;
  readonly files?: Readonly<Record<string, string | null>>;
  readonly author?: string;
}

/** A repository under construction. */
export class SampleClone {
  readonly dir = mkdtempSync(join(tmpdir(), 'yardstick-git-'));
  #minute = 0;

  constructor() {
    this.git(['init', '--quiet', '--initial-branch=main']);
  }

  git(args: readonly string[], author = 'Ann Ops <ann@example.org>'): string {
    const [, name = '', email = ''] = /^(.*) <(.*)>$/.exec(author) ?? [];
    const at = `2026-03-01T10:${String(this.#minute).padStart(2, '0')}:00Z`;
    const env = { ...process.env, GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
    return execFileSync('git', ['-C', this.dir, ...args], { env, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] }).trim();
  }

  /** Writes the files (null removes one), commits, and gives the commit's id. */
  commit({ message, files = {}, author }: SampleCommit): string {
    this.#minute += 1;
    for (const [path, text] of Object.entries(files)) {
      const full = join(this.dir, path);
      mkdirSync(dirname(full), { recursive: true });
      if (text === null) rmSync(full);
      else writeFileSync(full, text);
    }
    this.git(['add', '--all']);
    this.git(['commit', '--quiet', '--allow-empty', '--message', message], author);
    return this.git(['rev-parse', 'HEAD']);
  }

  /** Commits on a branch of its own and merges it with a merge commit. */
  merge(branch: string, work: SampleCommit, message: string): string {
    this.git(['switch', '--quiet', '--create', branch]);
    this.commit(work);
    this.git(['switch', '--quiet', 'main']);
    this.#minute += 1;
    this.git(['merge', '--quiet', '--no-ff', '--message', message, branch], 'Max Merger <max@example.org>');
    return this.git(['rev-parse', 'HEAD']);
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
