// What to do about a verdict that nobody could reach, by its reason.

const ADVICE: Readonly<Record<string, string>> = {
  unclear: 'No window of two weeks or less would see a change this small. Promise a larger one, or compare with a control: `… compared with pool_b`.',
  'too-close': 'The level sits on its bound. A longer window, or a bound that matters, would decide it.',
  'history-too-short': 'With four weeks of history the same promise can be judged: make it again in a later pull request.',
  'no-data': 'The query finds nothing. Mend it in the catalogue, then promise it again.',
  'missing-data': 'The source lost too much of the window. Promise it again when the source is well.',
  gap: 'The source was silent for hours. Promise it again when the source is well.',
  'metric-lost': 'Find out why the metric stopped with the deployment: its name or its labels may have changed with it.',
  'several-series': 'Let the query give one series: add `sum(…)`, or the label that tells them apart.',
  'another-series': 'Find out what changed at the source: the series behind the query, or its unit. Then promise it again.',
  'zero-baseline': 'Promise a level instead: “below 5” says what “falls by 30%” can’t where it was zero.',
  'too-few-events': 'Such rare events need a longer window: promise it again over four weeks.',
  'too-few-errors': 'So few errors need a longer window: promise it again over four weeks.',
  'level-shift': 'The level had just changed. Promise it again when a quiet week lies before the change.',
  'baseline-was-an-incident': 'The days before were an incident, and what follows an incident falls anyway. Compare with the weeks before it.',
  confounded: 'Something else was deployed and moved the metric too. Promise it again with a control: `… compared with pool_b`, or with nothing else in the window.',
  'not-exercised': 'The condition never occurred. A load test can stand for it: `evidence: load-test shows …`.',
  'not-exercised-before': 'The condition hardly ever occurred before, so there is nothing to compare with: promise a level instead.',
  'control-lost': 'The control had too few data. Choose another one.',
  resolution: 'The points are too far apart for so short a time. Ask the source for a finer step, or promise a longer time.',
  excluded: 'Too much of the window was excluded. Promise it again over a longer one.',
  'step-and-level-disagree': 'It came so near to what was promised, or so slowly, that this window can’t tell. A longer one would.',
  'window-too-short': 'Promise it again over a longer window; cost comes by the day and needs at least 7.',
  reverted: 'It was reverted, so there is nothing left to measure.',
  'provider-error': 'The source failed until the deadline. When it is well, promise it again.',
  unanswered: 'Give the value by `/yardstick outcome METRIC VALUE` next time it is asked.',
  'record-lost': 'Both copies of the record are gone or damaged. Nothing can be judged by it any more; see its edit history.',
  'no-objective': 'Promise it again on a metric that tells the burnt share of the budget.',
  'date-without-data': 'Compare with a day of which the source still has data.',
  'bad-trial': 'What the source gave can’t be read. Look at the query, then promise it again.',
};

/** One or two sentences of ours; null for a reason that needs none. */
export function adviceFor(reason: string): string | null {
  return ADVICE[reason] ?? null;
}
