// A pool of connections to PostgreSQL that outlives the server's restart, and a server that falls silent.
import type { Socket } from 'node:net';
import type { ClientBase, Pool, PoolConfig } from 'pg';
import { TransientError } from '../../src/errors.ts';

/** How long a server is waited for, ms; 0: as long as it takes. */
export interface Patience {
  /** Until it has let in. */
  readonly connectMs: number;
  /** Asked at each query: one that says nothing for so long is given up, and its connection with it. */
  readonly silenceMs: () => number;
}

export async function openPool(config: PoolConfig, { connectMs, silenceMs }: Patience): Promise<Pool> {
  const { Client, Pool } = await import('pg');
  /** The limit is for connecting alone: the pool's own, of the same name, would count the wait for a free connection too. */
  class QuickClient extends Client {
    constructor(options: PoolConfig) {
      super({ ...options, connectionTimeoutMillis: connectMs });
    }
  }
  const pool = new Pool({ keepAlive: true, ...config, Client: QuickClient as unknown as new () => ClientBase });
  // A connection that breaks is replaced by the pool, and whoever was using it is told by the failed query.
  // Its event is heard here as well: unheard it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    watch(client, silenceMs);
  });
  return pool;
}

/**
 * A server that vanished without a word (its host died, a firewall forgot the connection) is noticed by the system after a quarter of an hour. While a query is open, and only then, silence ends
 * the connection; a limit of pg's own would give it back to the pool, where the next would wait behind the same query.
 */
function watch(client: ClientBase, silenceMs: Patience['silenceMs']): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection;
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = ((...args: unknown[]) => {
    stream.setTimeout(silenceMs());
    return query(...args);
  }) as typeof client.query;
  client.on('drain', () => stream.setTimeout(0));
  stream.on('timeout', () => stream.destroy(new TransientError('the database: no answer')));
}
