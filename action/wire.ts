// The Action's transport: it knows when requests have left, so that code is loaded while answers are awaited.
import { createTransport } from '../src/github/http.ts';
import type { TransportOptions } from '../src/github/http.ts';
import type { ApiRequest, Transport } from '../src/github/transport.ts';

export interface WireOptions extends TransportOptions {
  readonly token: string;
  /** Called once, when the first write is on its way. */
  readonly onWrite: () => void;
}

export interface Wire {
  readonly transport: Transport;
  /** Resolves when every request made so far has left, or after a moment: loading code blocks the process. */
  readonly flushed: () => Promise<void>;
}

/** Long enough for a TLS handshake nearby; afterwards the load goes on in any case. */
const PATIENCE_MS = 60;

export function openWire({ onWrite, ...options }: WireOptions): Wire {
  let waiting = 0;
  let wake: () => void = () => undefined;
  let announce: () => void = onWrite;
  const onSent = (request: ApiRequest): void => {
    waiting -= 1;
    if (waiting <= 0) wake();
    if (request.method === 'GET' || request.path === '/graphql') return;
    setImmediate(announce);
    announce = () => undefined;
  };
  const send = withToolkit(createTransport({ ...options, onSent }), options);
  return {
    transport: (request) => {
      waiting += 1;
      return send(request);
    },
    flushed: () => new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    }),
  };
}

/** Behind a proxy everything goes over node:https, which knows the proxy; the toolkit's client would bring its own. */
function withToolkit(send: Transport, { token, apiUrl, proxyEnv = {} }: TransportOptions & { readonly token: string }): Transport {
  if (['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => proxyEnv[name])) return send;
  let toolkit: Promise<Transport> | null = null;
  return async (request) => {
    if (!/^\/repos\/[^/]+\/[^/]+\/actions\//.test(request.path)) return send(request);
    toolkit ??= import('./toolkit-transport.ts').then(({ createToolkitTransport }) => createToolkitTransport({ token, apiUrl }));
    return (await toolkit)(request);
  };
}
