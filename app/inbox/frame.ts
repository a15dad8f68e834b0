// Deliveries that arrive together, as they are kept: one frame, compressed as a whole, since webhooks resemble each other.
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Delivery } from './delivery.ts';

const compress = promisify(zstdCompress);
/** A window that spans some dozens of webhooks. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_windowLog]: 19 } };
/** Up to here compressing takes a tenth of a millisecond, less than handing it to another thread. */
const AT_ONCE_MAX = 64 * 1024;
/** A frame that is larger, in bytes, was not written here. */
export const FRAME_MAX = 512 * 1024 * 1024;

/** Lengths and what is known of each in one line of JSON, then the payloads, one after the other. */
export async function encodeFrame(deliveries: readonly Delivery[]): Promise<Buffer> {
  const about = deliveries.map(({ payload, ...rest }) => ({ ...rest, length: payload.length }));
  const parts = [Buffer.from(`${JSON.stringify(about)}\n`), ...deliveries.map(({ payload }) => payload)];
  const whole = Buffer.concat(parts);
  const options = { ...LEVEL, pledgedSrcSize: whole.length };
  return whole.length <= AT_ONCE_MAX ? zstdCompressSync(whole, options) : compress(whole, options);
}

/** @throws where the bytes are no frame */
export function decodeFrame(frame: Uint8Array): readonly Delivery[] {
  const whole = zstdDecompressSync(frame, { maxOutputLength: FRAME_MAX });
  let at = whole.indexOf('\n') + 1;
  const about = JSON.parse(whole.subarray(0, at).toString()) as readonly (Omit<Delivery, 'payload'> & { readonly length: number })[];
  return about.map(({ length, ...rest }) => {
    const payload = whole.subarray(at, at + length);
    at += length;
    return { ...rest, payload };
  });
}

/** null where the bytes are no frame: a disk damaged them. */
export function readFrame(frame: Uint8Array): readonly Delivery[] | null {
  try {
    return decodeFrame(frame);
  } catch {
    return null;
  }
}
