// What people do on the pages, done as a client of GitHub's would: each resolves when the App has answered.
import { type Ask, Refusal } from '../github/exchange.ts';
import { pressButton } from '../github/check-requests.ts';
import type { GitHub } from '../github/github.ts';
import { personToken } from '../github/upstream.ts';
import { deployTo, publishRelease } from '../life/app-host.ts';
import { SERVICES as SHOP_SERVICES } from '../life/shop.ts';
import { openPull, ORGANISATION, PEOPLE, REPOSITORY } from '../seed/organisation.ts';
import { about, mark, settled } from '../settle.ts';
import type { Delivery } from '../github/store.ts';
import type { AppProcess } from '../app-process.ts';
import { moveClock } from '../clock.ts';

/** The fields of a form. */
export type Fields = Readonly<Record<string, string>>;

/** What was done: where to look at it, and what the App was to hear. */
interface Done {
  readonly path: string;
  readonly hears: ((delivery: Delivery) => boolean) | null;
}

type Deed = (github: GitHub, fields: Fields, app: AppProcess) => Promise<Done>;

/** What can be scaled by the form, and where it is written. */
export const SERVICES = [{ name: 'orders', repository: REPOSITORY }, ...SHOP_SERVICES.map((name) => ({ name, repository: `${ORGANISATION}/shop` }))];

const DEEDS: Readonly<Record<string, Deed>> = {
  open: async (github, fields) => {
    const service = SERVICES.find(({ name }) => name === (fields['service'] ?? 'orders'));
    const replicas = Number(fields['replicas'] ?? 16);
    if (service === undefined) throw new Refusal(422, `service is one of ${SERVICES.map(({ name }) => name).join(', ')}`);
    if (!Number.isInteger(replicas) || replicas < 1 || replicas > 400) throw new Refusal(422, 'replicas is a number from 1 to 400');
    const { name, repository } = service;
    const path = `charts/${name}/values.yaml`;
    const before = (await github.repositories.get(repository)?.read('refs/heads/main', path))?.toString() ?? '';
    const after = before.replace(/^replicaCount: \d+$/m, `replicaCount: ${replicas}`);
    if (after === before) throw new Refusal(422, `${name} has ${replicas} pods already`);
    const seed = { slug: `${name}-${replicas}-${github.store.nextId()}`, title: fields['title'] || `Scale ${name} to ${replicas} replicas`, body: lines(fields['body']), author: who(fields), labels: [], comments: [], files: { [path]: after }, at: `${new Date().toISOString().slice(0, 19)}Z` };
    const number = await openPull(github, repository, seed);
    return { path: `/${repository}/pull/${number}`, hears: about('pull_request', number) };
  },
  comment: async (github, fields) => {
    const { repository, number, path } = whereOf(github, fields);
    await github.call('POST', `/repos/${repository}/issues/${number}/comments`, { token: personToken(who(fields)), body: { body: lines(fields['body']) } });
    return { path, hears: about('issue_comment', number) };
  },
  edit: async (github, fields) => {
    const { repository, number, path } = whereOf(github, fields);
    await github.call('PATCH', `/repos/${repository}/pulls/${number}`, { token: personToken(who(fields)), body: { body: lines(fields['body']) } });
    return { path, hears: about('pull_request', number) };
  },
  press: async (github, fields) => {
    const { repository, path } = whereOf(github, fields);
    await pressButton(github, repository, { run: Number(fields['run']), identifier: fields['identifier'] ?? '', by: who(fields) });
    return { path, hears: ({ event }) => event === 'check_run' };
  },
  rerun: async (github, fields) => {
    const { repository, path } = whereOf(github, fields);
    await github.call('POST', `/repos/${repository}/check-runs/${Number(fields['run'])}/rerequest`, { token: personToken(who(fields)) });
    return { path, hears: ({ event }) => event === 'check_run' };
  },
  merge: async (github, fields) => {
    const { repository, number, path } = whereOf(github, fields);
    await github.call('PUT', `/repos/${repository}/pulls/${number}/merge`, { token: personToken(who(fields)), body: {} });
    return { path, hears: about('pull_request', number) };
  },
  deploy: async (github, fields) => {
    const { repository, path } = whereOf(github, fields);
    await deployTo(github, repository);
    return { path, hears: ({ event }) => event === 'deployment_status' };
  },
  leap: async (github, fields, app) => {
    const instant = new Date(Date.now() + Math.min(Math.max(Number(fields['days'] ?? 7) || 7, 0), 31) * 86_400_000).toISOString();
    moveClock(instant);
    await app.moveClock(instant);
    for (const repository of github.repositories.keys()) await publishRelease(github, repository);
    return { path: '/', hears: ({ event }) => event === 'release' };
  },
};

/** Does it, and waits for the App. Resolves with where to look, and the milliseconds that the App took to answer, null where it had nothing to say. */
export async function doDeed(github: GitHub, app: AppProcess, { deed, fields }: { readonly deed: string; readonly fields: Fields }): Promise<{ readonly path: string; readonly ms: number | null }> {
  const act = Object.hasOwn(DEEDS, deed) ? DEEDS[deed] : undefined;
  if (act === undefined) throw new Refusal(404, 'Not Found');
  const since = mark(github);
  const { path, hears } = await act(github, fields, app);
  return { path, ms: await settled(github, app, { since, hears }) };
}

/** The form of a page of ours, or a terminal's; never one of another site's. */
export function fieldsOf(ask: Ask): Fields {
  const { origin, host, 'sec-fetch-site': site } = ask.headers;
  const own = new URL(ask.url).host;
  if (host !== own || (origin !== undefined && origin !== `http://${own}`) || (site !== undefined && !['same-origin', 'none'].includes(site))) throw new Refusal(403, 'This form is not ours');
  return Object.fromEntries(new URLSearchParams(ask.body.toString('utf8')));
}

/** A form sends its lines as a text of the old days. */
function lines(text = ''): string {
  return text.replaceAll('\r\n', '\n');
}

function who({ by = 'ana' }: Fields): string {
  if (!PEOPLE.has(by)) throw new Refusal(422, `nobody is called ${by}`);
  return by;
}

function whereOf(github: GitHub, { repository = '', number = '' }: Fields): { readonly repository: string; readonly number: number; readonly path: string } {
  if (!github.repositories.has(repository) || !/^\d{1,9}$/.test(number)) throw new Refusal(404, 'Not Found');
  return { repository, number: Number(number), path: `/${repository}/issues/${number}` };
}
