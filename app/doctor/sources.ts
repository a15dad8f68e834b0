// The doctor at the sources of metrics: whether their secrets are set, and whether anything answers at their addresses.
import { connect } from 'node:net';
import { SetupError } from '../../src/errors.ts';
import { fillSecrets } from '../../src/metrics/secrets.ts';
import type { Source } from '../../src/model/config.ts';
import { fine, missing } from './finding.ts';
import type { Finding } from './finding.ts';

const PATIENCE_MS = 3000;

export interface PlacedSource {
  /** For whom: an owner or a repository. */
  readonly place: string;
  readonly source: Source;
}

export function examineSources(sources: readonly PlacedSource[], env: Readonly<Record<string, string | undefined>>): Promise<readonly Finding[]> {
  return Promise.all(sources.map(({ place, source }) => examine(`source ${source.name} of ${place}`, source, env)));
}

async function examine(what: string, source: Source, env: Readonly<Record<string, string | undefined>>): Promise<Finding> {
  if (source.url === null || !/^https?:/i.test(source.url)) return fine(what, `${source.type}, which has no address to try`);
  try {
    const { hostname, protocol, port } = new URL(fillSecrets(source, env).url);
    const at = Number(port) || (protocol === 'http:' ? 80 : 443);
    const trouble = await reach(hostname, at);
    return trouble === null ? fine(what, `${source.type}, answers at ${hostname}:${at}`) : missing(what, `${hostname}:${at} does not answer (${trouble})`, 'Correct its `url`, or let this machine reach it.');
  } catch (error) {
    if (error instanceof SetupError) return missing(what, error.message, error.remedy);
    return missing(what, 'its `url` is no address', 'Write scheme and host: https://prometheus.example.com');
  }
}

/** null where somebody takes the connection. */
function reach(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port, timeout: PATIENCE_MS });
    const end = (trouble: string | null): void => {
      socket.destroy();
      resolve(trouble);
    };
    socket.once('connect', () => end(null));
    socket.once('timeout', () => end('silence'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'unreachable'));
  });
}
