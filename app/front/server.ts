// The App's own server: webhooks first, then the probes; anything else is not here.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refuseDoor } from '../refusal.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface Route {
  readonly handle: Handler;
  /** What is answered where it fails: why is for the log alone. */
  readonly failed: string;
}

/** Method and path → who answers. */
export type Routes = Readonly<Record<string, Route>>;

export interface Front {
  readonly url: string;
  /** Takes no more connections, and lets those go that wait for nothing. */
  readonly close: () => Promise<void>;
}

/** GitHub gives up after 10 s; nobody needs longer to send a webhook. Who does is found within a second. */
const TIMEOUTS = { requestTimeout: 15_000, headersTimeout: 10_000, connectionsCheckingInterval: 1000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 };

/** What was begun when the server closes has this long. */
const LAST_WORDS_MS = 3000;

export async function openFront(routes: Routes, { host, port, onError }: { readonly host: string; readonly port: number; readonly onError: (error: unknown, path: string) => void }): Promise<Front> {
  const server = createServer(TIMEOUTS, (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const route = routes[`${request.method} ${path}`];
    if (route === undefined) return void reply(response, 404, 'nothing here');
    route.handle(request, response).catch((error: unknown) => {
      onError(error, path);
      if (!response.headersSent) reply(response, 500, route.failed);
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(refuseDoor(error, { host, port })));
    server.listen(port, host, resolve);
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`, close: () => closeServer(server) };
}

export function reply(response: ServerResponse, status: number, text: string): void {
  const body = Buffer.from(text);
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.writeHead(status, { 'content-length': body.length }).end(body);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // Whoever is still sending then was not acknowledged, and can send it again.
    const cut = setTimeout(() => server.closeAllConnections(), LAST_WORDS_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
