// Asks where a criterion that parses may still mean something else: points or per cent, faster, the wrong way.
import type { Metric } from '../model/config.ts';
import type { MetricCriterion } from '../model/hypothesis.ts';
import type { Problem } from '../model/problem.ts';
import { readStatement } from './criterion/read-statement.ts';
import { renderMetric } from '../metric-name.ts';

type Found = Omit<Problem, 'place'>;

/** Relative changes below 1 % are hardly ever meant: `by 0.1%` is nearly always a tenth of a point. */
const TINY = 0.01;

/** `metric` null: the catalogue doesn't know it. */
export function checkMeaning(criterion: MetricCriterion, metric: Metric | null): readonly Found[] {
  const read = readStatement(criterion.text);
  if (!read.ok) return [];
  return [...checkPoints(criterion, read.reading.bare === true, metric), ...checkSpeed(criterion, read.reading.speed === true, metric), ...checkSpan(criterion, read.reading.span === true, metric), ...checkDirection(criterion, metric)];
}

function checkPoints({ expects, metric: ref }: MetricCriterion, bare: boolean, metric: Metric | null): readonly Found[] {
  const by = expects.kind === 'relative-change' || (expects.kind === 'within' && typeof expects.by === 'number') ? Number(expects.by) : null;
  if (!bare || by === null) return [];
  const percent = metric?.unit === '%' || (metric === null && Math.abs(by) < TINY);
  if (!percent) return [];
  const amount = Number((Math.abs(by) * 100).toPrecision(12));
  const verb = by < 0 ? 'falls by' : 'rises by';
  const limited = expects.kind === 'relative-change' && (by < 0) === (expects.op === '>=') ? ' at most' : '';
  const phrase = `${renderMetric(ref)} ${expects.kind === 'within' ? 'within' : `${verb}${limited}`} ${amount}`;
  const tail = expects.kind === 'within' ? [' percentage points of baseline', '% of baseline'] : [' percentage points', '% of its value'];
  return [{ code: 'points-or-percent', found: `\`${amount}%\` of a metric that is itself in per cent`, expected: 'percentage points, or a share of its value', remedy: `write \`${phrase}${tail[0]}\` or \`${phrase}${tail[1]}\`` }];
}

/** Without a catalogue the name tells: of these, faster is more. */
const RATE_NAME = /throughput|bandwidth|speed|(?:^|_)(?:rps|qps|tps|ops|iops|rate)(?:_|$)|_per_(?:s|sec|second|min|minute|hour|day)/i;

function checkSpeed({ metric: ref }: MetricCriterion, speed: boolean, metric: Metric | null): readonly Found[] {
  if (!speed || !(metric === null ? RATE_NAME.test(ref.name) : metric.better === 'higher')) return [];
  const name = renderMetric(ref);
  return [{ code: 'ambiguous', found: `"faster" of \`${name}\`, where higher is better`, expected: 'the way in which it moves', remedy: `write \`${name} triples\` or \`${name} rises by 200%\`` }];
}

/** `cpu from 40% to 60%`: a promise only where more is better. */
function checkSpan({ metric: ref, text }: MetricCriterion, span: boolean, metric: Metric | null): readonly Found[] {
  if (!span || metric?.better === 'higher') return [];
  const [, from = '', to = ''] = /\bfrom\s{1,9}(.{1,30}?)\s{1,9}to\s{1,9}([^,;]{1,30}?)[.\s]{0,9}$/i.exec(text) ?? [];
  const name = renderMetric(ref);
  const [rise, range] = from === '' ? ['rises from … to …', 'between … and …'] : [`rises from ${from} to ${to}`, `between ${from} and ${to}`];
  return [{ code: 'ambiguous', found: `\`from … to …\` of \`${name}\`, upwards`, expected: 'a rise, or a range to stay in', remedy: `write \`${name} ${rise}\` or \`${name} ${range}\`` }];
}

/** A goal that asks for the worse is nearly always a limit without its "at most". */
function checkDirection({ role, expects, metric: ref, text }: MetricCriterion, metric: Metric | null): readonly Found[] {
  if (role !== 'goal' || metric === null || metric.better === null || (expects.kind !== 'relative-change' && expects.kind !== 'change')) return [];
  if (expects.op !== (metric.better === 'lower' ? '>=' : '<=')) return [];
  const name = renderMetric(ref);
  const word = metric.better === 'lower' ? 'rises' : 'falls';
  const amount = /\bby\s{1,3}(?:at least\s{1,3})?(\S{1,20}(?:\s(?:ms|s|min|h|GiB|MiB|req\/s|percentage points))?)/i.exec(text)?.[1] ?? '10%';
  return [{ code: 'against-better', found: `a goal that \`${name}\` ${word}, where ${metric.better} is better`, expected: 'a limit, or a goal in the other direction', remedy: `write \`${name} ${word} by at most ${amount}\`, or correct \`better\` in the catalogue` }];
}
