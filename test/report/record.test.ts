// The record as people read it, from the merge to the decision, and the short comments around it.
import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../src/model/experiment.ts';
import type { EffectStart } from '../../src/model/hypothesis.ts';
import { sizeOf } from '../../src/report/budget.ts';
import { renderRecord, type RecordGiven } from '../../src/report/record.ts';
import { renderManualQuestion, renderReminder } from '../../src/report/short-comments.ts';
import { showsOf } from '../../src/report/shows.ts';
import { criterion } from '../gate/sample.ts';
import { ALL, BEGAN, DUE, ON, effect, experiment, member, outcome } from './experiment-sample.ts';

const sealedText = '<!-- yardstick:sealed 1 abc -->';
const given: RecordGiven = { sealedText, shows: ALL, on: ON, until: DUE, replies: [] };
const tell = (change: Partial<Experiment> = {}, more: Partial<RecordGiven> = {}): string => renderRecord(experiment(change), { ...given, ...more });
const first = (text: string): string => text.split('\n')[0] ?? '';
const judged = { effect, result: outcome(), toldIn: { change: ON, commentId: 902 } };

test('at the merge, whole', () => {
  expect(tell()).toMatchSnapshot();
});

describe('the first line says where it stands', () => {
  const starts: readonly (readonly [EffectStart, string])[] = [
    [{ kind: 'deployment', environment: 'production' }, 'with the deployment to `production`'], [{ kind: 'merge' }, 'with the merge'], [{ kind: 'release' }, 'with the next release'], [{ kind: 'change', ref: 'acme/app#456' }, 'with `acme/app#456`'],
  ];
  test.each(starts)('starts: %j', (start, words) => {
    expect(first(tell({ schedule: { ...experiment().schedule, start } }))).toBe(`**Not measured yet.** The clock starts ${words}; 1 hour later 7 days of measuring begin.`);
  });

  const rows: readonly (readonly [string, Partial<Experiment>, string])[] = [
    ['measuring', { effect }, '**Measuring until Tue 12 May 14:00 UTC.** The effect began Tue 5 May 13:00 UTC: deployment 91 to production by flux.'],
    ['judged', judged, '**Outcome: refuted**, told 12 May 2026, [in this comment](#issuecomment-902).'],
    ['judged elsewhere', { ...judged, toldIn: { change: { ...ON, number: 5 }, commentId: 902 } }, '**Outcome: refuted**, told 12 May 2026, in full on #5.'],
    ['judged in another repository', { ...judged, toldIn: { change: { owner: 'acme', repo: 'plans', number: 5 }, commentId: 902 } }, '**Outcome: refuted**, told 12 May 2026, in full on `acme/plans#5`.'],
    ['decided', { ...judged, decision: { what: 'accept', by: 'grace', reason: 'traffic doubles in June.', at: '2026-05-13T08:00:00.000Z' } }, '**Outcome: refuted**, told 12 May 2026, [in this comment](#issuecomment-902). **grace accepts that it missed, and it stays**, 13 May 2026: traffic doubles in June.'],
    ['kept', { ...judged, decision: { what: 'keep', by: 'grace', reason: 'ok', at: DUE } }, '**Outcome: refuted**, told 12 May 2026, [in this comment](#issuecomment-902). **grace keeps it**, 12 May 2026: ok.'],
    ['undone', { ...judged, decision: { what: 'undo', by: 'grace', reason: null, at: DUE } }, '**Outcome: refuted**, told 12 May 2026, [in this comment](#issuecomment-902). **grace undoes it**, 12 May 2026.'],
    ['reverted', { effect, withdrawal: { why: 'reverted', by: 'ada', reason: null, at: BEGAN } }, '**Withdrawn: reverted** by ada, 5 May 2026, before the verdict. It is not judged.'],
    ['withdrawn', { withdrawal: { why: 'withdrawn', by: 'ada', reason: 'superseded by #9', at: BEGAN } }, '**Withdrawn** by ada, 5 May 2026: superseded by #\u20609. It is not judged.'],
    ['lost', { withdrawal: { why: 'record-lost', by: null, reason: null, at: BEGAN } }, '**Inconclusive: record lost**, 5 May 2026. Both copies of what was agreed are gone or damaged, so nothing can be judged by it. That is no pass.'],
  ];
  test.each(rows)('%s', (_, change, line) => {
    expect(first(tell(change))).toBe(line);
  });
});

