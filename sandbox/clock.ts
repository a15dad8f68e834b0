// Moves the clock of a process: a child's by `node --import ./sandbox/clock.ts …` with SANDBOX_NOW set to an instant, and later by a message; one's own by `moveClock`. Time then runs on as always.
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

const Real = Date;
let shift = 0;

/** What a child is told, and answers when it is done. */
export interface Move {
  readonly now: string;
}

/** Shifts `Date` so that it is `instant` (ISO 8601) now; moved again, it is the new one. */
export function moveClock(instant: string): void {
  const there = Real.parse(instant);
  if (Number.isNaN(there)) throw new Error(`no instant: ${instant}`);
  shift = there - Real.now();
  if (Date === Real) globalThis.Date = shiftedDate();
}

function shiftedDate(): DateConstructor {
  const now = (): number => Real.now() + shift;
  return new Proxy(Real, {
    apply: () => new Real(now()).toString(),
    construct: (_, args: unknown[], target) => Reflect.construct(Real, args.length === 0 ? [now()] : args, target),
    get: (_, key) => (key === 'now' ? now : Reflect.get(Real, key)),
  });
}

/** Timers sleep through a leap as a laptop's do: the returned function rings those that should have rung meanwhile. */
function watchTimers(): () => void {
  const asleep = new Map<unknown, { readonly at: number; readonly ring: () => void }>();
  const { setTimeout: once, setInterval: again, clearTimeout: clearOnce, clearInterval: clearAgain } = globalThis;
  const watched = (set: typeof once | typeof again, clear: (timer: unknown) => void, lasts: boolean) => (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const ring = (): void => {
      if (lasts) asleep.set(timer, { at: Date.now() + ms, ring });
      else asleep.delete(timer);
      if (!lasts) clear(timer);
      callback(...args);
    };
    const timer: unknown = set(ring, ms);
    asleep.set(timer, { at: Date.now() + ms, ring });
    return timer;
  };
  const forgotten = (clear: (timer: never) => void) => (timer: never) => {
    asleep.delete(timer);
    clear(timer);
  };
  Object.assign(globalThis, {
    setTimeout: Object.assign(watched(once, clearOnce as (timer: unknown) => void, false), once), setInterval: watched(again, clearAgain as (timer: unknown) => void, true),
    clearTimeout: forgotten(clearOnce), clearInterval: forgotten(clearAgain),
  });
  return () => {
    const late = Array.from(asleep.values()).filter(({ at }) => at <= Date.now());
    for (const { ring } of late) ring();
  };
}

/** Between the threads of a process: each has a `Date` and timers of its own. */
interface Told {
  readonly move?: string;
  readonly moved?: string;
}

const channel = (): BroadcastChannel => {
  const opened = new BroadcastChannel('sandbox clock');
  opened.unref();
  return opened;
};

/** Moves with the main thread. */
function follow(wake: () => void): void {
  const threads = channel();
  threads.addEventListener('message', (message) => {
    const { move } = (message as Event & { readonly data: Told }).data;
    if (move === undefined) return;
    moveClock(move);
    wake();
    threads.postMessage({ moved: move } satisfies Told);
  });
}

/** Moves at its parent's word, and takes the other threads along. */
function lead(wake: () => void): void {
  const threads = channel();
  let others = 0;
  let done = (): void => undefined;
  let waiting = 0;
  threads.addEventListener('message', (message) => {
    const { moved } = (message as Event & { readonly data: Told }).data;
    if (moved === undefined) return;
    waiting -= 1;
    if (waiting === 0) done();
  });
  process.on('worker', (worker) => {
    others += 1;
    worker.once('exit', () => { others -= 1; });
  });
  process.on('message', ({ now }: Move) => {
    moveClock(now);
    wake();
    waiting = others;
    done = () => void process.send?.({ now });
    if (waiting === 0) return done();
    threads.postMessage({ move: now } satisfies Told);
  });
  // It doesn't outlive whoever moves its clock.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}

const start = process.env['SANDBOX_NOW'];
if (start !== undefined) {
  moveClock(start);
  if (!isMainThread) follow(watchTimers());
  else if (process.send !== undefined) lead(watchTimers());
}
