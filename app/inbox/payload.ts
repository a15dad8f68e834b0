// A payload as it is stored: zstd, the quickest level. A webhook of 28 kB becomes about 4.
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** A window of a webhook's size and its length told in advance: half the time of the defaults, the same size. */
const QUICK = { chunkSize: 8192, params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_windowLog]: 15 } };
/** A bomb that was signed by GitHub is not expected; that memory ends is. */
const PAYLOAD_MAX = 32 * 1024 * 1024;

export function pack(payload: Buffer): Buffer {
  return zstdCompressSync(payload, { ...QUICK, pledgedSrcSize: payload.length });
}

export function unpack(stored: Buffer): Buffer {
  return zstdDecompressSync(stored, { maxOutputLength: PAYLOAD_MAX });
}
