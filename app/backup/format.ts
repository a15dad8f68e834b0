// The form of a backup: lines of JSON, compressed. A head, a line for each row, and an end that counts and seals them.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createZstdDecompress } from 'node:zlib';
import { SetupError } from '../../src/errors.ts';
import { MIGRATIONS } from '../store/migrations.ts';
import { STANDARD } from './target.ts';

export const FORMAT = 'yardstick backup';
export const VERSION = 1;

/** The first line. */
export interface Head {
  readonly format: string;
  readonly version: number;
  readonly writtenAt: string;
  /** Steps of the schema that the rows have: later ones are applied after them. */
  readonly migrations: readonly string[];
}

/** Where a row belongs, and the row as PostgreSQL writes it as JSON. */
export interface Row {
  readonly table: string;
  readonly row: string;
}

/** Seals lines as they are written or read. */
export function createSeal(): { readonly add: (line: string) => void; readonly digest: () => string } {
  const hash = createHash('sha256');
  return { add: (line) => void hash.update(line).update('\n'), digest: () => hash.copy().digest('hex') };
}

/** A row in one line: its table, a space, its JSON. */
export function rowLine({ table, row }: Row): string {
  return `${table} ${row}`;
}

/** Reads the head, then each row; ends without an error only where the seal fits. `-` is standard input. @throws SetupError where it is no whole backup of this version's or an older one's */
export async function* readBackup(file: string): AsyncGenerator<Head | Row> {
  const name = nameOf(file);
  const seal = createSeal();
  const counts: Record<string, number> = {};
  let state: 'head' | 'rows' | 'ended' = 'head';
  try {
    for await (const line of linesOf(file)) {
      if (state === 'ended') throw damaged(name, 'something comes after its end');
      if (state === 'head') {
        yield parseHead(line, name);
        state = 'rows';
      } else if (line.startsWith('{')) {
        const end = JSON.parse(line) as { readonly rows?: unknown; readonly sha256?: unknown };
        if (end.sha256 !== seal.digest() || JSON.stringify(end.rows) !== JSON.stringify(counts)) throw damaged(name, 'its seal does not fit what is in it');
        state = 'ended';
      } else {
        const cut = line.indexOf(' ');
        const table = line.slice(0, cut);
        counts[table] = (counts[table] ?? 0) + 1;
        yield { table, row: line.slice(cut + 1) };
      }
      seal.add(line);
    }
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw tellReading(error, name, state);
  }
  if (state !== 'ended') throw state === 'head' ? foreign(name) : damaged(name, 'its end is missing');
}

/** Of the system, of the compression or of JSON. */
function tellReading(error: unknown, name: string, state: 'head' | 'rows' | 'ended'): SetupError {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== undefined) return new SetupError(`${name} cannot be read (${code})`, 'Name a file that `yardstick db backup` wrote and that this user may read, or - for standard input.');
  const isForeign = code === 'ZSTD_error_prefix_unknown' || error instanceof SyntaxError;
  return isForeign && state === 'head' ? foreign(name) : damaged(name, 'it is cut off or its bytes were changed');
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = file === STANDARD ? process.stdin : createReadStream(file);
  const plain = createZstdDecompress();
  source.on('error', (error: Error) => plain.destroy(error));
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of source.pipe(plain) as AsyncIterable<Buffer>) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    // Whoever refuses it does not wait for its end.
    source.destroy();
  }
  if (rest !== '') yield rest;
}

function parseHead(line: string, name: string): Head {
  const head = JSON.parse(line) as Head;
  if (head.format !== FORMAT) throw foreign(name);
  const step = head.version > VERSION ? `form ${head.version}` : head.migrations.find((each) => !Object.hasOwn(MIGRATIONS, each));
  if (step !== undefined) throw new SetupError(`${name} was written by a newer Yardstick (${step})`, 'Nothing was changed. Restore it with that version, or a later one.');
  return head;
}

/** As the beginning of a sentence. */
export function nameOf(file: string): string {
  return file === STANDARD ? 'Standard input' : file;
}

function foreign(name: string): SetupError {
  return new SetupError(`${name} is no backup of Yardstick`, 'Nothing was changed. Name a file that `yardstick db backup` wrote.');
}

function damaged(name: string, how: string): SetupError {
  return new SetupError(`${name} is damaged: ${how}`, 'Nothing was changed. Take another copy of it, or an older backup; `yardstick reindex` brings back what GitHub knows.');
}
