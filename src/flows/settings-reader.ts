// The settings in force where nothing is to be decided yet: the same reading as the gate's, asked until it is whole.
import { InternalError } from '../errors.ts';
import { Inquiry } from './inquiry.ts';
import { Answered, type NeedReader } from './needs.ts';
import type { ObservedChange } from './observed.ts';
import { settle, type Settings } from './settings.ts';

/** Own, organisation's, what it extends: no configuration takes more rounds. */
const ROUNDS_MAX = 6;

/** @throws InternalError if the settings keep asking; what reading throws */
export async function readSettings(observed: ObservedChange, read: NeedReader): Promise<Settings> {
  const known = new Answered();
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const inquiry = new Inquiry(known);
    const settings = settle(inquiry, observed);
    if (settings !== undefined) return settings;
    await Promise.all(inquiry.missing.map(async (need) => known.set(need, await read(need))));
  }
  throw new InternalError('the settings kept asking for more');
}
