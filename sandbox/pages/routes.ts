// The pages' routes, before those of the API: GitHub's own addresses for people, and a few of ours.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, type Ask, fullName, param, Refusal } from '../github/exchange.ts';
import type { GitHub } from '../github/github.ts';
import type { Layer } from '../github/layer.ts';
import { route, type Route } from '../github/route.ts';
import { doDeed, fieldsOf } from './deeds.ts';
import { docPage, docsPage, picture } from './docs.ts';
import { html } from './html.ts';
import { issuePage } from './issue.ts';
import { page } from './layout.ts';
import { pullPage } from './pull.ts';
import { readIssue, readWhole, readWords } from './read.ts';
import { startPage } from './start.ts';
import type { World } from './world.ts';

const ASSETS: Readonly<Record<string, string>> = { 'style.css': 'text/css; charset=utf-8', 'live.js': 'text/javascript; charset=utf-8', 'icon.svg': 'image/svg+xml' };

export function pageRoutes(world: World): readonly Route[] {
  return [
    route('GET /', (_, layer) => startPage(layer, world)),
    route('GET /_docs', async () => docsPage()),
    route('GET /_docs/img/:name', async (ask) => picture(param(ask, 'name'))),
    route('GET /_docs/:name', async (ask) => docPage(param(ask, 'name'))),
    route('GET /_assets/:name', async (ask) => asset(param(ask, 'name'))),
    route('GET /_changes', (ask, layer) => changes(ask, layer, world)),
    route('POST /_do/:deed', (ask, layer) => act(ask, layer as GitHub, world)),
    route('GET /:owner/:repo', async (ask, layer) => (layer.repositories.has(fullName(ask)) ? { status: 302, headers: { location: '/#pulls' }, body: null } : null)),
    route('GET /:owner/:repo/pull/:number', async (ask, layer) => {
      const { repository, number } = placeOf(ask, layer);
      return pullPage(await readWhole(layer, repository, number), tookOf(ask));
    }),
    route('GET /:owner/:repo/issues/:number', async (ask, layer) => {
      const { repository, number } = placeOf(ask, layer);
      const issue = await readIssue(layer, repository, number);
      if (issue === null) return { status: 302, headers: { location: `/${repository}/pull/${number}${ask.url.search}` }, body: null };
      return issuePage(repository, issue, await readWords(layer, repository, number));
    }),
  ];
}

function placeOf(ask: Ask, layer: Layer): { readonly repository: string; readonly number: number } {
  const number = Number(param(ask, 'number'));
  if (!layer.repositories.has(fullName(ask)) || !Number.isSafeInteger(number)) throw new Refusal(404, 'Not Found');
  return { repository: fullName(ask), number };
}

function tookOf(ask: Ask): number | null {
  const ms = Number(ask.url.searchParams.get('ms') ?? Number.NaN);
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}

function asset(name: string): Answer {
  const type = ASSETS[name];
  if (type === undefined) throw new Refusal(404, 'Not Found');
  return { status: 200, body: readFileSync(join(import.meta.dirname, 'assets', name)), headers: { 'content-type': type } };
}

/** Answers as soon as something has happened since the number that the page knows, or after a while. */
async function changes(ask: Ask, layer: Layer, world: World): Promise<Answer> {
  const count = (): number => layer.requests.length + layer.store.deliveries.length + world.chapters.length + (world.free ? 1 : 0) + (world.app === null ? 0 : 1);
  const seen = Number(ask.url.searchParams.get('seen') ?? 0);
  for (let tries = 0; tries < 100 && count() === seen; tries += 1) await pause(200);
  return { status: 200, body: String(count()) };
}

/** Back to where it was done; to a terminal in plain words. */
async function act(ask: Ask, layer: GitHub, world: World): Promise<Answer> {
  const fields = fieldsOf(ask);
  if (world.app === null) throw new Refusal(503, 'The App is still starting');
  const browser = (ask.headers['accept'] ?? '').includes('text/html');
  try {
    const { path, ms } = await doDeed(layer, world.app, { deed: param(ask, 'deed'), fields });
    if (browser) return { status: 303, headers: { location: ms === null ? path : `${path}?ms=${ms}` }, body: null };
    return { status: 200, body: `${ms === null ? 'Done' : `Answered in ${(ms / 1000).toFixed(1)} s`}: ${layer.url}${path}\n` };
  } catch (error) {
    const { status, message } = error instanceof Refusal ? { status: error.answer.status, message: error.message } : { status: 422, message: refusalIn(error) };
    return browser ? page({ title: 'Refused', status, main: html`<h1>GitHub refused that</h1><p>${message}</p><p><a href="/">Start</a></p>` }) : { status, body: `${message}\n` };
  }
}

/** What GitHub said, of the error that a refused call throws. */
function refusalIn(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /"message":"(?<message>[^"]+)"/.exec(text)?.groups?.['message'] ?? text.slice(0, 300);
}
