// The trace of a delivery follows from its id, so that nothing has to be carried through inbox and queue: any replica, also after a crash, goes on with it.
import { createHash } from 'node:crypto';

/** As W3C's `traceparent` has it, of the span that took the webhook in. */
export interface RootOfTrace {
  /** GitHub's id without its dashes: whoever knows a delivery finds its trace. */
  readonly traceId: string;
  readonly spanId: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function rootOf(delivery: string): RootOfTrace {
  const digest = createHash('sha256').update(delivery).digest('hex');
  const id = delivery.replaceAll('-', '').toLowerCase();
  return { traceId: UUID.test(delivery) && !/^0+$/.test(id) ? id : digest.slice(0, 32), spanId: digest.slice(32, 48) };
}
