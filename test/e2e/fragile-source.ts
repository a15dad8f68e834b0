// A door before a real Prometheus that can be slammed, narrowed and misled: what sources do on a bad day.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EFFECT_AT } from '../../sandbox/life/shop.ts';

/** `half`: every second value since the deployment is lost. `other`: the query leads to another service's series. `seconds`: told in another unit. */
export type Mood = 'well' | 'down' | 'throttled' | 'half' | 'two series' | 'other' | 'seconds';

export interface FragileSource {
  readonly url: string;
  mood: Mood;
  readonly close: () => Promise<void>;
}

interface Row {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

/** Listens on a free port before the Prometheus at `origin`. */
export async function openFragileSource(origin: string): Promise<FragileSource> {
  const server = createServer(async (request, response) => {
    const { mood } = source;
    if (mood === 'down') return void request.socket.destroy();
    if (mood === 'throttled') return void response.writeHead(429, { 'retry-after': '3600' }).end();
    const sent = (await readAll(request)).replaceAll('checkout', mood === 'other' ? 'search' : 'checkout');
    const answer = await fetch(origin + (request.url ?? ''), { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: sent });
    const body = (await answer.json()) as { data?: { result: readonly Row[] } };
    if (body.data !== undefined) body.data = { ...body.data, result: bend(body.data.result, mood) };
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const source: FragileSource = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mood: 'well',
    close: () => new Promise((closed) => {
      server.closeAllConnections();
      server.close(() => closed());
    }),
  };
  return source;
}

function bend(rows: readonly Row[], mood: Mood): readonly Row[] {
  switch (mood) {
    case 'half':
      return rows.map((row) => ({ ...row, values: row.values.filter(([time]) => time < EFFECT_AT || time % 600 === 0) }));
    case 'two series':
      return rows.flatMap((row) => [row, { ...row, metric: { ...row.metric, zone: 'b' } }]);
    case 'seconds':
      return rows.map((row) => ({ ...row, values: row.values.map(([time, value]) => [time, String(Number(value) / 1000)] as const) }));
    default:
      return rows;
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
