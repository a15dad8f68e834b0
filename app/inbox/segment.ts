// A segment of the journal, which is a file: begun, read back, set aside or removed.
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { FRAME_MAX } from './frame.ts';

/** Before each frame, bytes: its length, its checksum, and the checksum of these two. */
const HEAD = 12;
const ZEROS = Buffer.alloc(HEAD);

/** What stands before a frame. A length that a disk damaged would else look like a frame that was cut off, and all behind it be lost. */
export function headOf(frame: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(frame.length, 0);
  head.writeUInt32LE(crc32(frame), 4);
  head.writeUInt32LE(crc32(head.subarray(0, 8)), 8);
  return head;
}

export async function beginSegment(folder: string, count: number): Promise<{ readonly file: FileHandle; readonly path: string }> {
  const path = `${folder}/${String(count).padStart(8, '0')}.log`;
  const file = await open(path, 'a');
  try {
    // The name must survive as well as the content.
    const directory = await open(folder, 'r');
    await directory.sync().finally(() => directory.close());
  } catch (error) {
    await file.close();
    throw error;
  }
  return { file, path };
}

export async function removeSegment(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Keeps a segment that cannot be read to its end out of the way of later starts; resolves with its new path. */
export async function setAside(path: string): Promise<string> {
  await rename(path, `${path}.bad`);
  return `${path}.bad`;
}

/**
 * The frames of a segment; null for one whose checksum does not fit, and for all that stands behind a head whose own
 * does not. Ends at the first that is torn, which was never acknowledged: it is cut short, or, after a power cut, the
 * file has grown and holds zeros where it should be.
 */
export async function* readSegment(path: string): AsyncGenerator<Buffer | null> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      if (rest.length < HEAD) break;
      const head = rest.subarray(0, HEAD);
      const length = head.readUInt32LE(0);
      if (length > FRAME_MAX || crc32(head.subarray(0, 8)) !== head.readUInt32LE(8)) {
        if (!head.equals(ZEROS)) yield null;
        return;
      }
      if (rest.length < HEAD + length) break;
      const body = rest.subarray(HEAD, HEAD + length);
      yield crc32(body) === head.readUInt32LE(4) ? Buffer.from(body) : null;
      rest = rest.subarray(HEAD + length);
    }
  }
}
