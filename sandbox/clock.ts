// Moves the clock of a process: `node --import ./sandbox/clock.ts …` with SANDBOX_NOW set to an instant starts it there; time then runs on as always.

const start = process.env['SANDBOX_NOW'];
if (start !== undefined) moveClock(Date.parse(start));

/** Shifts `Date` so that it is `instant` (milliseconds since 1970) now. */
function moveClock(instant: number): void {
  if (Number.isNaN(instant)) throw new Error(`SANDBOX_NOW is no instant: ${start}`);
  const Real = Date;
  const shift = instant - Real.now();
  const now = (): number => Real.now() + shift;
  globalThis.Date = new Proxy(Real, {
    apply: () => new Real(now()).toString(),
    construct: (_, args: unknown[], target) => Reflect.construct(Real, args.length === 0 ? [now()] : args, target),
    get: (_, key) => (key === 'now' ? now : Reflect.get(Real, key)),
  });
}
