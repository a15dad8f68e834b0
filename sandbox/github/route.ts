// The layer's route table: patterns such as `GET /repos/:owner/:repo/pulls/:number/files`, the first that matches answers.
import type { Answer, Ask } from './exchange.ts';
import type { Layer } from './layer.ts';

/** Answers a request; null hands it on to the emulator. */
export type Handler = (ask: Ask, layer: Layer) => Promise<Answer | null>;

export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: Handler;
}

/**
 * A row of the table. `:name` matches one segment, `:name*` the rest of the path.
 * @param spec method and path, as GitHub's documentation writes them
 */
export function route(spec: string, handler: Handler): Route {
  const [method = '', path = ''] = spec.split(' ');
  const source = path.replace(/:([a-z_]+)(\*?)/g, (_, name: string, star: string) => `(?<${name}>${star === '*' ? '.+' : '[^/]+'})`);
  return { method, pattern: new RegExp(`^${source}$`), handler };
}

/** The route for a request and what its names matched; null if the layer has none. */
export function findRoute(routes: readonly Route[], method: string, path: string): { route: Route; params: Record<string, string> } | null {
  for (const candidate of routes) {
    if (candidate.method !== method) continue;
    const match = candidate.pattern.exec(path);
    if (match === null) continue;
    const params = Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
    return { route: candidate, params };
  }
  return null;
}
