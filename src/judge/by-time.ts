// "nightly_export by 06:00": every day's run has to have ended by then. No statistics: a clock can be read.
import { percent, type Case } from './case.ts';
import { day, hour, mostMissing } from './settings.ts';
import { definite, open, type Finding } from './verdict.ts';

/** Values from here on are instants themselves (`job_last_success_timestamp_seconds`), not lengths. */
const leastInstant = 1e9;

const unitSeconds: Readonly<Record<string, number>> = { s: 1, min: 60, h: hour };

/**
 * The first run of each whole UTC day of the window must have ended by the given minute. A value is the instant at which a run ended (epoch
 * seconds), or the time since midnight in the metric's unit (s, min, h); of a metric without a unit the point itself is the instant.
 */
export function judgeByTime(found: Case, minutes: number): Finding {
  const { start, end, remarks } = found;
  const first = Math.ceil(start / day);
  const days = Math.floor(end / day) - first;
  if (days < 1) return open('window-too-short', { remarks, detail: 'no whole UTC day in it' });
  const ends = firstEnds(found);
  const seen = Array.from({ length: days }, (_, i) => ends.get(first + i)).filter((at) => at !== undefined);
  const late = seen.filter((at) => at > minutes * 60).length;
  if (late > 0) return definite('missed', 'late', { remarks, detail: `${late} of ${days} days` });
  const missing = 1 - seen.length / days;
  if (missing > mostMissing) return open('missing-data', { remarks, detail: percent(missing) });
  return definite('met', 'on-time', { remarks, detail: `${seen.length} of ${days} days` });
}

/** Of each UTC day (days since 1970) the second at which its first run ended. */
function firstEnds({ after: { times, values }, trial }: Case): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  times.forEach((time, i) => {
    const at = instantOf(time, values[i]!, trial.metric.unit);
    const known = ends.get(Math.floor(at / day));
    if (known === undefined || at % day < known) ends.set(Math.floor(at / day), at % day);
  });
  return ends;
}

function instantOf(time: number, value: number, unit: string | null): number {
  if (value >= leastInstant) return value;
  const seconds = unit === null ? undefined : unitSeconds[unit];
  return seconds === undefined ? time : Math.floor(time / day) * day + value * seconds;
}
