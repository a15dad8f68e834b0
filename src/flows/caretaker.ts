// What looking after records takes: the host, its repository, and reads that many records share.
import type { ChangeRef, RepoRef } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import type { ChangePage, Deployment, MergedChange, Release } from '../ports/forge.ts';
import type { Host } from './handle.ts';
import type { NeedReader } from './needs.ts';
import { askUntil } from './ask-until.ts';
import { observe } from './gate.ts';
import { createNeedReader } from './reader.ts';
import { settle } from './settings.ts';

/** A pull request as it is now, with the settings in force there. */
export interface Visited {
  readonly page: ChangePage;
  readonly config: Config;
  readonly read: NeedReader;
}

/** One run's look at a repository. Each thing is read once, however many records ask. */
export class Caretaker {
  readonly host: Host;
  readonly repo: RepoRef;
  /** The instant of the run, ISO 8601. */
  readonly at: string;
  readonly #once = new Map<string, Promise<unknown>>();

  constructor(host: Host, { repo, at }: { readonly repo: RepoRef; readonly at: string }) {
    this.host = host;
    this.repo = repo;
    this.at = at;
  }

  get now(): number {
    return Math.floor(Date.parse(this.at) / 1000);
  }

  visit(change: ChangeRef): Promise<Visited> {
    return this.#read(`change ${change.owner}/${change.repo}#${change.number}`, async () => {
      const { reader, configPath, unconfigured, offer } = this.host;
      const page = await reader.readChange(change, { configPath, hint: null });
      const read = createNeedReader(reader, page);
      const observed = observe({ page, configPath, unconfigured, offer, at: this.at });
      const { config } = await askUntil((inquiry) => settle(inquiry, observed), read);
      return { page, config, read };
    });
  }

  deployments(environment: string, since: string): Promise<readonly Deployment[]> {
    return this.#read(`deployments ${environment} ${since.slice(0, 10)}`, () => this.host.reader.readDeployments(this.repo, { environment, since: since.slice(0, 10) }));
  }

  releases(since: string): Promise<readonly Release[]> {
    return this.#read(`releases ${since.slice(0, 10)}`, () => this.host.reader.readReleases(this.repo, since.slice(0, 10)));
  }

  mergedSince(since: string): Promise<readonly MergedChange[]> {
    return this.#read(`merged ${since.slice(0, 10)}`, () => this.host.reader.readMergedSince(this.repo, since.slice(0, 10)));
  }

  contains(sha: string, within: string): Promise<boolean | null> {
    return this.#read(`contains ${sha} ${within}`, () => this.host.reader.readContains(this.repo, { sha, in: within }));
  }

  #read<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#once.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const reading = read();
    this.#once.set(key, reading);
    return reading;
  }
}
