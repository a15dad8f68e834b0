// What a criterion promised, in words: kept, broken, or still open.
import { assertNever } from '../errors.ts';
import type { Comparison, Criterion, Expectation, Hours, Op, Quantity } from '../model/hypothesis.ts';
import { renderDuration } from '../quantity/duration.ts';
import { renderQuantity } from '../quantity/unit.ts';
import { clock } from './criterion-json.ts';
import { code, escapeText } from './escape.ts';
import { renderShare } from './figures.ts';
import { metricName } from './names.ts';
import { renderMetric } from '../metric-name.ts';

/** Three ends of a sentence that begins with the metric: "… fell by 30%", "… did not fall by 30%", "whether … falls by 30%". */
export interface PromiseWords {
  readonly kept: string;
  readonly broken: string;
  readonly open: string;
}

/** `better` is what the catalogue calls better, for "no regression". Markdown; foreign text stands in code spans. */
export function promiseWords(criterion: Criterion, better: 'lower' | 'higher' | null): PromiseWords {
  if (criterion.kind === 'evidence') return is(`${side(criterion.op)} ${amount(criterion.bound)} by ${code(criterion.source)}`);
  const tail = `${hoursTail(criterion.hours)}${againstTail(criterion.against)}`;
  const { kept, broken, open } = verbs(criterion.expects, better);
  return { kept: kept + tail, broken: broken + tail, open: open + tail };
}

function verbs(expects: Expectation, better: 'lower' | 'higher' | null): PromiseWords {
  switch (expects.kind) {
    case 'level':
      return is(expects.other === null ? `${side(expects.op)} ${amount(expects.bound)}` : `between ${amount(expects.other)} and ${amount(expects.bound)}`);
    case 'change':
      return moves(expects.op, expects.by.value, amount({ ...expects.by, value: Math.abs(expects.by.value) }));
    case 'relative-change':
      return moves(expects.op, expects.by, renderShare(expects.by));
    case 'within':
      return stays(`within ${typeof expects.by === 'number' ? renderShare(expects.by) : amount(expects.by)} of what it was`);
    case 'unchanged':
      return unchanged(expects.side, better);
    case 'never':
      return was(`${expects.op === '<=' ? 'above' : 'below'} ${amount(expects.bound)} for more than ${renderDuration(expects.longerThan)}`);
    case 'events':
      return happens(expects.atMost, expects.per);
    case 'budget':
      return burns(expects.op === '<=' ? 'less' : 'more', renderShare(expects.share));
    case 'by-time':
      return is(`done by ${clock(expects.minutes)} UTC`);
    default:
      return assertNever(expects);
  }
}

/** A change has a direction of its own (falls by 30%) or is allowed up to a bound (rises by at most 5%). */
function moves(op: Op, by: number, size: string): PromiseWords {
  const [past, plain, present] = by < 0 ? ['fell', 'fall', 'falls'] : ['rose', 'rise', 'rises'];
  const promised = op === '<=' ? by < 0 : by > 0;
  if (promised) return { kept: `${past} by at least ${size}`, broken: `did not ${plain} by ${size}`, open: `${present} by ${size}` };
  return { kept: `did not ${plain} by more than ${size}`, broken: `${past} by more than ${size}`, open: `${present} by more than ${size}` };
}

function unchanged(side: Op | 'worse' | null, better: 'lower' | 'higher' | null): PromiseWords {
  const guarded = side === 'worse' ? sideOf(better) : side;
  if (guarded === '<=') return { kept: 'did not rise', broken: 'rose', open: 'rises' };
  if (guarded === '>=') return { kept: 'did not fall', broken: 'fell', open: 'falls' };
  return stays('as it was');
}

function sideOf(better: 'lower' | 'higher' | null): Op | null {
  if (better === null) return null;
  return better === 'lower' ? '<=' : '>=';
}

function happens(atMost: number | null, per: number | null): PromiseWords {
  if (atMost === null || atMost === 0) return { kept: 'did not happen again', broken: 'happened again', open: 'still happens' };
  const often = `${times(atMost)} ${per === null ? 'in the window' : `per ${renderDuration(per).replace(/^1 /, '')}`}`;
  return { kept: `happened at most ${often}`, broken: `happened more than ${often}`, open: `happens more than ${often}` };
}

function is(what: string): PromiseWords {
  return { kept: `is ${what}`, broken: `is not ${what}`, open: `is ${what}` };
}

function was(what: string): PromiseWords {
  return { kept: `was never ${what}`, broken: `was ${what}`, open: `was ever ${what}` };
}

function stays(what: string): PromiseWords {
  return { kept: `stayed ${what}`, broken: `did not stay ${what}`, open: `stays ${what}` };
}

function burns(word: 'less' | 'more', share: string): PromiseWords {
  const what = `${word} than ${share} of its error budget`;
  return { kept: `burned ${what}`, broken: `did not burn ${what}`, open: `burns ${what}` };
}

/** The hours that count, as the end of a sentence; empty for all. */
export function hoursTail(hours: Hours): string {
  switch (hours.kind) {
    case 'all':
      return '';
    case 'peak':
      return hours.busiest === 4 ? ' at peak' : ` at the ${hours.busiest} busiest hours`;
    case 'when':
      return ` when ${metricName(renderMetric(hours.metric))} is ${side(hours.op)} ${amount(hours.bound)}`;
    case 'dates':
      return hours.from === hours.to ? ` on ${hours.from}` : ` from ${hours.from} to ${hours.to}`;
    default:
      return assertNever(hours);
  }
}

function againstTail(against: Comparison): string {
  if (against.kind === 'baseline') return '';
  return ` compared with ${against.kind === 'control' ? metricName(renderMetric(against.metric)) : against.date}`;
}

function side(op: Op | '<' | '>'): string {
  return op.startsWith('<') ? 'below' : 'above';
}

function amount({ value, unit }: Quantity): string {
  return escapeText(renderQuantity(value, unit));
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
