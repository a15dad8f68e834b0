// A file of frames, on disk before what they hold is answered: what the embedded database doesn't promise after a power cut.
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** A segment that has grown to this is closed; it is removed once the database has it all on disk. */
const SEGMENT_MAX = 16 * 1024 * 1024;
/** Length and checksum before each frame. */
const HEAD = 8;

export class Journal {
  readonly #folder: string;
  #file: FileHandle;
  #path: string;
  #size = 0;
  #count: number;

  private constructor(folder: string, first: { readonly file: FileHandle; readonly path: string; readonly count: number }) {
    this.#folder = folder;
    this.#file = first.file;
    this.#path = first.path;
    this.#count = first.count;
  }

  /** Begins a segment after those that are there, which `segments` names for the replay. */
  static async open(folder: string): Promise<{ readonly journal: Journal; readonly segments: readonly string[] }> {
    await mkdir(folder, { recursive: true });
    const names = (await readdir(folder)).filter((name) => /^\d{8}\.log$/.test(name)).sort();
    const count = Number(names.at(-1)?.slice(0, 8) ?? 0) + 1;
    const first = { ...(await begin(folder, count)), count };
    return { journal: new Journal(folder, first), segments: names.map((name) => `${folder}/${name}`) };
  }

  get isFull(): boolean {
    return this.#size >= SEGMENT_MAX;
  }

  /** Resolves when the frame is on disk. One call at a time. */
  async append(frame: Buffer): Promise<void> {
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(frame.length, 0);
    head.writeUInt32LE(crc32(frame), 4);
    const { bytesWritten } = await this.#file.writev([head, frame]);
    await this.#file.datasync();
    this.#size += bytesWritten;
  }

  /** Closes the segment and begins the next; resolves with the closed one's path. */
  async turn(): Promise<string> {
    const closed = this.#path;
    await this.#file.close();
    this.#count += 1;
    const next = await begin(this.#folder, this.#count);
    [this.#file, this.#path, this.#size] = [next.file, next.path, 0];
    return closed;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

async function begin(folder: string, count: number): Promise<{ readonly file: FileHandle; readonly path: string }> {
  const path = `${folder}/${String(count).padStart(8, '0')}.log`;
  const file = await open(path, 'a');
  // The name must survive as well as the content.
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
  return { file, path };
}

export async function removeSegment(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** The frames of a segment. Ends at the first that is torn: it was never acknowledged. */
export async function* readSegment(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      if (rest.length < HEAD) break;
      const length = rest.readUInt32LE(0);
      if (rest.length < HEAD + length) break;
      const body = rest.subarray(HEAD, HEAD + length);
      if (crc32(body) !== rest.readUInt32LE(4)) return;
      yield Buffer.from(body);
      rest = rest.subarray(HEAD + length);
    }
  }
}
