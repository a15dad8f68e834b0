// Takes a wandering level out of columns of numbers, so that what is left of them is independent noise of variance 1.

/** How a level wanders: by a random walk (`memory` infinite), or drawn back to its mean within `memory` days. */
export interface Wander {
  /** Variance gained a day, in units of a block's noise variance. */
  readonly perDay: number;
  /** Days after which an excursion has shrunk to 1/e; Infinity for a random walk. */
  readonly memory: number;
}

export interface Whitened {
  /** One row a column that was given, with an entry for each block that has a value. */
  readonly rows: readonly Float64Array[];
  /** ½ ln of the determinant of the covariance that was taken out. */
  readonly halfLogDeterminant: number;
}

export interface Grid {
  /** Which blocks have a value. */
  readonly present: readonly boolean[];
  readonly blocksPerDay: number;
}

/**
 * The innovations of a Kalman filter, divided by their deviation: the same as a triangular solve with the Cholesky factor of
 * `I + level covariance`, in linear time (Harvey 1989, section 3.4). All columns share the gains, since these depend on the gaps alone.
 */
export function whiten(columns: readonly Float64Array[], wander: Wander, grid: Grid): Whitened {
  const gains = gainsOf(wander, grid);
  return { rows: columns.map((column) => innovationsOf(column, gains)), halfLogDeterminant: gains.halfLogDeterminant };
}

interface Gains {
  /** Of each block with a value: its place, its gain, 1 ÷ the deviation of its innovation, and what is left of the level when it comes. */
  readonly places: Int32Array;
  readonly gain: Float64Array;
  readonly scale: Float64Array;
  readonly carry: Float64Array;
  readonly halfLogDeterminant: number;
}

/** A random walk starts one step from a mean that is a column of its own; what is drawn back starts anywhere in its range. */
function gainsOf({ perDay, memory }: Wander, { present, blocksPerDay }: Grid): Gains {
  const decay = memory === Infinity ? 1 : Math.exp(-1 / (memory * blocksPerDay));
  const gained = perDay / blocksPerDay;
  const count = present.filter(Boolean).length;
  const gains = { places: new Int32Array(count), gain: new Float64Array(count), scale: new Float64Array(count), carry: new Float64Array(count) };
  let uncertainty = decay === 1 ? gained : gained / (1 - decay * decay);
  let carry = 1;
  let at = 0;
  let halfLogDeterminant = 0;
  for (let i = 0; i < present.length; i++) {
    if (present[i]) {
      const total = uncertainty + 1;
      gains.places[at] = i;
      gains.gain[at] = uncertainty / total;
      gains.scale[at] = 1 / Math.sqrt(total);
      gains.carry[at] = carry;
      halfLogDeterminant += Math.log(total) / 2;
      uncertainty /= total;
      carry = 1;
      at++;
    }
    carry *= decay;
    uncertainty = decay * decay * uncertainty + gained;
  }
  return { ...gains, halfLogDeterminant };
}

function innovationsOf(column: Float64Array, { places, gain, scale, carry }: Gains): Float64Array {
  const row = new Float64Array(places.length);
  let level = 0;
  for (let i = 0; i < row.length; i++) {
    level *= carry[i]!;
    const innovation = column[places[i]!]! - level;
    row[i] = innovation * scale[i]!;
    level += gain[i]! * innovation;
  }
  return row;
}
