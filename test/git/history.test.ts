// Reading a real clone's main line: commits, merged pull requests, their authors and diffs.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SetupError } from '../../src/errors.ts';
import { readCloneRoot, readCommitId, readComparison } from '../../src/git/clone.ts';
import { diffLimit, readHistory, splitCommits } from '../../src/git/history.ts';
import { ObjectReader } from '../../src/git/objects.ts';
import { readPulls, type ClonedPull } from '../../src/git/pulls.ts';
import { SampleClone } from './sample-clone.ts';

const clone = new SampleClone();
let objects: ObjectReader;
const shas: Record<string, string> = {};

const values = (count: number): string => `service: orders\nreplicaCount: ${count}\n`;

beforeAll(() => {
  shas['first'] = clone.commit({ message: 'Begin', files: { 'charts/orders/values.yaml': values(3) } });
  shas['merge'] = clone.merge('more', { message: 'wip', files: { 'charts/orders/values.yaml': values(6) }, author: 'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>' }, 'Merge pull request #1 from acme/more\n\nScale orders\n\nto six');
  shas['direct'] = clone.commit({ message: 'Push directly', files: { 'README.md': 'hello\n' } });
  shas['squash'] = clone.commit({ message: 'Move the chart (#2)\n\n\0'.replace('\0', 'body'), files: { 'charts/orders/values.yaml': null, 'charts/shop/values.yaml': values(6) } });
  shas['large'] = clone.commit({ message: 'Vendor (#3)', files: { 'a.yaml': values(1), 'vendor.txt': 'x'.repeat(79).concat('\n').repeat(80_000) } });
  clone.git(['config', 'diff.noprefix', 'true']);
  clone.git(['config', 'diff.external', 'false']);
  objects = new ObjectReader(clone.dir);
});
afterAll(async () => {
  await objects.close();
  clone.remove();
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function pulls(take: 'merged' | 'every-commit'): Promise<ClonedPull[]> {
  return collect(readPulls(clone.dir, objects, { head: await readCommitId(clone.dir, 'main'), since: null, take }));
}

describe('readPulls', () => {
  test('takes merge and squash commits, newest first', async () => {
    expect((await pulls('merged')).map(({ number, title, body }) => [number, title, body])).toEqual([[3, 'Vendor', ''], [2, 'Move the chart', 'body'], [1, 'Scale orders', 'to six']]);
  });

  test('takes what was pushed directly where it is asked for', async () => {
    expect((await pulls('every-commit')).map(({ number, sha }) => [number, sha])).toEqual([[3, shas['large']], [2, shas['squash']], [null, shas['direct']], [1, shas['merge']], [null, shas['first']]]);
  });

  test('names the author of the branch, not whoever merged it', async () => {
    const [, squash, merge] = await pulls('merged');
    expect([merge?.author, squash?.author.login]).toEqual([{ login: 'dependabot[bot]', type: 'Bot' }, 'Ann Ops']);
  });

  test('sees through a formatter that committed last', async () => {
    const formatted = new SampleClone();
    formatted.commit({ message: 'Begin (#1)' });
    const format = { message: 'Format', author: 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>' };
    formatted.git(['switch', '--quiet', '--create', 'person']);
    formatted.commit({ message: 'Work', author: 'Pat <pat@example.org>' });
    formatted.commit(format);
    formatted.commit({ message: 'Fix', author: 'pre-commit-ci[bot] <66853113+pre-commit-ci[bot]@users.noreply.github.com>' });
    formatted.git(['switch', '--quiet', 'main']);
    formatted.git(['merge', '--quiet', '--no-ff', '--message', 'Merge pull request #2 from acme/person', 'person']);
    formatted.merge('robot', format, 'Merge pull request #3 from acme/robot');
    const reader = new ObjectReader(formatted.dir);
    const found = await collect(readPulls(formatted.dir, reader, { head: await readCommitId(formatted.dir, 'main'), since: null, take: 'merged' }));
    await reader.close();
    formatted.remove();
    expect(found.map(({ number, author }) => [number, author.login])).toEqual([[3, 'github-actions[bot]'], [2, 'Pat'], [1, 'Ann Ops']]);
  });

  test('gives a merge the diff against its first parent, whatever the configuration of the clone says', async () => {
    const [, squash, merge] = await pulls('merged');
    expect(merge?.diff).toContain('--- a/charts/orders/values.yaml\n+++ b/charts/orders/values.yaml\n@@ -1,2 +1,2 @@\n service: orders\n-replicaCount: 3\n+replicaCount: 6\n');
    expect(squash?.diff).toContain('rename from charts/orders/values.yaml\nrename to charts/shop/values.yaml\n');
  });

  test('cuts a diff beyond the limit and says so', async () => {
    const [large, squash] = await pulls('merged');
    expect([large?.cut, squash?.cut]).toEqual([true, false]);
    expect(large?.diff.length).toBeLessThan(diffLimit + 100_000);
    expect(large?.diff).toContain('+replicaCount: 1\n');
  });
});

describe('readHistory', () => {
  test('ends git when the reader stops early', async () => {
    for await (const commit of readHistory(clone.dir, { head: shas['large'] ?? '', since: null, mentions: [] })) {
      expect(commit.sha).toBe(shas['large']);
      break;
    }
  });

  test('obeys a date', async () => {
    const commits = await collect(readHistory(clone.dir, { head: shas['large'] ?? '', since: '2026-03-01T10:05:30Z', mentions: [] }));
    expect(commits.map(({ sha }) => sha)).toEqual([shas['large']]);
  });

  test('passes over commits that mention nothing of what is wanted', async () => {
    const commits = await collect(readHistory(clone.dir, { head: shas['large'] ?? '', since: null, mentions: ['[(]#2[)]', '^to six'] }));
    expect(commits.map(({ sha }) => sha)).toEqual([shas['squash'], shas['merge']]);
  });

  test.each([[[]], [['#1']]])('reads on behind a commit whose files the clone lacks (%j)', async (mentions) => {
    const damaged = new SampleClone();
    const ids = ['one', 'two', 'three'].map((word) => damaged.commit({ message: `${word} (#1)`, files: { 'a.txt': `${word}\n`, [`${word}.txt`]: `only ${word}\n` } }));
    const blob = damaged.git(['rev-parse', `${ids[1]}:two.txt`]);
    rmSync(`${damaged.dir}/.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`, { force: true });
    const commits = await collect(readHistory(damaged.dir, { head: ids[2] ?? '', since: null, mentions }));
    expect(commits.map(({ sha, cut }) => [sha, cut])).toEqual([[ids[2], false], [ids[1], true], [ids[0], false]]);
    damaged.remove();
  });
});

describe('splitCommits', () => {
  const stream = ['\0\0one\0\ndiff --git a/x b/x\n+\0\n', '\n\0\0two\0\n', '\n\0\0three'].join('');
  test.each([1, 2, 3, 7, 1_000])('finds the same commits in chunks of %i bytes', async (size) => {
    const bytes = Buffer.from(stream);
    async function* chunks(): AsyncGenerator<Buffer> {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    expect((await collect(splitCommits(chunks(), 1_000))).map(({ bytes: piece }) => piece.toString())).toEqual(['one\0\ndiff --git a/x b/x\n+\0\n\n', 'two\0\n\n', 'three']);
  });
});

describe('ObjectReader', () => {
  test.each([
    ['a file', ':charts/shop/values.yaml', { kind: 'text', text: 'service: orders\nreplicaCount: 6\n' }],
    ['a missing file', ':nowhere.yaml', { kind: 'absent' }],
    ['a path with a line break', ':a\nb', { kind: 'absent' }],
    ['a folder', ':charts', { kind: 'unreadable', why: 'it is a folder' }],
    ['a large file', ':vendor.txt', { kind: 'unreadable', why: 'it is larger than 1048576 bytes' }],
  ])('%s', async (_, path, expected) => {
    expect(await objects.read(`${shas['large']}${path}`)).toEqual(expected);
  });

  test('answers many requests in order', async () => {
    const names = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? `${shas['first']}:charts/orders/values.yaml` : `${shas['merge']}:charts/orders/values.yaml`));
    const texts = await Promise.all(names.map((name) => objects.read(name)));
    expect(texts.every((reading, index) => reading.kind === 'text' && reading.text.endsWith(index % 2 === 0 ? ': 3\n' : ': 6\n'))).toBe(true);
  });
});

describe('clone', () => {
  test('compares a branch with where it left the base', async () => {
    clone.git(['branch', '--force', 'feature', shas['direct'] ?? '']);
    const comparison = await readComparison(clone.dir, shas['merge'] ?? '', 'feature');
    expect(comparison).toMatchObject({ baseSha: shas['merge'], forkSha: shas['merge'], headSha: shas['direct'], messages: ['Push directly'] });
    expect(comparison.diff).toContain('+hello');
  });

  test.each(['nowhere', '--output=/tmp/x', '', 'main:README.md'])('refuses the ref "%s"', async (ref) => {
    await expect(readCommitId(clone.dir, ref)).rejects.toThrow(SetupError);
  });

  test('refuses a folder that is no clone', async () => {
    await expect(readCloneRoot('/')).rejects.toThrow('/ is not a git repository');
    await expect(readCloneRoot('/nowhere-at-all')).rejects.toThrow(SetupError);
  });
});
