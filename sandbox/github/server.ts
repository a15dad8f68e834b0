// The layer's HTTP server: records, breaks on demand, answers itself or hands on to the emulator.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, type Ask, Refusal } from './exchange.ts';
import type { Layer } from './layer.ts';
import { faultAnswer } from './faults.ts';
import { refuseAbsent } from './installation-state.ts';
import { findRoute, type Route } from './route.ts';
import { STAGEHAND } from './upstream.ts';

/**
 * Listens on the first of these loopback ports that is free, 0 for any; `serve` says with what, as soon as that is known.
 * Throws the system's EADDRINUSE where all are taken.
 */
export async function openServer(ports: readonly number[]): Promise<{ url: string; serve: (layer: Layer, routes: readonly Route[]) => void; close: () => Promise<void> }> {
  let answer: (request: IncomingMessage, response: ServerResponse) => Promise<void> = async (_, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error instanceof Error ? error.stack : error));
    });
  });
  await listen(server, ports);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (layer, routes) => {
      answer = (request, response) => exchange({ layer, routes }, request, response);
    },
    close: () => closeServer(server),
  };
}

async function listen(server: Server, [port = 0, ...others]: readonly number[]): Promise<void> {
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail);
      server.listen(port, '127.0.0.1', done);
    });
  } catch (error) {
    if (others.length === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await listen(server, others);
  }
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}

async function exchange(context: { layer: Layer; routes: readonly Route[] }, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { layer } = context;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const token = /^(?:bearer|token)\s+(?<token>\S+)$/i.exec(headers['authorization'] ?? '')?.groups?.['token'] ?? null;
  const ask: Ask = { method: request.method ?? 'GET', url: new URL(request.url ?? '/', layer.url), params: {}, headers, body: Buffer.concat(chunks), token, viewer: token === null ? null : layer.tokens.viewer(token) };
  const path = ask.url.pathname + ask.url.search;
  // What the emulator tells the layer is nobody's request: a fault there would be a webhook that GitHub never sent.
  const isInside = path.startsWith('/_');
  const fault = isInside || ask.viewer?.login === STAGEHAND ? null : await layer.faults.befall(`${ask.method} ${path}`, { isPerson: ask.viewer?.type === 'User' });
  if (fault?.cut === 'before') {
    request.socket.destroy();
    return;
  }
  const answer = (fault && faultAnswer(fault)) ?? (await answerTo(context, ask));
  // What is asked of the API; pages are for people.
  if (!isInside && !String(answer.headers?.['content-type']).startsWith('text/html')) {
    layer.requests.push({ method: ask.method, path, viewer: ask.viewer?.login ?? null, body: ask.body.toString('utf8'), status: answer.status, answer: answer.body, at: Date.now() });
  }
  if (fault?.cut === 'after') request.socket.destroy();
  else send(response, answer);
}

async function answerTo({ layer, routes }: { layer: Layer; routes: readonly Route[] }, ask: Ask): Promise<Answer> {
  const path = ask.url.pathname;
  if (ask.token !== null && ask.viewer === null && !ask.token.startsWith('eyJ')) return new Refusal(401, 'Bad credentials').answer;
  try {
    const moved = redirectFormer(ask, layer);
    if (moved !== null) return moved;
    refuseAbsent(ask, layer);
    await refuseArchived(ask, layer);
    const found = findRoute(routes, ask.method, path);
    const answer = found === null ? null : await found.route.handler({ ...ask, params: found.params }, layer);
    return answer ?? (await handOn(ask, layer));
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

/** GitHub answers for a repository's former name where it went, by its present name: the emulator knows no repository by number. */
function redirectFormer({ url: { pathname, search } }: Ask, { store, url }: Layer): Answer | null {
  const [, name, rest] = /^\/repos\/([^/]+\/[^/]+)(.*)$/.exec(pathname) ?? [];
  const now = store.formerNames.get(decodeURIComponent(name ?? '').toLowerCase());
  if (now === undefined) return null;
  const location = `${url}/repos/${now}${rest}${search}`;
  return { status: 301, headers: { location }, body: { message: 'Moved Permanently', url: location, documentation_url: 'https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects' } };
}

/** Nothing in an archived repository can be written, but that it is archived. */
async function refuseArchived(ask: Ask, layer: Layer): Promise<void> {
  const repository = /^\/repos\/[^/]+\/[^/]+(?=\/)/.exec(ask.url.pathname)?.[0];
  if (ask.method === 'GET' || repository === undefined) return;
  const { body } = await layer.upstream.request('GET', repository, { token: ask.token });
  if ((body as { archived?: boolean } | null)?.archived === true) throw new Refusal(403, 'Repository was archived so is read-only.');
}

/** Lets the emulator answer. What it refuses is put into the words of the real GitHub. */
export async function handOn(ask: Ask, layer: Layer): Promise<Answer> {
  const accept = ask.headers['accept'];
  const answer = await layer.upstream.request(ask.method, ask.url.pathname + ask.url.search, {
    token: ask.token,
    ...(ask.body.length > 0 && { body: ask.body }),
    ...(accept !== undefined && { headers: { accept } }),
  });
  if (answer.status !== 403) return answer;
  if (ask.method === 'GET') return new Refusal(404, 'Not Found').answer;
  return new Refusal(403, ask.viewer?.type === 'Bot' ? 'Resource not accessible by integration' : 'Must have admin rights to Repository.').answer;
}

function send(response: ServerResponse, answer: Answer): void {
  const raw = typeof answer.body === 'string' || Buffer.isBuffer(answer.body);
  const body = answer.body === null ? '' : raw ? (answer.body as string | Buffer) : JSON.stringify(answer.body);
  const limits = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4900', 'x-ratelimit-used': '100', 'x-ratelimit-resource': 'core', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600) };
  const type = raw ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(answer.status, { 'content-type': type, 'x-github-request-id': 'SAND:BOX', ...limits, ...answer.headers });
  response.end(body);
}
