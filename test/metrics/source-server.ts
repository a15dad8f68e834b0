// A source of metrics over real HTTP: answers what the test says, and keeps what it was asked.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | object;
}

export interface SourceServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  readonly close: () => void;
}

/** Each request gets the answer that `reply` gives; null leaves it hanging. */
export async function startSource(reply: (asked: Asked, nth: number) => Reply | null): Promise<SourceServer> {
  const asked: Asked[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { method: request.method ?? '', url: new URL(request.url ?? '/', 'http://source'), headers: request.headers, body: Buffer.concat(chunks).toString() };
      asked.push(one);
      const answer = reply(one, asked.length);
      if (answer === null) return;
      response.writeHead(answer.status ?? 200, answer.headers);
      response.end(typeof answer.body === 'string' || answer.body instanceof Uint8Array ? answer.body : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close: () => (server.closeAllConnections(), void server.close()) };
}
