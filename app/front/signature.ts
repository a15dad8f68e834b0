// Whether GitHub signed a body, compared in constant time.
import { createHmac, timingSafeEqual } from 'node:crypto';

const FORM = /^sha256=[0-9a-f]{64}$/;

/** Whether the header has the form of a signature at all: known before a byte of the body is read. */
export function isSignature(header: string | undefined): header is string {
  return header !== undefined && FORM.test(header);
}

/**
 * Each secret is tried, whichever fits: how long that takes says nothing of them.
 * @param signature as GitHub sends it in `x-hub-signature-256`
 */
export function isSigned(body: readonly Buffer[], signature: string, secrets: readonly string[]): boolean {
  const given = Buffer.from(signature.slice('sha256='.length), 'hex');
  return secrets.map((secret) => timingSafeEqual(macOf(body, secret), given)).includes(true);
}

function macOf(body: readonly Buffer[], secret: string): Buffer {
  const mac = createHmac('sha256', secret);
  for (const chunk of body) mac.update(chunk);
  return mac.digest();
}
