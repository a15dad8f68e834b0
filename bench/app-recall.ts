// A GitHub that remembers, before the stub that doesn't: it tells the check runs of a head that were posted, as the App asks after a crash.
import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

export interface RememberingGitHub {
  readonly url: string;
  /** How often each head was told: the ids of the check runs that were created. */
  readonly told: ReadonlyMap<string, readonly number[]>;
  readonly close: () => void;
}

interface Told {
  readonly id: number;
  readonly external_id: string;
}

/** @param stub the address of the one that answers everything else */
export async function rememberingGitHub(stub: string): Promise<RememberingGitHub> {
  const agent = new Agent({ keepAlive: true });
  const runs = new Map<string, Told[]>();
  const told = new Map<string, number[]>();
  const server = createServer((incoming, answer) => {
    const head = /\/commits\/(?<sha>[^/]+)\/check-runs/.exec(incoming.url ?? '')?.groups?.['sha'];
    if (head !== undefined) return send(answer, { total_count: runs.get(head)?.length ?? 0, check_runs: runs.get(head) ?? [] });
    const creates = incoming.method === 'POST' && (incoming.url ?? '').endsWith('/check-runs');
    void pass({ incoming, answer, stub, agent }).then(({ sent, received }) => {
      if (!creates) return;
      const { head_sha: sha, external_id } = JSON.parse(sent) as { readonly head_sha: string; readonly external_id: string };
      const { id } = JSON.parse(received) as { readonly id: number };
      runs.set(sha, [...(runs.get(sha) ?? []), { id, external_id }]);
      told.set(sha, [...(told.get(sha) ?? []), id]);
    }, () => answer.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { url: addressOf(server), told, close: () => void (server.close(), server.closeAllConnections(), agent.destroy()) };
}

interface Passing {
  readonly incoming: IncomingMessage;
  readonly answer: ServerResponse;
  readonly stub: string;
  readonly agent: Agent;
}

async function pass({ incoming, answer, stub, agent }: Passing): Promise<{ readonly sent: string; readonly received: string }> {
  const sent = await textOf(incoming);
  return new Promise((resolve, reject) => {
    const { host: _, ...headers } = incoming.headers;
    const outgoing = request(new URL(incoming.url ?? '/', stub), { method: incoming.method, agent, headers }, (reply) => {
      textOf(reply).then((received) => {
        // First remembered, then answered: what the App was told of is known here.
        resolve({ sent, received });
        setImmediate(() => answer.writeHead(reply.statusCode ?? 502, reply.headers).end(received));
      }, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(sent);
  });
}

function send(answer: ServerResponse, body: object): void {
  answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function addressOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
