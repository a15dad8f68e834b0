// The desk's thread: opens the desk, and does what the door asks of it.
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { InternalError } from '../../src/errors.ts';
import { endOnCrash } from '../crash.ts';
import { createCrowd } from '../front/crowd.ts';
import { createLog } from '../log.ts';
import { createRedaction, secretsOf } from '../redaction.ts';
import { asRefusal } from '../refusal.ts';
import type { Settings } from '../settings.ts';
import { serveCalls } from './calls.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

/** The first message to the thread. */
export interface Beginning {
  readonly settings: Settings;
  /** Of the crowd at the door. */
  readonly crowd: SharedArrayBuffer;
}

/** The first message of the thread: whether the desk is open. */
export interface Opening {
  readonly refused: { readonly message: string; readonly remedy: string } | null;
}

if (parentPort === null) throw new InternalError('the desk has no thread of its own');
const port = parentPort;
const [{ settings, crowd }] = (await once(port, 'message')) as [Beginning];

const tell = (opening: Opening): void => {
  port.postMessage(opening);
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
  serveCalls(port, { ...desk, stop: () => desk.stop().finally(() => setImmediate(() => process.exit(0))) });
} catch (error) {
  const refusal = asRefusal(error);
  if (refusal === null) throw error;
  tell({ refused: { message: refusal.message, remedy: refusal.remedy } });
  port.close();
}
