// `backtest` over a real clone and over a server that answers like GitHub.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderEntryCsv } from '../../cli/backtest/entry.ts';
import { SampleClone } from '../git/sample-clone.ts';
import { runAtDesk } from './sample-desk.ts';

const values = (count: number): string => `service: orders\nreplicaCount: ${count}\n`;
const file = 'charts/orders/values.yaml';

describe('of a clone', () => {
  const clone = new SampleClone();
  beforeAll(() => {
    clone.commit({ message: 'Begin', files: { [file]: values(3) } });
    clone.merge('docs', { message: 'docs', files: { 'README.md': 'x\n' } }, 'Merge pull request #1 from acme/docs\n\nWrite it down');
    clone.merge('more', { message: 'more', files: { [file]: values(12) } }, 'Merge pull request #2 from acme/more\n\nScale, "orders"');
    clone.commit({ message: 'Bump replicas (#3)', files: { [file]: values(48) }, author: 'renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>' });
    clone.commit({ message: '=SUM(A1) down (#4)', files: { [file]: values(6) } });
    clone.commit({ message: 'Push directly', files: { [file]: values(60) } });
  });
  afterAll(() => clone.remove());

  test('counts what was read and what is in scope', async () => {
    const { code, out, err } = await runAtDesk(['backtest', clone.dir]);
    expect(code).toBe(0);
    expect(out).toMatch(/^read +4/m);
    expect(out).toMatch(/^in scope +2 +50\.0 %$/m);
    expect(out).toMatch(/^diff +2$/m);
    expect(out).toMatch(/^exempt +2$/m);
    expect(out).toMatch(/^people +3 +2/m);
    expect(out).toMatch(/^bots +1 +0/m);
    expect(out).toMatch(/^replicas +3$/m);
    expect(out).toMatch(/^charts\/orders +2$/m);
    expect(err).toMatch(/^4 pull requests in \d+\.\d s \(\d+ a second\), 2 in scope, at most 50 MiB$/m);
  });

  test('prints a check object a line, newest first', async () => {
    const { out } = await runAtDesk(['backtest', clone.dir, '--json']);
    const lines = out.trim().split('\n').map((line) => JSON.parse(line) as { change: { number: number } });
    expect(lines.map(({ change }) => change.number)).toEqual([4, 3, 2, 1]);
    expect(lines[1]).toMatchObject({ change: { title: 'Bump replicas', author: 'renovate[bot]', sha: expect.stringMatching(/^[0-9a-f]{40}$/) as string }, inScope: false, scope: expect.arrayContaining([expect.objectContaining({ rule: 'exempt' })]) as unknown });
    expect(lines[2]).toMatchObject({ change: { title: 'Scale, "orders"', author: 'Ann Ops' }, verdict: 'fail', inScope: true, tier: 'light', facts: [{ from: '3', to: '12' }] });
  });

  test('prints commas', async () => {
    const { out } = await runAtDesk(['backtest', clone.dir, '--csv', '--last', '3']);
    const [head, down, , scale] = out.split('\n');
    expect(head).toBe('sha,number,title,author,verdict,in_scope,tier,intent,rules,facts,problems');
    expect(scale).toContain(',2,"Scale, ""orders""",Ann Ops,fail,true,light,improve,diff,replicaCount 3→12,');
    expect(down).toContain(",4,'=SUM(A1) down,");
  });

  test.each([
    ['the last two', ['--last', '2'], 2],
    ['every commit', ['--every-commit'], 6],
    ['since a date', ['--since', '2026-03-01T10:06:30Z'], 1],
    ['of another head', ['--head', 'HEAD~2'], 3],
  ])('%s', async (_, args, count) => {
    const { out } = await runAtDesk(['backtest', clone.dir, '--json', ...args]);
    expect(out.trim().split('\n')).toHaveLength(count);
  });

  test('shows its progress on a terminal only', async () => {
    expect((await runAtDesk(['backtest', clone.dir, '--last', '2'], { terminal: 'both' })).err).toMatch(/\[#{10}\.{10}\] 1 read/);
    expect((await runAtDesk(['backtest', clone.dir])).err).not.toContain('[#');
  });

  test.each([
    ['no clone', ['backtest', '/'], 'is not a git repository'],
    ['neither folder nor repository', ['backtest', '../nowhere-at-all'], 'neither a folder nor a repository'],
    ['both formats', ['backtest', clone.dir, '--csv', '--json'], 'exclude each other'],
    ['a number that is none', ['backtest', clone.dir, '--last', 'all'], '--last takes a whole number'],
    ['a date that is none', ['backtest', clone.dir, '--since', 'sometime'], '--since takes a date'],
    ['an unknown head', ['backtest', clone.dir, '--head', 'x'], 'knows no commit "x"'],
  ])('refuses %s', async (_, args, message) => {
    const { code, err } = await runAtDesk(args);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

/** A closed pull request as GitHub's list shows it. */
const pull = (number: number, merged: string | null) => ({ number, title: `Scale ${number}`, body: null, user: number === 2 ? null : { login: 'ann', type: 'User' }, labels: [], updated_at: '2026-03-02T00:00:00Z', merged_at: merged, head: { sha: 'a'.repeat(40) }, base: { sha: 'b'.repeat(40) }, merge_commit_sha: 'c'.repeat(40) });

describe('of GitHub', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = request.url ?? '';
      const body = url.includes('/files') ? [{ filename: file, status: 'modified', patch: '@@ -1,2 +1,2 @@\n service: orders\n-replicaCount: 3\n+replicaCount: 12' }] : url.includes('/pulls?') ? [pull(3, '2026-03-02T00:00:00Z'), pull(9, null), pull(2, '2026-03-01T00:00:00Z')] : { message: 'Not Found' };
      response.writeHead(Array.isArray(body) ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  });
  afterAll(() => void server.close());

  test('takes what was merged, with its files', async () => {
    const env = { GH_TOKEN: 'x', GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    const { code, out, err } = await runAtDesk(['backtest', 'acme/infra', '--json'], { env });
    expect([code, err.includes('2 pull requests')]).toEqual([0, true]);
    expect(out.trim().split('\n').map((line) => JSON.parse(line) as unknown)).toMatchObject([{ change: { number: 3, author: 'ann' }, facts: [{ factor: 4 }] }, { change: { number: 2, author: null } }]);
  });
});

test('a title over two lines stays one cell', () => {
  const decision = { verdict: 'pass', inScope: false, tier: 'none', intent: null, scope: [], facts: [], problems: [] };
  const entry = { change: { sha: 's', number: null, title: 'a\nb', author: null, byBot: false }, files: [], cut: false, decision } as unknown as Parameters<typeof renderEntryCsv>[0];
  expect(renderEntryCsv(entry)).toBe('s,,"a\nb",,pass,false,none,,,,');
});
