// Connections to GitHub: kept alive from request to request, but not for long.
import type { Agent, request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';

/**
 * A server drops a connection that was silent for some seconds. What is sent into that moment fails, and a write may be done or not:
 * older ones aren't used again.
 */
const IDLE_MAX_MS = 2000;

export interface Client {
  readonly request: typeof httpRequest;
  readonly agent: Agent;
  /** Closes what has been idle for too long by now: a timer would be late where judging keeps the process busy. */
  readonly dropIdle: () => void;
}

export interface ClientOptions {
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are found: the host's environment. */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>>;
  /** Connections at once, 32 unless said. GitHub takes 100 requests at once from each installation. */
  readonly sockets?: number;
}

/** Only the client that the address needs is loaded: TLS costs start-up time that a plain loopback address doesn't need. */
export async function loadClient(protocol: string, { proxyEnv, sockets = 32 }: ClientOptions): Promise<Client> {
  const module = protocol === 'http:' ? await import('node:http') : await import('node:https');
  // `proxyEnv` is read by Node itself from 24.5 on; older ones ignore it.
  const agentOptions: object = { keepAlive: true, maxSockets: sockets, ...(proxyEnv ? { proxyEnv } : {}) };
  const agent: Agent = new module.Agent(agentOptions);
  return { request: module.request, agent, dropIdle: watchIdle(agent) };
}

function watchIdle(agent: Agent): () => void {
  const freedAt = new WeakMap<Socket, number>();
  agent.on('free', (socket: Socket) => void freedAt.set(socket, performance.now()));
  return () => {
    const idle = Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []);
    for (const socket of idle) if (performance.now() - (freedAt.get(socket) ?? 0) > IDLE_MAX_MS) socket.destroy();
  };
}
