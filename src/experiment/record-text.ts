// An experiment as one block of text for the machine: compressed, with its digest, signed and sealed where there is a key.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Experiment } from '../model/experiment.ts';
import { restore, share, type Audience, type Withheld } from './sharing.ts';
import { digestOf, isSignature, seal, signatureOf, unseal, type SigningKey } from './signature.ts';

const HEAD = 'yardstick-record/1';
/** A record inflates to far less; more than this is no record of ours. */
const INFLATED_MAX = 2_000_000;
const LINE = 100;

export interface RecordText {
  readonly text: string;
  /** SHA-256 over the content, in hex; people see its beginning. */
  readonly digest: string;
  /** What not every reader may know was left out for lack of a key. */
  readonly withheldUnsealed: boolean;
}

/** Writes the block for an audience. The same experiment gives the same text. */
export function encodeRecord(experiment: Experiment, { audience, key }: { readonly audience: Audience; readonly key: SigningKey }): RecordText {
  const { shared, withheld } = share(experiment, audience);
  const content = JSON.stringify(shared);
  const sealed = withheld === null || key === null ? '' : pack(seal(deflateRawSync(Buffer.from(JSON.stringify(withheld)), { level: 9 }), key));
  const signed = `${content}\n${sealed}`;
  const digest = digestOf(signed);
  const lines = [HEAD, ...folded(pack(deflateRawSync(Buffer.from(content), { level: 9 }))), ...(sealed === '' ? [] : ['sealed', ...folded(sealed)]), `sha256 ${digest}`, ...(key === null ? [] : [`hmac-sha256 ${signatureOf(signed, key)}`])];
  return { text: lines.join('\n'), digest, withheldUnsealed: withheld !== null && key === null };
}

export type RecordReading =
  | { readonly kind: 'intact'; readonly experiment: Experiment; readonly digest: string }
  /** Something is there and it is not what we wrote; `why` for people. */
  | { readonly kind: 'broken'; readonly why: string };

/** Reads the block. With a key only its own signature counts: an unsigned record is broken then. */
export function decodeRecord(text: string, key: SigningKey): RecordReading {
  const parts = splitRecord(text);
  if (parts === null) return broken('it is no record that can be read');
  const { body, sealed, digest, signature } = parts;
  const content = inflate(Buffer.from(body, 'base64url'));
  if (content === null) return broken('its content cannot be unpacked');
  const signed = `${content}\n${sealed}`;
  if (digestOf(signed) !== digest) return broken('its digest does not fit its content');
  if (key !== null && (signature === null || !isSignature(signed, signature, key))) return broken('its signature is missing or was not made with this key');
  const shared = parseExperiment(content);
  if (shared === null) return broken('its content is none that this version knows');
  const withheld = sealed === '' || key === null ? null : parseWithheld(unseal(Buffer.from(sealed, 'base64url'), key));
  return { kind: 'intact', digest, experiment: withheld === null ? shared : restore(shared, withheld) };
}

interface RecordParts {
  readonly body: string;
  readonly sealed: string;
  readonly digest: string;
  readonly signature: string | null;
}

/** Line by line: the head, packed lines, packed lines after `sealed`, the digest, the signature. */
function splitRecord(text: string): RecordParts | null {
  const [head, ...lines] = text.replaceAll('\r\n', '\n').trim().split('\n');
  const end = lines.findIndex((line) => line.startsWith('sha256 '));
  if (head !== HEAD || end === -1) return null;
  const packed = lines.slice(0, end);
  const border = packed.indexOf('sealed');
  const digest = /^sha256 ([0-9a-f]{64})$/.exec(lines[end] ?? '')?.[1];
  const last = lines[end + 1];
  const signature = last === undefined ? null : /^hmac-sha256 ([0-9a-f]{64})$/.exec(last)?.[1];
  if (digest === undefined || signature === undefined || lines.length > end + 2) return null;
  return { body: packed.slice(0, border === -1 ? packed.length : border).join(''), sealed: border === -1 ? '' : packed.slice(border + 1).join(''), digest, signature };
}

function broken(why: string): RecordReading {
  return { kind: 'broken', why };
}

/** Digest and authorship say that we wrote it, so its shape is that of its version. */
function parseExperiment(content: string): Experiment | null {
  const value = parseJson(content);
  return isFields(value) && value['version'] === 1 && typeof value['key'] === 'string' && Array.isArray(value['criteria']) && Array.isArray(value['members']) ? (value as unknown as Experiment) : null;
}

function parseWithheld(bytes: Buffer | null): Withheld | null {
  const text = bytes === null ? null : inflate(bytes);
  const value = text === null ? null : parseJson(text);
  return isFields(value) && isFields(value['queries']) && isFields(value['baselines']) ? (value as unknown as Withheld) : null;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function pack(bytes: Buffer): string {
  return bytes.toString('base64url');
}

function folded(text: string): readonly string[] {
  return text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
}

function inflate(bytes: Buffer): string | null {
  try {
    return inflateRawSync(bytes, { maxOutputLength: INFLATED_MAX }).toString('utf8');
  } catch {
    return null;
  }
}
