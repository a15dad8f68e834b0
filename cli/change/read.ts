// Which change a command is about: a pull request's URL, two refs of a clone, or a diff.
import { SetupError } from '../../src/errors.ts';
import type { Decided } from '../../src/flows/deliberate.ts';
import type { Invocation } from '../command.ts';
import { decideRange } from './from-clone.ts';
import { decideDiff } from './from-diff.ts';

const ways = 'Give one of: the URL of a pull request, --base REF, --diff FILE.';

/** @throws SetupError if no way or more than one was given */
export async function decideGivenChange(invocation: Invocation): Promise<Decided> {
  const { args, options } = invocation;
  const [url, base, diff] = [args[0] ?? null, options.text('base'), options.text('diff')];
  const given = [url, base, diff].filter((way) => way !== null);
  if (given.length > 1) throw new SetupError('more than one change was given', ways);
  if (diff !== null) {
    for (const name of ['head', 'directory']) if (options.has(name)) throw new SetupError(`--${name} goes with --base, not with --diff`, 'Leave it out: with --diff no clone is read.');
    return decideDiff(invocation, diff);
  }
  if (base !== null) return decideRange(invocation, base);
  // Loaded late: only a pull request by URL needs the network.
  if (url !== null) return (await import('./from-forge.ts')).decidePull(invocation, url);
  throw new SetupError('no change was given', ways);
}
