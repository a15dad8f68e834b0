// A payload as it is stored: zstd, the quickest level. A webhook of 28 kB becomes about 4.
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

const QUICK = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** A bomb that was signed by GitHub is not expected; that memory ends is. */
const PAYLOAD_MAX = 32 * 1024 * 1024;

export function pack(payload: Buffer): Buffer {
  return zstdCompressSync(payload, QUICK);
}

export function unpack(stored: Buffer): Buffer {
  return zstdDecompressSync(stored, { maxOutputLength: PAYLOAD_MAX });
}
