// Reads commits and files of a clone by name, over one long-lived `git cat-file --batch`.
import { gitFailure, startGit, type GitProcess } from './process.ts';

/** Bytes of a file that are read; a longer one is told as unreadable, like a binary one. */
export const objectLimit = 1024 * 1024;

/** What a name stands for in the clone. */
export type ObjectReading = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'absent' } | { readonly kind: 'unreadable'; readonly why: string };

/** Takes names like `COMMIT` or `COMMIT:path/of/file`. Requests are answered in order; close it when done. */
export class ObjectReader {
  readonly #git: GitProcess;
  readonly #bytes: ByteReader;
  #last: Promise<unknown> = Promise.resolve();
  #unsent = '';

  constructor(dir: string) {
    this.#git = startGit(dir, ['cat-file', '--batch']);
    this.#bytes = new ByteReader(this.#git.child.stdout);
  }

  /** @throws SetupError on a partial clone, TransientError when git breaks off */
  read(name: string): Promise<ObjectReading> {
    // A line break would be read as two requests.
    if (name.includes('\n')) return Promise.resolve({ kind: 'absent' });
    this.#send(`${name}\n`);
    const answer = this.#last.then(() => this.#answer());
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  /** What is asked in one go is sent in one go: every write wakes git. */
  #send(request: string): void {
    if (this.#unsent === '') queueMicrotask(() => {
      this.#git.child.stdin.write(this.#unsent);
      this.#unsent = '';
    });
    this.#unsent += request;
  }

  async #answer(): Promise<ObjectReading> {
    const header = await this.#bytes.line();
    if (header === null) throw gitFailure((await this.#git.done).complaint);
    const found = / (blob|commit|tree|tag) (\d{1,15})$/.exec(header);
    if (found === null) return { kind: 'absent' };
    const size = Number(found[2]);
    const bytes = await this.#bytes.take(size, objectLimit);
    await this.#bytes.take(1, 1);
    if (found[1] === 'tree') return { kind: 'unreadable', why: 'it is a folder' };
    if (size > objectLimit) return { kind: 'unreadable', why: `it is larger than ${objectLimit} bytes` };
    if (bytes.subarray(0, 8_000).includes(0)) return { kind: 'unreadable', why: 'it is a binary file' };
    try {
      return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
    } catch {
      return { kind: 'unreadable', why: 'it is not UTF-8' };
    }
  }

  async close(): Promise<void> {
    this.#git.child.stdin.end();
    this.#git.child.kill();
    await this.#git.done;
  }
}

/** Takes lines and counted bytes off a stream. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
    return true;
  }

  /** The next line without its break; null at the end of the stream. */
  async line(): Promise<string | null> {
    let end = this.#held.indexOf(10);
    while (end < 0) {
      if (!(await this.#more())) return null;
      end = this.#held.indexOf(10);
    }
    const line = this.#held.toString('utf8', 0, end);
    this.#held = this.#held.subarray(end + 1);
    return line;
  }

  /** Passes over `size` bytes and gives the first `limit` of them. */
  async take(size: number, limit: number): Promise<Buffer> {
    const kept: Buffer[] = [];
    let room = limit;
    for (let left = size; left > 0; ) {
      if (this.#held.length === 0 && !(await this.#more())) break;
      const part = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(part.length);
      left -= part.length;
      if (room > 0) kept.push(part.subarray(0, room));
      room -= part.length;
    }
    return Buffer.concat(kept);
  }
}
