// One way to GitHub for each installation: its own token and its own pace, over connections that all share.
import { createTransport } from '../../src/github/http.ts';
import type { Clients } from '../../src/github/http.ts';
import type { Transport } from '../../src/github/transport.ts';
import type { Settings } from '../settings.ts';
import { createAppTokens } from './app-auth.ts';
import { createInstallationTokens } from './installation-tokens.ts';
import type { Pace } from './pace.ts';

/** Enough for all jobs in work at once: none waits for another installation's answers. */
const SOCKETS = 192;

export interface Connections {
  readonly of: (installation: number) => Transport;
  /** As the App itself, without an installation: its deliveries, its installations. */
  readonly app: Transport;
  /** Lets go of connections that are kept for a next request: they would keep the process. */
  readonly close: () => Promise<void>;
}

export function createConnections(settings: Pick<Settings, 'apiUrl' | 'appId' | 'privateKey'>, pace: Pace): Connections {
  const { apiUrl } = settings;
  const clients: Clients = new Map();
  const known = new Map<number, Transport>();
  // Limits are the pace's matter: a transport that waits by itself would hold a worker.
  const open = (token: () => Promise<string>): Transport => createTransport({ apiUrl, token, clients, sockets: SOCKETS, patience: 0, proxyEnv: process.env });
  const app = open(createAppTokens(settings));
  const tokenOf = createInstallationTokens(app);
  return {
    app,
    of: (installation) => {
      const transport = known.get(installation) ?? pace.over(installation, open(() => tokenOf(installation)));
      known.set(installation, transport);
      return transport;
    },
    close: async () => {
      for (const client of clients.values()) (await client).agent.destroy();
    },
  };
}
