// A sentence for every reason, for people who never took statistics.
import type { Finding, Reason, Remark } from './verdict.ts';

export const sentences: Readonly<Record<Reason, string>> = {
  measured: 'The measured change decides it.',
  'falls-short': 'It moved the promised way, but not as far as promised.',
  'already-true': 'It holds, but it held before the change too, so it proves nothing about the change.',
  'no-variation': 'The metric showed no natural variation, so the values themselves were compared.',
  value: 'The level of the window decides it.',
  'event-seen': 'It happened again.',
  'none-by-luck-unlikely': 'It did not happen again, and at the old rate that would hardly be luck.',
  violated: 'The bound was crossed for longer than allowed.',
  'no-violation': 'The bound was never crossed for longer than allowed.',
  late: 'A run ended too late.',
  'on-time': 'Every run ended in time.',
  unclear: 'Against what this metric does by itself, the change lies too near to what was promised to tell.',
  'too-close': 'The level is too close to its bound to tell.',
  'history-too-short': 'There is too little history before the change to know what is normal.',
  'no-data': 'There are no data.',
  'missing-data': 'Too much of the observation is missing.',
  gap: 'The observation has a hole of more than 6 hours.',
  'metric-lost': 'The metric stopped at the deployment.',
  'several-series': 'Several series came where one was expected.',
  'another-series': 'The source tells another past than it did at the lock: another series, or another unit.',
  'zero-baseline': 'The metric was zero before, so a relative change has no meaning; promise a level instead.',
  'too-few-events': 'Too few events to tell from luck.',
  'too-few-errors': 'Too few errors to tell from luck.',
  'level-shift': 'The level shifted in the days before the change, so there is no stable baseline.',
  'baseline-was-an-incident': 'The effect only takes back a recent shift: the baseline was an incident.',
  confounded: 'The metric shifted at another deployment in the window.',
  'not-exercised': 'Not exercised: the condition never occurred in the window.',
  'not-exercised-before': 'Not exercised before: the condition hardly occurred in the baseline.',
  'control-lost': 'The control has too few data in the window.',
  resolution: 'The points are too far apart to tell how long the bound was crossed.',
  excluded: 'Less than half of the window is left after what is excluded.',
  'step-and-level-disagree': 'The estimate and the median day of the window lie on different sides of what was promised.',
  'window-too-short': 'The window is too short for this metric.',
  reverted: 'The change was reverted before the verdict.',
  'provider-error': 'The metric source answered with an error until the deadline.',
  unanswered: 'Nobody has given the value yet.',
  'record-lost': 'The record of what was agreed is lost.',
  'no-objective': 'Errors and requests alone do not say how large the error budget is; give a metric that tells the burnt share.',
  'date-without-data': 'The day to compare with has too few data.',
  'bad-trial': 'The trial cannot be read.',
};

const remarks: Readonly<Record<Remark, string>> = {
  'points-dropped': 'NaN and infinite values were left out.',
  'counter-resets': 'The counter was reset; what it grew by was used.',
  'bare-ratio': 'The rate came without its counts and was treated as a gauge.',
  'stored-baseline': 'The baseline stored at the lock stands in where the source no longer has it.',
  'wobble-margin': 'The margin is what the metric does when nothing changes.',
  partly: 'Missed, partly.',
  'control-moved': 'The control itself moved.',
};

/** The sentence of a reason, with its detail in brackets. */
export function renderReason({ reason, detail }: Finding): string {
  return detail === null ? sentences[reason] : sentences[reason].replace(/\.$/, ` (${detail}).`);
}

export function renderRemark(remark: Remark): string {
  return remarks[remark];
}

/** "Peak is 17:00 to 21:00 UTC, the 4 busiest hours before the change." `hours`: clock hours in UTC, 0..23. */
export function renderPeak(hours: readonly number[]): string {
  const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
  const ordered = hours.toSorted((a, b) => a - b);
  const ends = ordered.filter((hour) => !ordered.includes(hour + 1));
  const stretches = ordered.filter((hour) => !ordered.includes(hour - 1)).map((hour, i) => `${clock(hour)} to ${clock((ends[i] ?? hour) + 1)}`);
  return `Peak is ${stretches.join(' and ')} UTC, the ${hours.length === 1 ? 'busiest hour' : `${hours.length} busiest hours`} before the change.`;
}
