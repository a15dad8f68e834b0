// Moves the clock of a process: a child's by `node --import ./sandbox/clock.ts …` with SANDBOX_NOW set to an instant, one's own by `moveClock`. Time then runs on as always.

const Real = Date;
let shift = 0;

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

const start = process.env['SANDBOX_NOW'];
if (start !== undefined) moveClock(start);
