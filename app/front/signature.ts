// Whether GitHub signed a body, compared in constant time.
import { createHmac, timingSafeEqual } from 'node:crypto';

const FORM = /^sha256=[0-9a-f]{64}$/;

/** Whether the header has the form of a signature at all: known before a byte of the body is read. */
export function isSignature(header: string | undefined): header is string {
  return header !== undefined && FORM.test(header);
}

/** @param signature as GitHub sends it in `x-hub-signature-256` */
export function isSigned(body: readonly Buffer[], signature: string, secret: string): boolean {
  const mac = createHmac('sha256', secret);
  for (const chunk of body) mac.update(chunk);
  return timingSafeEqual(mac.digest(), Buffer.from(signature.slice('sha256='.length), 'hex'));
}
