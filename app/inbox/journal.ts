// A file of frames, on disk before what they hold is answered: what the embedded database doesn't promise after a power cut.
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { TransientError } from '../../src/errors.ts';
import { beginSegment, headOf, readSegment } from './segment.ts';

/** A segment that has grown to this is closed; it is removed once the database has it all on disk. */
const SEGMENT_MAX = 16 * 1024 * 1024;
/** What a disk that refused something has to take before it is trusted again: about what a few webhooks need. */
const TRIAL = Buffer.alloc(64 * 1024);

export class Journal {
  readonly #folder: string;
  #file: FileHandle;
  #path: string;
  /** Up to here every byte is on disk, and belongs to a whole frame. */
  #size = 0;
  #count: number;
  /** What the disk said when it last refused something, and has not taken anything since. */
  #trouble: unknown = null;
  /** The last that was begun: writes go one after the other. */
  #before: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, first: { readonly file: FileHandle; readonly path: string; readonly count: number }) {
    this.#folder = folder;
    this.#file = first.file;
    this.#path = first.path;
    this.#count = first.count;
  }

  /** Begins a segment after those that are there, which `segments` names for the replay. */
  static async open(folder: string): Promise<{ readonly journal: Journal; readonly segments: readonly string[] }> {
    await mkdir(folder, { recursive: true });
    const names = (await readdir(folder)).sort();
    // One that was set aside keeps its number to itself.
    const count = Math.max(0, ...names.map((name) => Number(/^(\d{8})\.log/.exec(name)?.[1] ?? 0))) + 1;
    const first = { ...(await beginSegment(folder, count)), count };
    return { journal: new Journal(folder, first), segments: segmentsOf(folder, names) };
  }

  get isFull(): boolean {
    return this.#size >= SEGMENT_MAX;
  }

  /** Resolves when the frame is on disk. Rejects where the disk does not take it: then nothing of it stays. */
  append(frame: Buffer): Promise<void> {
    return this.#inTurn(async () => {
      this.#size += await this.#write([headOf(frame), frame]);
    });
  }

  /** null while the disk takes what it is given. One that refused something is tried anew; what it says then. */
  ask(): Promise<unknown> {
    return this.#inTurn(async () => {
      if (this.#trouble === null) return null;
      return this.#write([TRIAL]).then(() => this.#cut()).then(() => null, (error: unknown) => (this.#trouble = error));
    });
  }

  /** Begins the next segment and closes this one, whose path it resolves with. Where it cannot be begun, this one goes on. */
  turn(): Promise<string> {
    return this.#inTurn(async () => {
      const next = await beginSegment(this.#folder, this.#count + 1);
      const [file, path] = [this.#file, this.#path];
      this.#count += 1;
      [this.#file, this.#path, this.#size] = [next.file, next.path, 0];
      // All of it is on disk: what is said at its end changes nothing.
      await file.close().catch(() => undefined);
      return path;
    });
  }

  /** Resolves with the path of the last segment. */
  close(): Promise<string> {
    return this.#inTurn(async () => {
      await this.#file.close();
      return this.#path;
    });
  }

  /** All of it is on disk, or none: a frame behind a torn one could not be read again. */
  async #write(parts: readonly Buffer[]): Promise<number> {
    if (this.#trouble !== null) await this.#cut();
    try {
      const { bytesWritten } = await this.#file.writev([...parts]);
      // A disk that is nearly full takes a part, and calls it a success.
      if (bytesWritten < parts.reduce((sum, { length }) => sum + length, 0)) throw new TransientError('the disk has room for a part of it only');
      await this.#file.datasync();
      this.#trouble = null;
      return bytesWritten;
    } catch (error) {
      this.#trouble = error;
      // Where even that is refused, it comes before the next frame.
      await this.#cut().catch(() => undefined);
      throw error;
    }
  }

  async #cut(): Promise<void> {
    await this.#file.truncate(this.#size);
    await this.#file.sync();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#before.then(work);
    this.#before = done.catch(() => undefined);
    return done;
  }
}

function segmentsOf(folder: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => /^\d{8}\.log$/.test(name)).sort().map((name) => `${folder}/${name}`);
}

/** The frames of all segments, null for one that is damaged, while nobody writes; the segments stay as they are. */
export async function* readJournal(folder: string): AsyncGenerator<{ readonly segment: string; readonly frame: Buffer | null }> {
  for (const segment of existsSync(folder) ? segmentsOf(folder, await readdir(folder)) : []) {
    for await (const frame of readSegment(segment)) yield { segment, frame };
  }
}
