// The pieces of a report: escapes, budgets, markers, labels, annotations, money.
import { describe, expect, test } from 'vitest';
import { evaluateGate } from '../../src/gate/evaluate.ts';
import { decideNotEvaluated } from '../../src/gate/not-evaluated.ts';
import { renderMoney, renderMonthlyDelta } from '../../src/quantity/money.ts';
import { renderAnnotations } from '../../src/report/annotations.ts';
import { cutLine, cutLines, joinWithin, sizeOf } from '../../src/report/budget.ts';
import { code, escapeText, fence, inline } from '../../src/report/escape.ts';
import { gateLabels } from '../../src/report/labels.ts';
import { parseMarker, renderMarker } from '../../src/report/marker.ts';
import { AT, configured, fact, found, given, input, problem, pull, waive } from '../gate/sample.ts';

test.each([
  [140, 'USD', '$140', '+$140/month'], [-300.4, 'USD', '$300', '−$300/month'], [1_234_567, 'EUR', '€1,234,567', '+€1,234,567/month'], [8.5, 'USD', '$8.50', '+$8.50/month'],
  [0, 'USD', '$0', '±$0/month'], [12, 'CHF', '12 CHF', '+12 CHF/month'],
])('%d %s is %s, as a difference %s', (...[amount, currency, plain, delta]) => {
  expect(renderMoney(amount, currency)).toBe(plain);
  expect(renderMonthlyDelta(amount, currency)).toBe(delta);
});

