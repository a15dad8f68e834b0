// Configuration texts → what they say, or every problem with place, finding, what is allowed and remedy.
import { describe, expect, test } from 'vitest';
import { parseBaseline, parseConfig } from '../../src/config/parse.ts';
import type { Problem } from '../../src/model/problem.ts';

const FILE = '.github/yardstick.yml';

function problemsOf(text: string): readonly Problem[] {
  const parsed = parseConfig(text, FILE);
  return parsed.ok ? [] : parsed.problems;
}

const brief = ({ place, code, found, remedy }: Problem): string => `${place?.line}:${place?.column} ${code} ${found} → ${remedy}`;

const PROMETHEUS = 'sources: { prom: { type: prometheus, url: https://prom.example.com } }\n';

describe('sound configurations', () => {
  const cases: readonly [name: string, text: string, expected: unknown][] = [
    ['an empty file', '', {}],
    ['comments alone', '# nothing yet\n', {}],
    ['an empty document', '---\n...\n', {}],
    ['a section whose lines are commented out', 'mode: advise\nmetrics:\n  # p95: {}\n', { mode: 'advise' }],
    ['a byte order mark and CR LF', '\uFEFFversion: 1\r\nscope:\r\n  paths:\r\n    - infra/**\r\n', { version: 1, scope: { paths: ['infra/**'] } }],
    ['words that YAML 1.1 took for booleans', 'rules:\n  diff: { mode: off }\n', { rules: { diff: { mode: 'off' } } }],
    ['a date without quotes', 'rules:\n  linked: { from: 2026-09-01 }\n', { rules: { linked: { from: '2026-09-01' } } }],
    ['an alias', 'scope: { paths: &infra [infra/**] }\nservices: { all: *infra }\n', { scope: { paths: ['infra/**'] }, services: { all: ['infra/**'] } }],
    ['names of JavaScript’s own', 'metrics: { constructor: { unit: ms }, toString: {} }', { metrics: { constructor: { unit: 'ms' }, toString: {} } }],
    ['PromQL beside placeholders', `${PROMETHEUS}metrics:\n  p95:\n    source: prom\n    query: 'sum by (le) (rate(x{service="{service}"}[5m]))'\n    parameters: { service: { pattern: '[a-z-]+' } }\n`, {
      sources: { prom: { type: 'prometheus', url: 'https://prom.example.com' } },
      metrics: { p95: { source: 'prom', query: 'sum by (le) (rate(x{service="{service}"}[5m]))', parameters: { service: { pattern: '[a-z-]+' } } } },
    }],
    ['Datadog’s grouping is no placeholder', 'sources: { dd: { type: datadog } }\nmetrics: { cpu: { source: dd, query: "max:system.cpu.user{env:prod} by {host}" } }', {
      sources: { dd: { type: 'datadog' } },
      metrics: { cpu: { source: 'dd', query: 'max:system.cpu.user{env:prod} by {host}' } },
    }],
    ['a source that needs no entry', 'metrics: { nps: { source: manual } }', { metrics: { nps: { source: 'manual' } } }],
    ['a source that the baseline may define', 'extends: acme/.github\nmetrics: { p95: { source: prom } }', { extends: 'acme/.github', metrics: { p95: { source: 'prom' } } }],
    ['a secret from the environment', 'sources: { pg: { type: postgresql, url: "${YARDSTICK_PG_URL}" } }', { sources: { pg: { type: 'postgresql', url: '${YARDSTICK_PG_URL}' } } }],
    ['a CSV file of the repository', 'sources: { bill: { type: csv, url: data/bill.csv } }', { sources: { bill: { type: 'csv', url: 'data/bill.csv' } } }],
  ];
  test.each(cases)('%s', (_, text, expected) => {
    expect(parseConfig(text, FILE)).toMatchObject({ ok: true, value: expected });
    expect(problemsOf(text)).toEqual([]);
  });

  test('a metric that nothing can measure is a note', () => {
    expect(parseConfig('metrics: { p95: { unit: ms } }', FILE)).toMatchObject({ ok: true, notes: [{ code: 'metric-without-query', text: expect.stringContaining('`p95`') as string }] });
  });
});

