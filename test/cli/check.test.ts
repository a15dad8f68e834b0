// `check` and `explain` from files and from a clone: what they print and how they end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SampleClone } from '../git/sample-clone.ts';
import { runAtDesk } from './sample-desk.ts';

const dir = mkdtempSync(join(tmpdir(), 'yardstick-cli-'));
const path = (name: string): string => join(dir, name);
const values = (count: number): string => `service: orders\nreplicaCount: ${count}\n`;

const diff = `diff --git a/charts/orders/values.yaml b/charts/orders/values.yaml
--- a/charts/orders/values.yaml
+++ b/charts/orders/values.yaml
@@ -1,2 +1,2 @@
 service: orders
-replicaCount: 3
+replicaCount: 12
`;
const body = `## Hypothesis
More replicas cut the tail at peak, because the pods are CPU bound.

- p95_latency falls by 30% at peak
`;

beforeAll(() => {
  const files = { 'change.diff': diff, 'body.md': body, 'docs.diff': diff.replaceAll('charts/orders/values.yaml', 'README.md'), 'empty.diff': '', 'prose.txt': 'no diff at all\n', 'broken.yml': 'mode: enforced\nscop: {}\n', 'advise.yml': 'mode: advise\n', 'cost.json': 'not json' };
  for (const [name, text] of Object.entries(files)) writeFileSync(path(name), text);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('check --diff', () => {
  test('asks for a hypothesis, and ends with 1', async () => {
    const { code, out, err } = await runAtDesk(['check', '--diff', path('change.diff')]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain('fail');
    expect(out).toContain('replicaCount 3 → 12 (×4) charts/orders/values.yaml:2');
    expect(out).toContain('## Hypothesis');
  });

  test('prints the documented object', async () => {
    const { code, out } = await runAtDesk(['check', '--diff', path('change.diff'), '--body', path('body.md'), '--json']);
    const json = JSON.parse(out) as Record<string, unknown>;
    expect(json).toMatchObject({ verdict: 'pass', inScope: true, tier: 'light', intent: 'improve', problems: [], facts: [{ file: 'charts/orders/values.yaml', line: 2, from: '3', to: '12', factor: 4, direction: 'up' }], hypothesis: { source: 'inline', criteria: [{ metric: 'p95_latency', compares: 'relative-change', op: '<=', value: -0.3, unit: null, role: 'goal' }] } });
    expect(code).toBe(0);
  });

  test('refuses a cost report that is none, and says what is wrong with it', async () => {
    const { code, out } = await runAtDesk(['check', '--diff', path('change.diff'), '--cost', path('cost.json'), '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { kind: 'set-up' }, problems: [{ remedy: expect.stringContaining('infracost') }] });
  });

  test.each([
    ['standard input', ['--diff', '-'], { stdin: diff }, 1],
    ['a label that exempts nothing', ['--diff', path('change.diff'), '--label', 'x', '--label', 'y'], {}, 1],
    ['a dependency bot', ['--diff', path('change.diff'), '--author', 'dependabot[bot]'], {}, 0],
    ['a revert', ['--diff', path('change.diff'), '--title', 'Revert "Scale orders"', '--body', '-'], { stdin: 'This reverts commit 0123456789abcdef0123456789abcdef01234567.' }, 0],
    ['documentation', ['--diff', path('docs.diff')], {}, 0],
    ['an empty diff', ['--diff', path('empty.diff')], {}, 0],
    ['mode advise', ['--diff', path('change.diff'), '--config', path('advise.yml')], {}, 0],
  ] as const)('%s', async (...[, args, desk, code]) => {
    expect((await runAtDesk(['check', ...args], desk)).code).toBe(code);
  });

  test('reads nothing of the folder it stands in', async () => {
    const clone = new SampleClone();
    clone.commit({ message: 'Advise', files: { '.github/yardstick.yml': 'mode: advise\n' } });
    const { code } = await runAtDesk(['check', '--diff', path('change.diff')], { cwd: clone.dir });
    clone.remove();
    expect(code).toBe(1);
  });

  test('tells a reference that it cannot read', async () => {
    const { code, out } = await runAtDesk(['check', '--diff', path('change.diff'), '--body', '-', '--json'], { stdin: 'Hypothesis: #12\n' });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ problems: [{ code: 'unreadable-reference', place: { line: 1 } }] });
  });
});

describe('what is set up wrongly ends with 2 and says how to mend it', () => {
  test.each([
    ['nothing to check', ['check'], 'no change was given'],
    ['two changes', ['check', 'acme/infra#1', '--diff', 'x'], 'more than one change'],
    ['a missing file', ['check', '--diff', path('nowhere.diff')], 'there is no such file'],
    ['a folder', ['check', '--diff', dir], 'it is a folder'],
    ['no diff', ['check', '--diff', path('prose.txt')], 'holds no unified diff'],
    ['standard input twice', ['check', '--diff', '-', '--body', '-'], 'cannot both be standard input'],
    ['a clone beside a diff', ['check', '--diff', path('change.diff'), '--head', 'x'], '--head goes with --base'],
    ['a broken configuration', ['check', '--diff', path('change.diff'), '--config', path('broken.yml')], `${path('broken.yml')}:1:7: `],
    ['no token', ['check', 'https://github.com/acme/infra/pull/1'], 'no token'],
    ['no pull request', ['check', 'https://github.com/acme/infra'], 'is not the URL of a pull request'],
    ['words beside a URL', ['check', 'acme/infra#1', '--title', 'x'], '--title does not go with'],
    ['no clone', ['check', '--base', 'main', '-C', dir], 'is not a git repository'],
    ['an unknown option', ['check', '--dif', 'x'], 'unknown option'],
    ['an unknown command', ['chek'], 'Did you mean check?'],
    ['no command', [], 'Usage: yardstick'],
  ])('%s', async (_, args, message) => {
    const { code, err } = await runAtDesk(args);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  test('in JSON too', async () => {
    const { code, out } = await runAtDesk(['check', '--diff', path('change.diff'), '--config', path('broken.yml'), '--json']);
    expect(JSON.parse(out)).toMatchObject({ error: { kind: 'set-up', message: expect.stringContaining('is broken') as string }, problems: [{ place: { line: 1 } }, { place: { line: 2 } }] });
    expect(code).toBe(2);
  });
});

test('a server that does not answer ends with 3', async () => {
  const { code, err } = await runAtDesk(['check', 'acme/infra#1'], { env: { GITHUB_TOKEN: 'x', GITHUB_API_URL: 'http://127.0.0.1:1' } });
  expect(err).toContain('ECONNREFUSED');
  expect(code).toBe(3);
});

describe('check --base', () => {
  const clone = new SampleClone();
  beforeAll(() => {
    clone.commit({ message: 'Begin', files: { 'charts/orders/values.yaml': values(3) } });
    clone.git(['switch', '--quiet', '--create', 'more']);
    clone.commit({ message: 'Scale orders\n\nfor the sale', files: { 'charts/orders/values.yaml': values(12) } });
    clone.git(['switch', '--quiet', '--create', 'reasoned']);
    clone.commit({ message: 'Say why', files: { 'hypotheses/orders.md': body } });
    clone.git(['switch', '--quiet', 'main']);
    clone.commit({ message: 'Go on', files: { 'other.txt': 'x\n' } });
  });
  afterAll(() => clone.remove());

  test.each([
    ['a head', ['--base', 'main', '--head', 'more'], 1],
    ['a range', ['--base', 'main...more'], 1],
    ['a hypothesis file of the branch', ['--base', 'main...reasoned'], 0],
    ['a hypothesis file by its path', ['--base', 'main...reasoned', '--body', '-'], 0],
    ['a file that the branch lacks', ['--base', 'main...more', '--body', '-'], 1],
    ['nothing changed', ['--base', 'main'], 0],
  ] as const)('%s', async (...[, args, code]) => {
    const result = await runAtDesk(['check', ...args, '-C', clone.dir], { stdin: 'Hypothesis: hypotheses/orders.md\n' });
    expect(result.err).toBe('');
    expect(result.code).toBe(code);
  });

  test('takes the configuration of the base, not of the branch', async () => {
    clone.git(['switch', '--quiet', '--create', 'quiet', 'more']);
    clone.commit({ message: 'Advise', files: { '.github/yardstick.yml': 'mode: advise\n' } });
    expect((await runAtDesk(['check', '--base', 'main...quiet', '-C', clone.dir])).code).toBe(1);
    expect((await runAtDesk(['check', '--base', 'quiet...more', '-C', clone.dir])).code).toBe(0);
  });

  test('a configuration that is broken on the base is called that, not absent', async () => {
    clone.git(['switch', '--quiet', '--create', 'broken', 'more']);
    clone.commit({ message: 'Break it', files: { '.github/yardstick.yml': 'mode: advize\n' } });
    clone.git(['switch', '--quiet', '--create', 'on-broken']);
    clone.commit({ message: 'Scale more', files: { 'charts/orders/values.yaml': values(90) } });
    const { out } = await runAtDesk(['check', '--base', 'broken...on-broken', '-C', clone.dir]);
    expect(out).toMatch(/^neutral .*\n.*configuration broken: defaults/);
  });

  test('a shallow clone, where nobody can tell what the branch changes', async () => {
    clone.git(['switch', '--quiet', '--orphan', 'apart']);
    clone.commit({ message: 'Begin anew', files: { 'charts/orders/values.yaml': values(12) } });
    const { code, err } = await runAtDesk(['check', '--base', 'main...apart', '-C', clone.dir]);
    expect(err).toMatch(/no common history of "main" and "apart"\n.*--unshallow/);
    expect(code).toBe(2);
  });

  test.each([
    ['an unknown ref', ['--base', 'nowhere'], 'knows no commit "nowhere"'],
    ['an option as a ref', ['--base=--output=x'], 'knows no commit'],
    ['the head twice', ['--base', 'main...more', '--head', 'more'], 'the head is given twice'],
  ])('%s', async (_, args, message) => {
    const { code, err } = await runAtDesk(['check', ...args, '-C', clone.dir]);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

test('explain says what every rule said, and ends with 0', async () => {
  const { code, out } = await runAtDesk(['explain', '--diff', path('change.diff')]);
  expect(code).toBe(0);
  for (const rule of ['label', 'path', 'cost', 'diff', 'tier']) expect(out).toMatch(new RegExp(`^  ${rule} +(yes|no|-) `, 'm'));
  const json = JSON.parse((await runAtDesk(['explain', '--diff', path('change.diff'), '--json'])).out) as { findings: readonly unknown[] };
  expect(json.findings.length).toBeGreaterThan(5);
});
