// The export: JSON that is an interface, CSV that a spreadsheet takes and never runs, Markdown to paste.
import { expect, test } from 'vitest';
import { renderCsv } from '../../src/report/csv.ts';
import { renderExport, type BetJson, type Exported } from '../../src/report/export.ts';
import { DUE, effect, entry, experiment, outcome } from './experiment-sample.ts';

const judged = experiment({ effect, result: outcome(), decision: { what: 'accept', by: 'grace', reason: '=HYPERLINK("x")', at: DUE } });
const lost = entry({ key: 'acme/shop#8', title: '@SUM(A1), "quoted"', outcome: null, endedAt: null, stage: 'locked', told: null, changes: [8, 9] });
const exported: Exported = { entries: [entry(), lost], experiments: new Map([['acme/shop#7', judged]]), at: DUE };

/** RFC 4180, read back by hand: quotes, doubled quotes, CR LF. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  for (const line of text.split('\r\n').slice(0, -1)) rows.push([...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) => (quoted ?? bare ?? '').replaceAll('""', '"')));
  return rows;
}

test('JSON has every bet, with its criteria and results where the record could be read', () => {
  const { version, at, bets } = JSON.parse(renderExport('json', exported)) as { version: number; at: string; bets: BetJson[] };
  expect([version, at, bets.length]).toEqual([1, DUE, 2]);
  expect(bets[0]).toMatchObject({
    key: 'acme/shop#7', outcome: 'refuted', toldOn: 7, owner: 'ada', odds: 0.8, lockedAt: '2026-05-05T12:41:00.000Z', effectAt: effect.at, decision: { what: 'accept', by: 'grace' },
    criteria: [{ metric: 'p95(checkout)', compares: 'relative-change', value: -0.3, result: { verdict: 'missed', estimate: -0.0801, interval: [-0.1412, -0.0204] } }, { role: 'guardrail' }, { role: 'guardrail' }],
  });
  expect(bets[1]).toMatchObject({ key: 'acme/shop#8', claim: null, criteria: [], toldOn: null });
  expect(Object.keys(bets[0] ?? {})).not.toContain('home');
});

test('CSV has a row a criterion, and one for a bet without its record', () => {
  const [head, ...rows] = readCsv(renderExport('csv', exported));
  const at = (row: readonly string[] | undefined, column: string): string | undefined => row?.[head?.indexOf(column) ?? -1];
  expect(rows).toHaveLength(4);
  expect(rows.every((row) => row.length === head?.length)).toBe(true);
  expect(['criterion', 'verdict', 'estimate', 'low', 'before', 'pull_requests'].map((column) => at(rows[0], column))).toEqual(['p95(checkout) falls by 30% at peak', 'missed', '-0.0801', '-0.1412', '312.4', '7']);
  expect(['key', 'criterion', 'pull_requests'].map((column) => at(rows[3], column))).toEqual(['acme/shop#8', '', '8 9']);
});

test('CSV: what a stranger wrote never becomes a formula, and negative numbers stay numbers', () => {
  const text = renderExport('csv', exported);
  expect(text).toContain(`"'=HYPERLINK(""x"")"`);
  expect(text).toContain(`"'@SUM(A1), ""quoted"""`);
  expect(text).toContain(',-0.0801,');
});

test.each<readonly [string | number | null, string]>([
  ['plain', 'plain'], ['a,b', '"a,b"'], ['a"b', '"a""b"'], ['a\nb', '"a\nb"'], [' a', '" a"'], ['-1', "'-1"], ['+x', "'+x"], ['\t=x', "'\t=x"], [-1, '-1'], [Number.NaN, ''], [null, ''],
])('a cell %j', (value, written) => {
  expect(renderCsv(['c'], [[value]])).toBe(`c\r\n${written}\r\n`);
});

test('Markdown, whole', () => {
  expect(renderExport('markdown', exported)).toMatchSnapshot();
});
