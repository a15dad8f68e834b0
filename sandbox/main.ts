// The sandbox by `npm start`: plays everything and stays up. `--once` ends after the play, `--keep` leaves the App's folder, `--action` shows the built Action instead.
import { parseArgs } from 'node:util';
import { showAction } from './show/action.ts';
import { closeAll, type Opened, openSandbox } from './show/app.ts';
import { print, style } from './show/print.ts';

const USAGE = 'npm start [-- --once | --keep | --action]      docs/sandbox.md says what each does';
const PORT = process.env['PORT']?.trim();

interface Wishes {
  readonly once: boolean;
  readonly keep: boolean;
  readonly action: boolean;
}

/** null where there is something that nobody knows. */
function parseWishes(): Wishes | null {
  try {
    const { once = false, keep = false, action = false } = parseArgs({ options: { once: { type: 'boolean' }, keep: { type: 'boolean' }, action: { type: 'boolean' } } }).values;
    return { once, keep, action };
  } catch {
    return null;
  }
}

/** Without a wish the first free one of twenty; `--once` needs no address that a person could remember. */
function portsFor({ once }: Wishes): readonly number[] {
  if (once) return [0];
  return PORT ? [Number(PORT)] : Array.from({ length: 20 }, (_, index) => 4000 + index);
}

/** Ends by itself with `--once`, else by a signal, which may come at any time. */
async function showApp(wishes: Wishes): Promise<number> {
  const opened: Opened = [];
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void closeAll(opened).finally(() => process.exit(0)));
  }
  try {
    const failed = await openSandbox(opened, { ports: portsFor(wishes), keep: wishes.keep });
    if (wishes.once) {
      await closeAll(opened);
      return failed;
    }
  } catch (error) {
    await closeAll(opened);
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    print(`Port ${PORT ?? '4000 to 4019'} is taken. Another one: PORT=8000 npm start`);
    return 1;
  }
  print();
  print('Now it is yours: open a pull request on the page, comment, merge, let a week pass. Ctrl-C ends it.');
  print(style.dim('Go on with `npm run setup -- https://your.host`: it makes the App on your GitHub.'));
  return 0;
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) <= 65_535;
}

const wishes = parseWishes();
const isBadPort = wishes !== null && Boolean(PORT) && !isPort(PORT ?? '');
if (wishes === null) print(USAGE);
if (isBadPort) print(`PORT is no port: ${PORT}. Give a number up to 65535: PORT=8000 npm start`);
process.exitCode = wishes === null || isBadPort ? 2 : (await (wishes.action ? showAction() : showApp(wishes))) === 0 ? 0 : 1;
