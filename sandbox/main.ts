// The sandbox by `npm start`: plays everything and stays up. `--once` ends after the play, `--keep` leaves the App's folder, `--action` shows the built Action instead.
import { parseArgs } from 'node:util';
import { showAction } from './show/action.ts';
import { openSandbox } from './show/app.ts';
import { print, style } from './show/print.ts';

const { values: wish } = parseArgs({ options: { once: { type: 'boolean' }, keep: { type: 'boolean' }, action: { type: 'boolean' } } });
const PORT = process.env['PORT']?.trim();

/** Without a wish the first free one of twenty; `--once` needs no address that a person could remember. */
function portsWanted(): readonly number[] {
  if (wish.once) return [0];
  return PORT ? [Number(PORT)] : Array.from({ length: 20 }, (_, index) => 4000 + index);
}

async function showApp(): Promise<number> {
  const sandbox = await openSandbox({ ports: portsWanted(), keep: wish.keep ?? false });
  if (!wish.once) {
    print();
    print('Now it is yours: open a pull request on the page, comment, merge, let a week pass. Ctrl-C ends it.');
    print(style.dim('Go on with `npm run setup`: it makes the App on your GitHub.'));
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    print();
  }
  await sandbox.close();
  return sandbox.failed;
}

try {
  process.exitCode = (await (wish.action ? showAction() : showApp())) === 0 || !wish.once ? 0 : 1;
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  print(`Port ${PORT ?? '4000 to 4019'} is taken. Another one: PORT=8000 npm start`);
  process.exitCode = 2;
}
