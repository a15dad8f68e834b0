// Digest, signature and seal of a record: a digest finds damage, a signature forgery, a seal keeps what not everybody may read.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** A signing key as the operator gave it; null: records carry a digest only. */
export type SigningKey = string | null;

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function signatureOf(text: string, key: string): string {
  return createHmac('sha256', derive(key, 'record signature')).update(text).digest('hex');
}

export function isSignature(text: string, signature: string, key: string): boolean {
  const wanted = Buffer.from(signatureOf(text, key), 'hex');
  const found = Buffer.from(signature, 'hex');
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

/**
 * Encrypts by AES-256-GCM. The nonce comes from key and text (as in SIV modes): the same text gives the same seal, so an unchanged record is
 * never written again, and two texts share a nonce no more likely than two digests collide.
 */
export function seal(plain: Buffer, key: string): Buffer {
  const secret = derive(key, 'record seal');
  const nonce = createHmac('sha256', secret).update(plain).digest().subarray(0, 12);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Null where the key is another one, or the seal is broken. */
export function unseal(sealed: Buffer, key: string): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', derive(key, 'record seal'), sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  } catch {
    return null;
  }
}

/** One key a purpose (RFC 5869), so that a signature says nothing of a seal. */
function derive(key: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, 'yardstick', purpose, 32));
}