describe('the second copy, on another page', () => {
  const board = { on: { ...ON, number: 3 } };

  test('names where the verdict stands', () => {
    expect(first(tell(judged, board))).toBe('**Outcome: refuted**, told 12 May 2026, in full on #7.');
  });

  test('says where commands are heard', () => {
    expect(tell({}, board)).toContain('As a comment on #7: `/yardstick deployed`');
    expect(tell(judged, board)).toContain('To decide on #7: `/yardstick keep <reason>`');
    expect(tell(judged)).toContain('To decide: `/yardstick keep <reason>`');
  });

  test('of a silent bet tells nobody to decide', () => {
    const text = tell({ ...judged, silent: true, toldIn: null }, board);
    expect(first(text)).toBe('**Outcome: refuted**, measured 12 May 2026.');
    expect(text).not.toContain('To decide');
  });
});

describe('what was promised', () => {
  test('names role, level before and metric of each criterion', () => {
    expect(tell()).toContain('| `p95(checkout) falls by 30% at peak` | goal | 312 ms<br>(all hours) | `p95(checkout)` from `prod` |');
    expect(tell()).toContain('| `error_rate(checkout) stays below 0.5%` | guardrail | 0.3% | `error_rate(checkout)` from `prod` |');
  });

  test('says now what keeps it from being measured', () => {
    const metrics = experiment().metrics.map((metric) => (metric.name === 'error_rate(checkout)' ? { ...metric, source: null, sourceType: null } : metric));
    const text = tell({ metrics });
    expect(text).toContain('- `error_rate(checkout)` has no source yet: without one its criterion stays open.');
    expect(text).toContain('- No baseline is stored for `cost_per_month`: the source has to remember it until the verdict.');
    expect(text).toContain('`error_rate(checkout)`<br>not measurable yet');
  });

  test('asks for no baseline of what people or tests answer', () => {
    const { place } = criterion();
    const criteria = [criterion({ text: 'manual: nps > 40', metric: { name: 'nps', args: [] }, manual: true }), { kind: 'evidence', text: 'evidence: load-test shows p95 < 300 ms', place, role: 'goal', source: 'load-test', metric: { name: 'p95', args: [] }, op: '<=', bound: { value: 300, unit: 'ms' } }] as const;
    const text = tell({ criteria, metrics: [], baselines: {} });
    expect(text).not.toContain('What is missing');
    expect(text).toContain('`nps`<br>a person answers');
    expect(text).toContain('`p95`<br>one value, by a test');
  });

  test('events are told a day, and a metric without data has no level', () => {
    const [, , money] = experiment().metrics;
    const metrics = money === undefined ? [] : [{ ...money, name: 'oom_kills', kind: 'events' as const, unit: 'count' }, { ...money, name: 'gone' }];
    const criteria = [criterion({ text: 'no more oom_kills', metric: { name: 'oom_kills', args: [] } }), criterion({ text: 'gone < 3', metric: { name: 'gone', args: [] } })];
    const text = tell({ metrics, criteria, baselines: { oom_kills: { from: 0, values: [0, 1, 0, 0], totals: null }, gone: { from: 0, values: [null], totals: null } } });
    expect(text).toContain('| `no more oom_kills` | goal | 6 a day |');
    expect(text).toContain('| `gone < 3` | goal | - |');
  });
});

test('members, values by people and amendments are listed', () => {
  const text = tell({
    members: [member(), member({ change: { owner: 'acme', repo: 'infra', number: 4 }, bets: ['a', 'b', 'c', 'd'], waitsForWindow: true })],
    answers: [{ metric: 'nps', value: 41, unit: null, note: 'survey of May', by: 'ada', at: DUE }], amendments: [{ at: DUE, text: 'Criterion 2 of #12 was edited.' }],
  });
  expect(text).toContain('**What was merged** (keeping it costs $280 a month, **$3,360 a year**)\n- #7, merged 5 May 2026: orders replicas 4 → 6\n- `acme/infra#4`, merged 5 May 2026: a; b; c and 1 more (waits for its maintenance window)');
  expect(text).toContain('- `nps`: 41, by ada, 12 May 2026 (survey of May)');
  expect(text).toContain('- Tue 12 May 14:00 UTC: Criterion 2 of #\u206012 was edited.');
});

test('a command that could not be heard is answered in a line, the newest three', () => {
  expect(tell({}, { replies: ['a', 'b', 'there is no verdict yet', '`soon` is neither a commit nor a time, @acme'] })).toContain('**Answers**\n- b\n- there is no verdict yet\n- `soon` is neither a commit nor a time, @\u2060acme\n');
});

