// A pool of connections to PostgreSQL that outlives the server's restart.
import type { Pool, PoolConfig } from 'pg';

export async function openPool(config: PoolConfig): Promise<Pool> {
  const { Pool } = await import('pg');
  const pool = new Pool(config);
  // A connection that breaks is replaced by the pool, and whoever was using it is told by the failed query.
  // Its event is heard here as well: unheard it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}
