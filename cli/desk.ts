// The desk a command works at: where it stands, what it may read of the surroundings, and where it prints.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SetupError } from '../src/errors.ts';

/** Everything of the process that commands touch; a test gives its own. */
export interface Desk {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The instant of the run, ISO 8601 in UTC. */
  readonly now: () => string;
  readonly stdin: () => Promise<Buffer>;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Waits while whoever reads the output is slow, so that long outputs don't pile up in memory. */
  readonly drained: () => Promise<void>;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly columns: number;
  /** Seconds since the start, and the most memory held so far in MiB: `backtest` tells both. */
  readonly spent: () => { readonly seconds: number; readonly peakMemory: number };
}

/** Texts that people hand over are read up to here; beyond it nothing useful is left to say of them. */
const textLimit = 64 * 1024 * 1024;

/** The desk of this process. */
export function processDesk(): Desk {
  const { stdin, stdout, stderr } = process;
  // `yardstick … | head` closes the pipe early: that is no error.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  return {
    cwd: process.cwd(),
    env: process.env,
    now: () => new Date().toISOString(),
    stdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    print: (text) => void stdout.write(text),
    complain: (text) => void stderr.write(text),
    drained: async () => {
      if (stdout.writableNeedDrain) await new Promise((done) => stdout.once('drain', done));
    },
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
    columns: stdout.columns ?? 100,
    spent: () => ({ seconds: process.uptime(), peakMemory: process.resourceUsage().maxRSS / 1024 }),
  };
}

/** The text of a file, or of standard input for `-`. @throws SetupError if it cannot be read as text */
export async function readGivenText(desk: Desk, path: string): Promise<string> {
  const bytes = path === '-' ? await desk.stdin() : await readGivenFile(desk, path);
  const name = path === '-' ? 'standard input' : path;
  if (bytes.length > textLimit) throw new SetupError(`${name} is larger than ${textLimit} bytes`, 'Give a smaller file.');
  return decode(bytes, name);
}

async function readGivenFile(desk: Desk, path: string): Promise<Buffer> {
  try {
    return await readFile(resolve(desk.cwd, path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code === 'EACCES' ? 'permission denied' : String(code);
    throw new SetupError(`cannot read ${path}: ${why}`, 'Check the path; it is taken from the folder you are in. "-" stands for standard input.');
  }
}

/** A diff may quote files of other encodings: what is not UTF-8 is shown as �, never refused. A byte order mark is dropped, UTF-16 told. */
function decode(bytes: Buffer, name: string): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) throw new SetupError(`${name} is UTF-16`, 'Save it as UTF-8.');
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
