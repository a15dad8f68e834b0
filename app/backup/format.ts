// The form of a backup: lines of JSON, compressed. A head, a line for each row, and an end that counts and seals them.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createZstdDecompress } from 'node:zlib';
import { SetupError } from '../../src/errors.ts';

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

/** Reads the head, then each row; ends without an error only where the seal fits. */
export async function* readBackup(file: string): AsyncGenerator<Head | Row> {
  const seal = createSeal();
  const counts: Record<string, number> = {};
  let state: 'head' | 'rows' | 'ended' = 'head';
  try {
    for await (const line of linesOf(file)) {
      if (state === 'head') {
        yield parseHead(line, file);
        state = 'rows';
      } else if (line.startsWith('{')) {
        const end = JSON.parse(line) as { readonly rows?: unknown; readonly sha256?: unknown };
        if (end.sha256 !== seal.digest() || JSON.stringify(end.rows) !== JSON.stringify(counts)) throw damaged(file, 'its seal does not fit what is in it');
        state = 'ended';
        continue;
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
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') throw new SetupError(`${file} cannot be read (${code})`, 'Name a file that `yardstick db backup` wrote.');
    throw code === 'ZSTD_error_prefix_unknown' || error instanceof SyntaxError ? foreign(file) : damaged(file, 'it is cut off or its bytes were changed');
  }
  if (state !== 'ended') throw state === 'head' ? foreign(file) : damaged(file, 'its end is missing');
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const plain = createZstdDecompress();
  source.on('error', (error) => plain.destroy(error));
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of source.pipe(plain) as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function parseHead(line: string, file: string): Head {
  const head = JSON.parse(line) as Head;
  if (head.format !== FORMAT) throw foreign(file);
  if (head.version > VERSION) throw new SetupError(`${file} was written by a newer Yardstick (form ${head.version})`, 'Restore it with that version, or a later one.');
  return head;
}

function foreign(file: string): SetupError {
  return new SetupError(`${file} is no backup of Yardstick`, 'Name a file that `yardstick db backup` wrote.');
}

function damaged(file: string, how: string): SetupError {
  return new SetupError(`${file} is damaged: ${how}`, 'Nothing was changed. Take another copy of it, or an older backup; `yardstick reindex` brings back what GitHub knows.');
}
