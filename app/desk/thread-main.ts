// The desk's thread: opens the desk, and does what the door asks of it.
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { SetupError } from '../../src/errors.ts';
import { createCrowd } from '../front/crowd.ts';
import { createLog } from '../log.ts';
import type { Settings } from '../settings.ts';
import { serveCalls } from './calls.ts';
import { openDesk } from './desk.ts';

/** The first message of the thread: whether the desk is open. */
export interface Opening {
  readonly refused: { readonly message: string; readonly remedy: string } | null;
}

const { settings, crowd } = workerData as { readonly settings: Settings; readonly crowd: SharedArrayBuffer };

const tell = (opening: Opening): void => {
  parentPort?.postMessage(opening);
};

try {
  const desk = await openDesk(settings, createLog(settings.logLevel), createCrowd(crowd));
  // Linux gives a priority to the calling thread alone, elsewhere it is the process'. Last, since threads that begin here would inherit it.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  tell({ refused: null });
  if (parentPort) serveCalls(parentPort, { ...desk, stop: () => desk.stop().finally(() => setImmediate(() => process.exit(0))) });
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  tell({ refused: { message: error.message, remedy: error.remedy } });
  parentPort?.close();
}
