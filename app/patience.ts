// Waits for something, but not for ever.
import { TransientError } from '../src/errors.ts';

/** The same promise; it rejects with a TransientError where `what` has not answered within so many milliseconds. */
export function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TransientError(`${what}: no answer for ${ms / 1000} s`)), ms);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
