// Asks one question again and again, reading what it lacks in between, until it is answered.
import { InternalError } from '../errors.ts';
import { Inquiry } from './inquiry.ts';
import { Answered, type NeedReader } from './needs.ts';

/** No question takes more rounds: settings go from their own file over the organisation's to what it extends. */
const ROUNDS_MAX = 6;

/** @throws InternalError if it keeps asking; what reading throws */
export async function askUntil<T>(ask: (inquiry: Inquiry) => T | undefined, read: NeedReader): Promise<T> {
  const known = new Answered();
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const inquiry = new Inquiry(known);
    const answer = ask(inquiry);
    if (answer !== undefined) return answer;
    await Promise.all(inquiry.missing.map(async (need) => known.set(need, await read(need))));
  }
  throw new InternalError('a question kept asking for more');
}
