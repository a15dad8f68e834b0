// Sets the stage: the organisation, its repository, its issues, and pull requests on demand.
import { type Frontage, type GitHub, startGitHub } from '../github/github.ts';
import { personToken } from '../github/upstream.ts';
import { BASE_FILES } from './files.ts';
import { ISSUES } from './issues.ts';
import type { PullSeed } from './pull.ts';

export const ORGANISATION = 'harbour-goods';
export const REPOSITORY = `${ORGANISATION}/platform`;

/** The instant at which the sandbox's story begins. */
export const START = '2026-03-02T09:00:00Z';

/** Who may do what: ana maintains, ben writes, cyd triages, eve only reads. */
export const PEOPLE = new Map([['ana', 'maintain'], ['ben', 'write'], ['cyd', 'triage'], ['eve', 'read']]);
const PERMISSIONS = new Map([...PEOPLE, ['stagehand', 'admin']]);

/** Starts the emulated GitHub with the configured repository and its issues. */
export async function openOrganisation(frontage: Frontage = {}): Promise<GitHub> {
  const github = await startGitHub({ organisation: ORGANISATION, people: [...PEOPLE.keys()], ...frontage });
  await addRepository(github, 'platform', BASE_FILES);
  for (const issue of ISSUES) await github.call('POST', `/repos/${REPOSITORY}/issues`, { token: personToken('ana'), body: issue });
  return github;
}

/** One more repository of the organisation, with the same people. Returns its full name. */
export async function addRepository(github: GitHub, name: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  await github.createRepository(name, { files, at: START });
  github.store.permissions.set(`${ORGANISATION}/${name}`, PERMISSIONS);
  return `${ORGANISATION}/${name}`;
}

/** The same, seen by nobody outside: values, costs and queries may be told there. */
export async function addPrivateRepository(github: GitHub, name: string, files: Readonly<Record<string, string>>): Promise<string> {
  await github.createRepository(name, { files, at: START, private: true });
  github.store.permissions.set(`${ORGANISATION}/${name}`, PERMISSIONS);
  return `${ORGANISATION}/${name}`;
}

/** The token of whoever a seed names: a person, or an App with `[bot]`. */
async function tokenOf(github: GitHub, login: string): Promise<string> {
  return login.endsWith('[bot]') ? github.tokens.installation(login.replace('[bot]', '')) : personToken(login);
}

/** `at`: of the commit; two of the same files, words and instant are one commit. */
export type OpenedPull = Omit<PullSeed, 'story' | 'expects'> & { readonly at?: string };

/** Opens a pull request with its commit, labels and comments. Returns its number. */
export async function openPull(github: GitHub, repository: string, seed: OpenedPull): Promise<number> {
  await github.push(repository, { branch: seed.slug, from: 'main', files: seed.files, message: seed.title, author: seed.author, at: seed.at ?? START });
  const body = { title: seed.title, body: seed.body === '' ? null : seed.body, head: seed.slug, base: 'main' };
  const { number } = await github.call<{ number: number }>('POST', `/repos/${repository}/pulls`, { token: await tokenOf(github, seed.author), body });
  if (seed.labels.length > 0) await github.call('POST', `/repos/${repository}/issues/${number}/labels`, { body: { labels: seed.labels } });
  for (const comment of seed.comments) {
    await github.call('POST', `/repos/${repository}/issues/${number}/comments`, { token: await tokenOf(github, comment.by), body: { body: comment.body } });
  }
  return number;
}