describe('how to act is told while it can be done', () => {
  test.each<readonly [string, Partial<Experiment>, RegExp | null]>([
    ['waiting', {}, /`\/yardstick deployed` when it is live/], ['measuring', { effect }, /^As a comment: `\/yardstick withdraw <reason>`/m], ['judged', judged, /^To decide: `\/yardstick keep/m],
    ['decided', { ...judged, decision: { what: 'undo', by: 'a', reason: null, at: DUE } }, null], ['withdrawn', { withdrawal: { why: 'reverted', by: null, reason: null, at: DUE } }, null],
    ['no harm', { ...judged, result: outcome({ outcome: 'no harm' }) }, null],
  ])('%s', (_, change, words) => {
    if (words === null) expect(tell(change)).not.toContain('/yardstick');
    else expect(tell(change)).toMatch(words);
  });
});

test('the machine’s copy stands folded at the end, as it is', () => {
  expect(tell().endsWith(`\n\n${sealedText}\n\n</details>`)).toBe(true);
});

test('who may not see values gets none, and no words of a hypothesis that is not theirs', () => {
  const hidden = showsOf(experiment().metrics, { visibility: 'public', words: false });
  expect(tell({}, { shows: hidden })).not.toMatch(/312|0\.3%|\$|Redis|falls by/);
  expect(tell({}, { shows: hidden })).toContain('| criterion 1 | goal | - | - from `prod` |');
});

test('what another repository merged is told only among people who may know of it', () => {
  const members = [member(), member({ change: { owner: 'acme', repo: 'vault', number: 4 }, bets: ['secret replicas 1 → 2'] })];
  expect(tell({ members }, { shows: { ...ALL, elsewhere: false } })).toContain('- one of another repository, merged 5 May 2026\n');
  expect(tell({ members }, { shows: { ...ALL, elsewhere: false } })).not.toMatch(/vault|secret/);
});

test('fits beside a long machine’s copy, and gives way to it', () => {
  const long = 'x'.repeat(50_000);
  const evil = '<img src=x> @acme/all [x](javascript:1) `#1 https://evil.example';
  const text = renderRecord(experiment({
    criteria: Array.from({ length: 20 }, () => criterion({ text: evil.repeat(20) })), members: Array.from({ length: 500 }, () => member({ bets: [evil.repeat(9)] })),
    amendments: Array.from({ length: 500 }, () => ({ at: DUE, text: evil.repeat(50) })), owner: evil, hypothesis: { ...experiment().hypothesis, claim: evil.repeat(100) },
  }), { ...given, sealedText: long });
  expect(sizeOf(text)).toBeLessThan(65_000);
  expect(text).toContain(long);
  expect(text.replace(/`[^`\n]*`/g, '')).not.toMatch(/<img|@acme|https:\/\/evil|(?<!\\)\[x\]/);
});

describe('short comments', () => {
  test('the owner is asked once for values, each with the line to copy', () => {
    expect(renderManualQuestion({ owner: 'ada' }, ['nps', 'bill(eu)'])).toBe('@ada: this is due, and it needs 2 values that no source has. You are asked once; without an answer it stays inconclusive.\n\n- `nps`: `/yardstick outcome nps VALUE [note]`\n- `bill(eu)`: `/yardstick outcome bill(eu) VALUE [note]`\n\nOne comment with a line for each is enough.');
    expect(renderManualQuestion({ owner: null }, ['nps'])).toMatch(/^this is due, and it needs one value/);
    expect(renderManualQuestion({ owner: 'acme/everyone' }, ['nps'])).toMatch(/^`acme\/everyone`: /);
  });

  test.each<readonly [string, Partial<Experiment>, string]>([
    ['a verdict', judged, '@ada: [the verdict](#issuecomment-902) (refuted) waits for an answer: **keep, undo or accept?** Keeping it costs $140 a month, **$1,680 a year**. Answer `/yardstick keep <reason>`, `/yardstick undo` or `/yardstick accept <reason>`. You are not reminded again.'],
    ['insurance', { ...judged, intent: 'insure', hypothesis: { ...experiment().hypothesis, until: '2026-12-01' } }, '@ada: the time this was bought for is over (2026-12-01). **Scale back, or keep it?** Keeping it costs $140 a month, **$1,680 a year**. Answer `/yardstick keep <reason>`, `/yardstick undo` or `/yardstick accept <reason>`.'],
    ['a repair', { ...judged, intent: 'repair' }, '@ada: the incident is over, and what mended it is still there. **Keep it because …, or undo it?** Keeping it costs $140 a month, **$1,680 a year**. Answer `/yardstick keep <reason>`, `/yardstick undo` or `/yardstick accept <reason>`.'],
  ])('reminds of %s', (_, change, text) => {
    expect(renderReminder(experiment(change), { shows: ALL, on: ON })).toBe(text);
  });

  test('the verdict that stands elsewhere is named, not linked', () => {
    expect(renderReminder(experiment(judged), { shows: ALL, on: { ...ON, number: 3 } })).toMatch(/^@ada: the verdict on #7 \(refuted\) waits/);
  });
});
