// Infracost's report and its bot's comment, in the forms of several versions.
import { expect, test } from 'vitest';
import { parseCostComment } from '../../src/change/cost-comment.ts';
import { parseCostReport } from '../../src/change/cost-report.ts';

test.each([
  ['a difference', { currency: 'EUR', projects: [], totalMonthlyCost: '1660.5', pastTotalMonthlyCost: '917', diffTotalMonthlyCost: '743.5' }, { currency: 'EUR', monthlyDelta: 743.5, monthlyTotal: 1660.5, source: 'f' }],
  ['numbers, no currency', { projects: [], totalMonthlyCost: 10, pastTotalMonthlyCost: 30 }, { currency: 'USD', monthlyDelta: -20, monthlyTotal: 10, source: 'f' }],
  ['nothing that costs', { projects: [], totalMonthlyCost: null, pastTotalMonthlyCost: null, diffTotalMonthlyCost: null }, { currency: 'USD', monthlyDelta: 0, monthlyTotal: null, source: 'f' }],
  ['everything removed', { projects: [], totalMonthlyCost: null, pastTotalMonthlyCost: '30', diffTotalMonthlyCost: null }, { currency: 'USD', monthlyDelta: -30, monthlyTotal: null, source: 'f' }],
])('report: %s', (_name, json, value) => expect(parseCostReport(JSON.stringify(json), 'f')).toEqual({ ok: true, value, notes: [] }));

test.each([
  ['no JSON', '{'], ['another type', '[]'], ['null', 'null'], ['no report', '{}'], ['an amount that is none', '{"projects":[],"totalMonthlyCost":"a lot"}'],
  ['a breakdown without a before', '{"projects":[],"totalMonthlyCost":"12"}'],
])('no report: %s', (_name, text) => {
  const parsed = parseCostReport(text, 'infracost.json');
  expect(parsed.ok ? [] : parsed.problems.map((problem) => [problem.code, problem.place?.file])).toEqual([['unreadable-cost-report', 'infracost.json']]);
});

test.each([
  ['a sentence and a Markdown table', '💰 Infracost estimate: **monthly cost will increase by $743 (+81%) 📈**\n| **Project** | **Previous** | **New** | **Diff** |\n| -- | --: | --: | --: |\n| my/project | $917 | $1,660 | +$743 (+81%) |\n', 'USD', 743, 1660],
  ['a heading and an HTML table', '<h3>💰 Infracost report</h3>\n<h4>Monthly estimate decreased by €1,743.20 📉</h4>\n<table><thead><td>Changed project</td><td>Total change</td><td>New monthly cost</td></thead><tbody><tr><td>a/b</td><td align="right">-€1,743.20 (-81%)</td><td align="right">€660</td></tr></tbody></table>', 'EUR', -1743.2, 660],
  ['a table of several projects', '## Infracost report\n| Project | Cost change | New monthly cost |\n|---|---|---|\n| a | +$10 | $20 |\n| b | -$4 (-20%) | $16 |\n', 'USD', 6, 36],
  ['no change', '💰 Infracost report\n## Monthly cost will not change\n', 'USD', 0, null],
] as const)('comment: %s', (_name, text, currency, monthlyDelta, monthlyTotal) => {
  expect(parseCostComment(text, 'comment by infracost')).toEqual({ currency, monthlyDelta, monthlyTotal, source: 'comment by infracost' });
});

test.each([['LGTM'], [''], ['the monthly cost is high'], [`infracost ${'|'.repeat(60_000)}`], [`monthly cost ${'increase by '.repeat(5_000)}`]])('no cost: %.20s', (text) => {
  expect(parseCostComment(text, 'c')).toBeNull();
});