describe('escapes', () => {
  test.each([
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'], ['*x* _y_ [z](u) ~t~ a|b', '\\*x\\* \\_y\\_ \\[z\\](u) \\~t\\~ a\\|b'], ['@ada', '@\u2060ada'], ['see #12', 'see #\u206012'],
    ['https://a.example', 'https:\u2060//a.example'], ['one\ntwo', 'one two'], ['a\u0000\u202eb', 'a  b'], ['+$140/month', '+$140/month'],
  ])('%j', (text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });

  test.each([['`a` @b', '`a` @\u2060b'], ['a ` b', 'a  b'], ['`a`, ` @b', '`a`,  @\u2060b'], ['``a`` *b*', 'a \\*b\\*']])('a sentence keeps its code: %j', (text, expected) => {
    expect(inline(text)).toBe(expected);
  });

  test('code can’t be left', () => {
    expect(code('a`b\n`c')).toBe('`a b c`');
    expect(code('``')).toBe('` `');
    expect(fence('```\nx\n`````', 'text')).toBe('``````text\n```\nx\n`````\n``````');
  });

  test.each([['ticks', '`'.repeat(64_000)], ['at signs', '@'.repeat(64_000)], ['pipes', '|'.repeat(64_000)], ['colons', '://'.repeat(21_000)]])('64 kB of %s take no time', (_, text) => {
    const start = performance.now();
    inline(text);
    fence(text, 'text');
    cutLines(text, 1_000);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('budgets', () => {
  test('a line is cut at a word', () => {
    expect(cutLine('some words to cut here', 12)).toBe('some words…');
    expect(cutLine('short', 12)).toBe('short');
    expect([...cutLine('😀'.repeat(50), 10)]).toHaveLength(10);
  });

  test('lines are cut whole, and it is said', () => {
    const cut = cutLines('é'.repeat(50).concat('\n').repeat(10), 400);
    expect(sizeOf(cut)).toBeLessThanOrEqual(400);
    expect(cut).toMatch(/… \(cut short: the rest did not fit\)$/);
  });

  test('a section that doesn’t fit is left out whole', () => {
    expect(joinWithin(['a', null, '', 'b'.repeat(200), 'c'], 120)).toBe('a\n\nc\n\n… (the rest did not fit)');
  });
});

describe('the marker', () => {
  const marker = { kind: 'gate', change: { owner: 'acme', repo: 'shop.io', number: 7 }, at: AT, state: { waived: { '5': ['a-->=1', '--'] }, seen: ['rule=diff'] } } as const;
  test('comes back as it went', () => {
    expect(parseMarker(`${renderMarker(marker)}\ntext`)).toEqual(marker);
  });

  test('of an older version remembers no scope', () => {
    expect(parseMarker(renderMarker({ ...marker, state: { waived: {}, seen: null } }).replace(',"seen":null', ''))?.state).toEqual({ waived: {}, seen: null });
  });

  test('holds the instant where a plan looks for it', () => {
    expect(renderMarker(marker)).toContain(`"at":"${AT}"`);
  });

  test.each([
    ['not at the start', ` ${renderMarker(marker)}`], ['another kind', renderMarker(marker).replace('yardstick:gate', 'yardstick:record')], ['cut', renderMarker(marker).slice(0, 60)],
    ['no JSON', '<!-- yardstick:gate {x} -->'], ['null', '<!-- yardstick:gate null -->'], ['no change', `<!-- yardstick:gate {"at":"${AT}"} -->`], ['no instant', '<!-- yardstick:gate {"change":"a/b#1","at":"soon"} -->'], ['nothing', ''],
  ])('is not read: %s', (_, body) => {
    expect(parseMarker(body)).toBeNull();
  });

  test('a damaged state is forgotten, not trusted', () => {
    expect(parseMarker(`<!-- yardstick:gate {"at":"${AT}","change":"a/b#1","state":{"waived":{"1":[2],"3":["x=1"]}}} -->`)?.state).toEqual({ waived: { '3': ['x=1'] }, seen: null });
  });
});

describe('labels', () => {
  const config = configured();
  const ours = [config.labels.needed, config.labels.linked, config.labels.waived];
  const rows: readonly (readonly [string, Parameters<typeof input>[0], string | null])[] = [
    ['missing', {}, config.labels.needed], ['sound', { hypothesis: found() }, config.labels.linked], ['waived', { commands: [waive()] }, config.labels.waived],
    ['an auto-bet', { facts: [fact({ factor: 1.5 })] }, null], ['an auto-bet with a hypothesis', { facts: [fact({ factor: 1.5 })], hypothesis: found() }, null],
    ['a repair', { change: pull({ labels: ['incident'] }) }, null], ['out of scope', { facts: [] }, null], ['observing', { config: configured({ mode: 'observe' }) }, null],
  ];
  test.each(rows)('%s', (_, change, wanted) => {
    const { add, remove } = gateLabels(evaluateGate(input(change)), config);
    expect(add.map(({ name }) => name)).toEqual(wanted === null ? [] : [wanted]);
    expect(remove).toEqual(ours.filter((name) => name !== wanted));
    for (const { color, description } of add) expect([/^[0-9a-f]{6}$/.test(color), description.length <= 100]).toEqual([true, true]);
  });

  test('stay as they are while nothing could be decided', () => {
    const lost = decideNotEvaluated({ change: null, headSha: null, at: AT, why: 'x', onError: 'pass' });
    expect(gateLabels(lost, config)).toEqual({ add: [], remove: [] });
  });

  test('of one name are not added and removed at once', () => {
    const same = { labels: { needed: 'bet', linked: 'bet', waived: 'bet' } };
    expect(gateLabels(evaluateGate(input({ hypothesis: found() })), same).remove).toEqual([]);
  });
});

const place = (path: string) => problem({ place: { file: path, line: 5, column: 3 } });

describe('annotations', () => {
  test('stand on lines of files of this repository only', () => {
    const problems = [place('hypotheses/redis.md'), place('pull request body'), place('acme/other#12'), place('acme/.github:.github/yardstick.yml'), problem({ place: null })];
    const annotations = renderAnnotations(evaluateGate(input({ hypothesis: found({ problems }) })));
    expect(annotations).toEqual([{ file: 'hypotheses/redis.md', line: 5, column: 3, level: 'failure', title: 'yardstick: unreadable-criterion', message: 'p95 gets better. Expected: a metric and what happens to it. - p95(orders) falls by 20%' }]);
  });

  test('warn where nothing fails', () => {
    const decision = evaluateGate(input({ config: configured({ mode: 'advise' }), hypothesis: found({ problems: [problem({ place: { file: 'a.md', line: 1, column: 1 } })] }), commands: [given({ name: 'check' })] }));
    expect(renderAnnotations(decision)[0]?.level).toBe('warning');
  });

  test('of a configuration that was broken before are warnings, also where the change fails', () => {
    const elsewhere = [problem({ code: 'unknown-key', place: { file: '.github/yardstick.yml', line: 3, column: 1 }, found: '`mo_de`' })];
    const decision = evaluateGate(input({ configProblems: { here: [], elsewhere } }));
    expect(decision.verdict).toBe('fail');
    expect(renderAnnotations(decision)).toMatchObject([{ file: '.github/yardstick.yml', line: 3, level: 'warning', message: expect.stringMatching(/^mo_de\. /) }]);
  });
});
