// What is to be told of a series, in words: one line a condition.
import { assertNever } from '../src/errors.ts';
import type { SeriesCondition } from '../src/ports/metrics.ts';
import { renderDuration } from '../src/quantity/duration.ts';

export function renderCondition(condition: SeriesCondition): string {
  switch (condition.kind) {
    case 'no-data': return 'no data: the source answered, and has no point in this range; check the query and the range';
    case 'several-series': return `refused: the query gives ${condition.count} series (${condition.examples.join('; ')}); make it give one, for example by a sum`;
    case 'dropped': return `${condition.count} values were no finite number (NaN, infinite or empty) and are left out`;
    case 'repeated': return `${condition.count} points had no sample within their step and are left out: the source repeats old values`;
    case 'partial-newest': return `the newest bucket (${utc(condition.at)}) is not over yet and is left out`;
    case 'truncated-history': return `the source has nothing before ${utc(condition.from)}`;
    case 'coarser-step': return `the source gives a point each ${renderDuration(condition.step)}, wider than asked`;
    case 'gaps': return `${condition.count === 1 ? 'a hole' : `${condition.count} holes, the longest`} of ${renderDuration(condition.to - condition.from)} after ${utc(condition.from)}`;
    case 'unpaired': return `${condition.count} points of bad and total have no counterpart and are left out`;
    case 'wrong-unit': return `refused: the source gives its values in ${condition.found}, the catalogue says ${condition.expected}; correct \`unit\`, or convert in the query`;
    case 'warning': return `the source warns: ${condition.text}`;
    default: return assertNever(condition);
  }
}

function utc(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
