// GitHub's part in the App's bench: a stub that counts checks, and how long it takes by itself for what one delivery asks of it.
import { Agent, request } from 'node:http';

export interface StubbedGitHub {
  readonly url: string;
  /** Forgets what was posted; the repositories have a configuration that is out of scope by path, and pull requests of so many files; each answer takes `latency` ms. */
  readonly reset: (files: number, latency?: number) => Promise<void>;
  readonly stats: () => Promise<Stats>;
  /** Resolves with the seconds it took until so many checks were posted since `begin`. @throws after `patience` seconds */
  readonly posted: (count: number, patience: number) => Promise<number>;
  /** From here on `posted` counts. */
  readonly begin: () => Promise<void>;
  /** Milliseconds that the stub takes for the requests of `work`, one after the other, sent by a bare client. */
  readonly ownTime: (work: () => Promise<void>) => Promise<number>;
}

export interface Stats {
  readonly checks: number;
  /** Checks of a head that had one already. */
  readonly doubles: number;
}

interface Sent {
  readonly m: string;
  readonly p: string;
  /** Bytes of the body. */
  readonly in: number;
}

const CONFIGURATION = { '.github/yardstick.yml': 'scope:\n  paths: ["infra/**"]\n' };
const LOOK_EVERY_MS = 2;

export function stubbedGitHub(url: string): StubbedGitHub {
  const control = (settings: object) => fetch(`${url}/__ctl`, { method: 'POST', body: JSON.stringify(settings) });
  const stats = async (): Promise<Stats> => {
    const { stamps } = (await (await fetch(`${url}/__stats?stamps`)).json()) as { readonly stamps: Readonly<Record<string, readonly number[]>> };
    const checks = Object.values(stamps).reduce((sum, times) => sum + times.length, 0);
    return { checks, doubles: checks - Object.keys(stamps).length };
  };
  const count = async (): Promise<number> => ((await (await fetch(`${url}/__stats`)).json()) as Stats).checks;
  let base = 0;
  return {
    url,
    stats,
    begin: async () => {
      base = await count();
    },
    reset: async (files, latency = 0) => void (await control({ reset: true, latency, log: false, files, contents: CONFIGURATION })),
    posted: async (wanted, patience) => {
      const began = performance.now();
      for (;;) {
        const seconds = (performance.now() - began) / 1000;
        const there = (await count()) - base;
        if (there >= wanted) return seconds;
        if (seconds > patience) throw new Error(`${there} of ${wanted} checks were posted in ${patience} s`);
        // The longer it takes, the less the asking may disturb.
        await new Promise((resolve) => void setTimeout(resolve, Math.max(LOOK_EVERY_MS, seconds * 10)));
      }
    },
    ownTime: async (work) => {
      await control({ log: true });
      const before = (await sent(url)).length;
      await work();
      const asked = (await sent(url)).slice(before).filter(({ p }) => !p.startsWith('/__'));
      await control({ log: false });
      const agent = new Agent({ keepAlive: true });
      const once = async (): Promise<number> => {
        const began = performance.now();
        for (const { m, p, in: bytes } of asked) await ask(new URL(p, url), { method: m, bytes, agent });
        return performance.now() - began;
      };
      const times = [];
      for (let index = 0; index < 20; index += 1) times.push(await once());
      agent.destroy();
      return times.sort((a, b) => a - b)[10] ?? Number.NaN;
    },
  };
}

async function sent(url: string): Promise<readonly Sent[]> {
  const { log } = (await (await fetch(`${url}/__log`)).json()) as { readonly log: readonly (Sent | null)[] };
  return log.filter((each) => each !== null);
}

/** A body of the same length, which the stub parses. */
function ask(url: URL, { method, bytes, agent }: { readonly method: string; readonly bytes: number; readonly agent: Agent }): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent }, (answer) => {
      answer.resume();
      answer.on('end', resolve);
    });
    outgoing.on('error', reject);
    outgoing.end(bytes > 0 ? JSON.stringify({ query: '' }).padEnd(bytes) : undefined);
  });
}
