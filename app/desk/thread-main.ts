// The desk's thread: opens the desk, and does what the door asks of it.
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { endOnCrash } from '../crash.ts';
import { createCrowd } from '../front/crowd.ts';
import { createLog } from '../log.ts';
import { createRedaction, secretsOf } from '../redaction.ts';
import { asRefusal } from '../refusal.ts';
import type { Settings } from '../settings.ts';
import { serveCalls } from './calls.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

/** The first message of the thread: whether the desk is open. */
export interface Opening {
  readonly refused: { readonly message: string; readonly remedy: string } | null;
}

const { settings, crowd } = workerData as { readonly settings: Settings; readonly crowd: SharedArrayBuffer };

const tell = (opening: Opening): void => {
  parentPort?.postMessage(opening);
};

const log = createLog(settings.logLevel, createRedaction(secretsOf(settings)));
let open: Desk | null = null;
endOnCrash(log, () => open?.stop() ?? Promise.resolve());
try {
  const desk = await openDesk(settings, log, createCrowd(crowd));
  open = desk;
  // Linux gives a priority to the calling thread alone, elsewhere it is the process'. Last, since threads that begin here would inherit it.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  tell({ refused: null });
  if (parentPort) serveCalls(parentPort, { ...desk, stop: () => desk.stop().finally(() => setImmediate(() => process.exit(0))) });
} catch (error) {
  const refusal = asRefusal(error);
  if (refusal === null) throw error;
  tell({ refused: { message: refusal.message, remedy: refusal.remedy } });
  parentPort?.close();
}
