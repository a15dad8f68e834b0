// Wires the engine to GitHub: over any transport, the doors that a host needs.
import type { Host } from './flows/handle.ts';
import type { Remembered } from './github/check-run.ts';
import { createForgeReader } from './github/reader.ts';
import type { Transport } from './github/transport.ts';
import { createForgeWriter } from './github/writer.ts';
import type { RepoRef } from './model/change.ts';

export interface HostOptions extends Omit<Host, 'reader' | 'writer'> {
  readonly transport: Transport;
  /** The one repository that the token reads; null where it may read others. */
  readonly home: RepoRef | null;
  /** Of a host with memory: which check runs of its own stand. */
  readonly checks?: Remembered;
}

/** A host of the engine over one transport. */
export function compose({ transport, home, checks, ...host }: HostOptions): Host {
  return { ...host, reader: createForgeReader(transport, { home }), writer: createForgeWriter(transport, checks ?? null) };
}
