// The JSON web token with which an App says who it is: checked as strictly as GitHub does.
import { createPublicKey, verify } from 'node:crypto';
import { type Ask, Refusal } from './exchange.ts';
import type { Layer } from './layer.ts';

/** GitHub refuses one that is to last longer, seconds. */
const LONGEST = 600;

/** The App whose token this is, or GitHub's refusal. */
export function appOf(ask: Ask, layer: Layer): number {
  const [head = '', body = '', signature = ''] = ask.token?.split('.') ?? [];
  const key = createPublicKey(layer.upstream.privateKey);
  if (!verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) throw new Refusal(401, 'A JSON web token could not be decoded');
  const { iss, exp } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { readonly iss: string | number; readonly exp: number };
  const left = exp - Date.now() / 1000;
  if (left <= 0) throw new Refusal(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires");
  if (left > LONGEST) throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  return Number(iss);
}
