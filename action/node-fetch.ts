// Stands in for undici in the bundle: the toolkit's own HTTP client is never used here, and undici would be two thirds of the file.
import { InternalError } from '../src/errors.ts';

export const fetch = globalThis.fetch;

/** The toolkit makes one only for its own HTTP client, behind a proxy; our requests go over node:https, which knows proxies itself. */
export function ProxyAgent(): never {
  throw new InternalError('the HTTP client of the toolkit is not part of this bundle');
}