describe('problems of meaning', () => {
  const cases: readonly [name: string, text: string, expected: readonly string[]][] = [
    ['an unknown word', 'mode: enfroce', ['1:7 invalid-value "enfroce" → did you mean `enforce`?']],
    ['a word cut short', 'metrics: { m: { better: low } }', ['1:25 invalid-value "low" → did you mean `lower`?']],
    ['an unknown key', 'scpoe: {}', ['1:1 unknown-key the unknown key `scpoe` → did you mean `scope`?']],
    ['another way to write a key', 'scope: { costIncrease: 5 }', ['1:10 unknown-key the unknown key `costIncrease` below `scope` → did you mean `cost-increase`?']],
    ['a key in the wrong place', 'non-production: [a/**]', ['1:1 unknown-key the unknown key `non-production` → write it as `scope.non-production`']],
    ['one value where a list is due', 'scope:\n  paths: src/**', ['2:10 invalid-value "src/**" → write it as a list: `paths: ["src/**"]`']],
    ['a number where text is due', 'scope: { labels: [7] }', ['1:19 invalid-value the number 7 → put it in quotes: `"7"`']],
    ['another version', 'version: 2', ['1:10 invalid-value the number 2 → for example `version: 1`']],
    ['a list as root', '- a', ['1:1 invalid-value a list → write options as `mode: enforce`, or leave the file empty, so that every default holds']],
    ['nothing where something is due', 'scope:\n  labels:\n', ['2:3 invalid-value nothing → for example `labels: [infrastructure, scaling]`']],
    ['a missing type', 'sources: { a: { url: "https://x" } }', ['1:12 missing-option no `type` → for example `type: prometheus`']],
    ['a missing address', 'sources: { a: { type: prometheus } }', ['1:12 missing-option no `url` → add `url:`, or `url: ${YARDSTICK_NAME}` to take it from the environment']],
    ['an address that isn’t one', 'sources: { a: { type: http, url: "file:///etc/passwd" } }', ['1:34 invalid-url "file:///etc/passwd" → write the whole address, with its scheme']],
    ['a password in the file', 'sources: { a: { type: http, url: "https://me:secret@x.io" } }', ['1:34 invalid-url "https://…@x.io" → take the secret from the environment: `${YARDSTICK_NAME}`']],
    ['another secret of the runner', 'sources: { a: { type: http, url: "https://x/${GITHUB_TOKEN}" } }', ['1:34 foreign-variable `${GITHUB_TOKEN}` → rename it, for example `${YARDSTICK_GITHUB_TOKEN}`']],
    ['a unit with a typing error', 'metrics: { m: { unit: mss } }', ['1:23 unknown-unit the unit "mss" → did you mean `ms`?']],
    ['a unit that nobody knows', 'metrics: { m: { unit: widgets } }', ['1:23 unknown-unit the unit "widgets" → write `unit: count` for plain numbers, or leave the unit out']],
    ['an unknown source', `${PROMETHEUS}metrics: { p95: { source: promm } }`, ['2:27 unknown-source the source `promm` → did you mean `prom`?']],
    ['half a rate', `metrics: { e: { kind: rate, bad: x } }`, ['1:34 incomplete-rate `bad` without `total` → add `total:` with its query']],
    ['a rate without queries', `${PROMETHEUS}metrics: { e: { kind: rate, source: prom } }`, ['2:23 incomplete-rate a rate without a query → add `bad:` and `total:` with a query each']],
    ['a placeholder with a typing error', 'metrics: { p: { query: "x{{servce}}", parameters: { service: { values: [a] } } } }', [
      '1:24 unknown-placeholder `{servce}` in the query → did you mean `{service}`?',
      '1:53 unused-parameter the parameter `service`, which no query uses → use it in the query, or remove it: every argument would measure the same',
    ]],
    ['a placeholder without parameters', 'metrics: { p: { query: "x{service}" } }', ['1:24 unknown-placeholder `{service}` in the query → declare it: `parameters: { service: { values: [ … ] } }`']],
    ['a pattern that can take for ever', 'metrics: { p: { parameters: { s: { pattern: "(a+)+" } } } }', ["1:45 invalid-value \"(a+)+\" → for example `pattern: '[a-z][a-z0-9-]*'`"]],
    ['a date that no calendar has', 'rules: { diff: { from: 2026-02-30 } }', ['1:24 invalid-value "2026-02-30" → for example `from: 2026-09-01`']],
    ['a length of time without unit', 'defaults: { window: 7 }', ['1:21 invalid-value the number 7 → for example `window: 7d`']],
    ['a glob with braces', 'scope: { paths: ["{a,b}/**"] }', ['1:18 invalid-value "{a,b}/**" → for example `- \'terraform/**\'`']],
    ['a list item out of line', 'scope:\n  paths:\n  - a/**\n    - b/**\n', ['3:5 invalid-value "a/** - b/**" → for example `- \'terraform/**\'`']],
    ['tiers in the wrong order', 'tiers: { auto-bet: { factor: 9 }, light: { factor: 4 } }', ['1:30 tiers-out-of-order the number 9 → lower it to 4, or raise `light`']],
    ['a vendor’s account', 'sources: { a: { type: newrelic } }', ['1:12 missing-option no `account` → add `account: \'1234567\'`']],
    ['an organisation', 'sources: { a: { type: influxdb, version: 2, url: "https://x.io" } }', ['1:12 missing-option no `account` → add `account: acme`']],
    ['a version that isn’t one', 'sources: { a: { type: influxdb, version: 3, url: "https://x.io" } }', ['1:42 unknown-version InfluxDB 3 → InfluxDB 3 answers InfluxQL too: write `version: 1`']],
    ['a placeholder of the count of samples', 'metrics: { a: { query: "x", samples: "{y}" } }', ['1:38 unknown-placeholder `{y}` in the query → declare it: `parameters: { y: { values: [ … ] } }`']],
    ['a report without its place', 'cost: { expected: file }', ['1:19 missing-option no `file` → add `file: infracost.json`']],
    ['a name that a criterion can’t write', 'metrics: { "p 95": {} }', ['1:12 invalid-name the name `p 95` → rename it, for example `checkout_p95`']],
    ['an `extends` that names nothing', 'extends: acme', ["1:10 invalid-value \"acme\" → for example `extends: 'acme/.github:yardstick/base.yml@v1'`"]],
  ];
  test.each(cases)('%s', (_, text, expected) => {
    expect(problemsOf(text).map(brief)).toEqual(expected);
  });

  test('all at once, in the order of the text, each with what is allowed', () => {
    const problems = problemsOf('mode: loud\nmode: quiet\nscope: { lables: [a] }\nmetrics:\n  p95: { kind: gage, source: prom }\n__proto__: 1\n');
    expect(problems.map(({ place, code, expected }) => [place?.line, code, expected])).toEqual([
      [1, 'invalid-value', '`enforce`, `advise`, `observe`'],
      [2, 'duplicate-key', 'each key once'],
      [3, 'unknown-key', '`labels`, `paths`, `cost-increase`, `non-production`, `production`'],
      [5, 'invalid-value', '`gauge`, `count`, `rate`, `cost`, `events`'],
      [5, 'unknown-source', '`manual`, `evidence`, `github`'],
      [6, 'forbidden-key', 'the name of an option, metric or source'],
    ]);
    expect(problems.every(({ place }) => place?.file === FILE)).toBe(true);
  });

  test('places count lines that end in CR LF and columns behind a byte order mark', () => {
    expect(problemsOf('\uFEFFmoed: x\r\n\r\nmode: x').map(({ place }) => place)).toEqual([
      { file: FILE, line: 1, column: 1 },
      { file: FILE, line: 3, column: 7 },
    ]);
  });

  test('foreign text is cut short and can’t leave its code span', () => {
    const [problem] = problemsOf(`mode: "${'x`'.repeat(500)}"`);
    expect(problem?.found.length).toBeLessThan(80);
    expect(problem?.found).not.toContain('`');
  });

  test('a megabyte of foreign text never enters a message', () => {
    const long = 'y'.repeat(200_000);
    for (const text of [`${long}: 1`, `mode: ${long}`, `scope: { paths: ${long} }`, `metrics: { ${long}: }`, `metrics: { m: { source: ${long} } }`, `sources: { s: { type: http, url: "\${${long}}" } }`, `extends: ${long}`]) {
      const problems = problemsOf(text);
      expect(problems.length).toBeGreaterThan(0);
      for (const { found, expected, remedy } of problems) expect(Math.max(found.length, expected.length, remedy.length)).toBeLessThan(500);
    }
  });

  test('a file that is extended may not extend a third', () => {
    const parsed = parseBaseline('mode: advise\nextends: acme/other\n', 'base.yml');
    expect(parsed).toMatchObject({ ok: false, problems: [{ code: 'nested-extends', place: { file: 'base.yml', line: 2, column: 1 } }] });
    expect(parseBaseline('mode: advise\n', 'base.yml')).toMatchObject({ ok: true, value: { mode: 'advise' } });
  });
});
