// Takes a wandering level out of columns of numbers, so that what is left of them is independent noise of variance 1.

/** One way in which a level wanders: by a random walk (`memory` infinite), or drawn back to its mean within `memory` days. */
export interface Wander {
  /** Variance gained a day, in units of a block's noise variance. */
  readonly perDay: number;
  /** Days after which an excursion has shrunk to 1/e; Infinity for a random walk. */
  readonly memory: number;
}

export interface Whitened {
  /** One row a block that has a value, in the order of the given columns. */
  readonly rows: readonly Float64Array[];
  /** ½ ln of the determinant of the covariance that was taken out. */
  readonly halfLogDeterminant: number;
}

export interface Grid {
  /** Which blocks have a value. */
  readonly present: readonly boolean[];
  readonly blocksPerDay: number;
}

interface Motion {
  readonly carry: number;
  readonly gained: number;
  readonly start: number;
}

/** A random walk starts one step from a mean that is a column of its own; what is drawn back starts anywhere in its range. */
function motionOf({ perDay, memory }: Wander, blocksPerDay: number): Motion {
  const carry = memory === Infinity ? 1 : Math.exp(-1 / (memory * blocksPerDay));
  const gained = perDay / blocksPerDay;
  return { carry, gained, start: carry === 1 ? gained : gained / (1 - carry * carry) };
}

/**
 * The innovations of a Kalman filter whose level is the sum of a slow and a fast part, divided by their deviation: the same as a triangular
 * solve with the Cholesky factor of `I + level covariance`, in linear time (Harvey 1989, section 3.4). All columns share the gains, since these
 * depend on the gaps alone.
 */
export function whiten(columns: readonly Float64Array[], [slow, fast]: readonly [Wander, Wander | null], { present, blocksPerDay }: Grid): Whitened {
  const gains = gainsOf(motionOf(slow, blocksPerDay), fast === null ? null : motionOf(fast, blocksPerDay), present);
  const rows = columns.map((column) => innovationsOf(column, gains));
  return { rows, halfLogDeterminant: gains.halfLogDeterminant };
}

interface Gains {
  readonly present: readonly boolean[];
  readonly scale: Float64Array;
  readonly slow: Float64Array;
  readonly fast: Float64Array;
  readonly carrySlow: number;
  readonly carryFast: number;
  readonly halfLogDeterminant: number;
}

function gainsOf(slow: Motion, fast: Motion | null, present: readonly boolean[]): Gains {
  const length = present.length;
  const gains = { scale: new Float64Array(length), slow: new Float64Array(length), fast: new Float64Array(length) };
  const a = slow.carry;
  const b = fast?.carry ?? 0;
  let p = slow.start;
  let q = fast?.start ?? 0;
  let r = 0;
  let halfLogDeterminant = 0;
  for (let i = 0; i < length; i++) {
    if (present[i]) {
      const total = p + 2 * r + q + 1;
      const k = (p + r) / total;
      const l = (q + r) / total;
      gains.scale[i] = 1 / Math.sqrt(total);
      gains.slow[i] = k;
      gains.fast[i] = l;
      halfLogDeterminant += Math.log(total) / 2;
      const both = r - k * (r + q);
      p -= k * (p + r);
      q -= l * (q + r);
      r = both;
    }
    p = a * a * p + slow.gained;
    q = b * b * q + (fast?.gained ?? 0);
    r = a * b * r;
  }
  return { ...gains, present, carrySlow: a, carryFast: b, halfLogDeterminant };
}

function innovationsOf(column: Float64Array, { present, scale, slow, fast, carrySlow, carryFast }: Gains): Float64Array {
  const row = new Float64Array(column.length);
  let s = 0;
  let f = 0;
  let filled = 0;
  for (let i = 0; i < column.length; i++) {
    if (present[i]) {
      const innovation = column[i]! - s - f;
      row[filled++] = innovation * scale[i]!;
      s += slow[i]! * innovation;
      f += fast[i]! * innovation;
    }
    s *= carrySlow;
    f *= carryFast;
  }
  return row.subarray(0, filled);
}
