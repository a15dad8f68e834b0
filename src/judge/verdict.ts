// What the judge says of one criterion: a word, a closed reason, and the numbers behind them.

export type Word = 'met' | 'missed' | 'inconclusive' | 'error';

/** Why a verdict is definite. */
export type DefiniteReason =
  | 'measured' | 'falls-short' | 'already-true' | 'no-variation' | 'value' | 'event-seen' | 'none-by-luck-unlikely' | 'violated' | 'no-violation'
  | 'late' | 'on-time';

/** Why nobody can tell. */
export type OpenReason =
  | 'unclear' | 'too-close' | 'history-too-short' | 'no-data' | 'missing-data' | 'gap' | 'metric-lost' | 'several-series' | 'another-series' | 'zero-baseline'
  | 'too-few-events' | 'too-few-errors' | 'level-shift' | 'baseline-was-an-incident' | 'confounded' | 'not-exercised' | 'not-exercised-before'
  | 'control-lost' | 'resolution' | 'excluded' | 'step-and-level-disagree' | 'window-too-short' | 'reverted' | 'provider-error' | 'unanswered'
  | 'record-lost' | 'no-objective' | 'date-without-data';

/** A trial that cannot be read. */
export type ErrorReason = 'bad-trial';

/** A closed list: texts, tables and tests cover every one. */
export type Reason = DefiniteReason | OpenReason | ErrorReason;

/** Remarks that don't change the verdict. */
export type Remark = 'points-dropped' | 'counter-resets' | 'bare-ratio' | 'stored-baseline' | 'wobble-margin' | 'partly' | 'control-moved';

export interface CriterionVerdict {
  readonly verdict: Word;
  readonly reason: Reason;
  /** A relative change as fraction for relative criteria, the metric's unit for absolute ones; null where there is none. */
  readonly estimate: number | null;
  readonly interval: readonly [number, number] | null;
  /** The smallest effect this window could see, in the same terms; null where none is known. */
  readonly mde: number | null;
  /** Whole windows in the usable history. */
  readonly independentWindows: number;
  /** P(the criterion holds), where the verdict rests on one. */
  readonly probability: number | null;
  /** What the control itself did meanwhile, as a fraction; null without one. */
  readonly control: number | null;
  readonly remarks: readonly Remark[];
  /** Why, in a sentence without the measured figures: for texts that have them already, or whose readers may not see them. */
  readonly why: string;
  readonly text: string;
}

/** What a form finds, before words are made of it. */
export interface Finding {
  readonly verdict: Word;
  readonly reason: Reason;
  readonly estimate: number | null;
  readonly interval: readonly [number, number] | null;
  readonly mde: number | null;
  readonly probability: number | null;
  readonly control: number | null;
  readonly remarks: readonly Remark[];
  /** A number or date that the reason's sentence needs: a share, days, an instant. */
  readonly detail: string | null;
}

const nothing = { estimate: null, interval: null, mde: null, probability: null, control: null, remarks: [], detail: null } as const;

/** Nobody can tell, and why. */
export function open(reason: OpenReason, known: Partial<Finding> = {}): Finding {
  return { ...nothing, ...known, verdict: 'inconclusive', reason };
}

export function definite(holds: 'met' | 'missed', reason: DefiniteReason, known: Partial<Finding> = {}): Finding {
  return { ...nothing, ...known, verdict: holds, reason };
}
