// Carries webhooks from GitHub to the App: at once and in order, or as in a storm: late, twice, in any order.
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Weather = 'calm' | 'storm';

export interface Carrier {
  /** Where GitHub sends them. */
  readonly url: string;
  /** How many are to be handed over, those included that are kept back, and how many of them a second time. */
  readonly handed: () => { readonly all: number; readonly twice: number };
  /** Hands over what was kept back; resolves when the App has acknowledged everything. */
  readonly release: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Letter {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer<ArrayBuffer>;
}

/** In a storm one in so many is told only when all others are long worked off, and one in so many twice. */
const LATE = 7;
const TWICE = 4;
const DELAY_MS = 1500;

/** @param app where the App takes webhooks */
export async function openCarrier(app: () => string, weather: Weather): Promise<Carrier> {
  const draw = lots(20_261_125);
  const late: Letter[] = [];
  const onTheWay = new Set<Promise<void>>();
  let all = 0;
  let twice = 0;
  const send = (letter: Letter, delay: number): Promise<void> => {
    const way = pause(delay).then(() => handOver(app(), letter)).finally(() => onTheWay.delete(way));
    onTheWay.add(way);
    return way;
  };
  const server = createServer(async (request, answer) => {
    const letter = await read(request);
    all += 1;
    if (weather === 'calm') await send(letter, 0);
    else if (draw(LATE) === 0) late.push(letter);
    else void send(letter, draw(DELAY_MS));
    if (weather === 'storm' && draw(TWICE) === 0) {
      all += 1;
      twice += 1;
      void send(letter, draw(DELAY_MS));
    }
    answer.writeHead(202).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const settled = async (): Promise<void> => {
    while (onTheWay.size > 0) await Promise.all(onTheWay);
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    handed: () => ({ all, twice }),
    release: async () => {
      await settled();
      for (const letter of late.splice(0)) void send(letter, draw(DELAY_MS));
      await settled();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

/** Until it is acknowledged, as a person would with the button of GitHub's page. */
async function handOver(url: string, { headers, body }: Letter): Promise<void> {
  for (;;) {
    const status = await fetch(url, { method: 'POST', headers, body }).then((answer) => answer.status, () => 0);
    if (status === 202) return;
    await pause(200);
  }
}

async function read(request: IncomingMessage): Promise<Letter> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.fromEntries(Object.entries(request.headers).flatMap(([name, value]) => (name.startsWith('x-') || name === 'content-type' ? [[name, String(value)]] : [])));
  return { headers, body: Buffer.concat(chunks) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}

/** The same lots in each run: whole numbers below `most`, by a linear congruential generator (Numerical Recipes' constants). */
function lots(seed: number): (most: number) => number {
  let state = seed >>> 0;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}
