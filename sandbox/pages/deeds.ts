// What people do on the pages, done as a client of GitHub's would: each resolves when the App has answered.
import { type Ask, Refusal } from '../github/exchange.ts';
import { pressButton } from '../github/check-requests.ts';
import type { GitHub } from '../github/github.ts';
import { personToken } from '../github/upstream.ts';
import { deployTo } from '../life/app-host.ts';
import { ORDERS_VALUES } from '../seed/files.ts';
import { openPull, PEOPLE, REPOSITORY } from '../seed/organisation.ts';
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

export const DEEDS: Readonly<Record<string, Deed>> = {
  open: async (github, fields) => {
    const replicas = Number(fields['replicas'] ?? 16);
    if (!Number.isInteger(replicas) || replicas < 1 || replicas > 400) throw new Refusal(422, 'replicas is a number from 1 to 400');
    const slug = `orders-${replicas}-${github.store.nextId()}`;
    const title = fields['title'] || `Scale orders to ${replicas} replicas`;
    const number = await openPull(github, REPOSITORY, { slug, title, body: fields['body'] ?? '', author: who(fields), labels: [], comments: [], files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', `replicaCount: ${replicas}`) } });
    return { path: `/${REPOSITORY}/pull/${number}`, hears: about('pull_request', number) };
  },
  comment: async (github, fields) => {
    const { repository, number, path } = whereOf(github, fields);
    await github.call('POST', `/repos/${repository}/issues/${number}/comments`, { token: personToken(who(fields)), body: { body: fields['body'] ?? '' } });
    return { path, hears: about('issue_comment', number) };
  },
  edit: async (github, fields) => {
    const { repository, number, path } = whereOf(github, fields);
    await github.call('PATCH', `/repos/${repository}/pulls/${number}`, { token: personToken(who(fields)), body: { body: (fields['body'] ?? '').replaceAll('\r\n', '\n') } });
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
  leap: async (_, fields, app) => {
    const instant = new Date(Date.now() + Math.min(Number(fields['days'] ?? 7) || 7, 31) * 86_400_000).toISOString();
    moveClock(instant);
    await app.moveClock(instant);
    return { path: '/', hears: null };
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

function who({ by = 'ana' }: Fields): string {
  if (!PEOPLE.has(by)) throw new Refusal(422, `nobody is called ${by}`);
  return by;
}

function whereOf(github: GitHub, { repository = '', number = '' }: Fields): { readonly repository: string; readonly number: number; readonly path: string } {
  if (!github.repositories.has(repository) || !/^\d{1,9}$/.test(number)) throw new Refusal(404, 'Not Found');
  return { repository, number: Number(number), path: `/${repository}/issues/${number}` };
}
