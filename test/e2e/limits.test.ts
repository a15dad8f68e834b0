// Pull requests at the edge: the largest body, thousands of files, nobody's account, no head repository.
import { expect, test } from 'vitest';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { ORDERS_VALUES } from '../../sandbox/seed/files.ts';
import { useStage, reads, writes } from './stage.ts';

const stage = useStage();
const SCALED = ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 12');

test('a body of 65,536 characters is answered in seconds, within what GitHub takes', async () => {
  const body = `## Hypothesis\n${'- p95 falls by 30% and '.repeat(4)}\n${'*_`[('.repeat(13_000)}`.slice(0, 65_536);
  const number = await stage.open({ body });
  const run = await stage.gate(number);
  expect(run.exitCode, run.log).toBe(1);
  expect(run.outputs['verdict']).toBe('fail');
  expect(run.milliseconds).toBeLessThan(10_000);
  const { comments } = await stage.see(number);
  expect(comments).toHaveLength(1);
  expect(comments[0]?.length).toBeLessThan(65_536);
});

test('3,000 files: in scope, all pages read only as far as a rule needs them', { timeout: 120_000 }, async () => {
  const many = Object.fromEntries(Array.from({ length: 3_005 }, (_, index) => [`charts/generated/file-${String(index).padStart(4, '0')}.txt`, `${index}\n`]));
  const number = await stage.open({ title: 'Vendor the charts', files: { ...many, 'charts/orders/values.yaml': SCALED } });
  const run = await stage.gate(number);
  expect(run.outputs['in-scope'], run.log).toBe('true');
  expect(run.outputs['verdict']).toBe('fail');
  expect(reads(run).filter((read) => read.includes('/files')).length).toBeLessThanOrEqual(30);
});

test('the author has deleted the account: the change is judged all the same', async () => {
  const number = await stage.open();
  stage.github().store.ghosts.add(`${REPOSITORY}#${number}`);
  const run = await stage.gate(number);
  expect(run.outputs['verdict'], run.log).toBe('fail');
  expect((await stage.see(number)).comments).toHaveLength(1);
});

test('the fork was deleted: the change is judged all the same', async () => {
  const number = await stage.open();
  stage.github().store.orphans.add(`${REPOSITORY}#${number}`);
  const run = await stage.gate(number);
  expect(run.outputs['verdict'], run.log).toBe('fail');
});

test.each([
  ['by its path', { labels: [], files: { 'src/shop/index.ts': 'export const a = 1;\n' } }],
  ['by being documentation', { labels: [], files: { 'docs/a.md': '# A\n' } }],
])('out of scope %s: two reads at most, no write', async (_, changes) => {
  const number = await stage.open({ title: 'Tidy up', ...changes });
  const run = await stage.gate(number);
  expect(run.outputs['in-scope']).toBe('false');
  expect(reads(run).length, reads(run).join('\n')).toBeLessThanOrEqual(2);
  expect(writes(run)).toEqual([]);
  expect(run.summary.split('\n')[0]).toMatch(/not in scope/i);
});

test('250 files out of scope: one read more for each further hundred', async () => {
  const files = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`src/generated/${index}.ts`, `export const n = ${index};\n`]));
  const number = await stage.open({ title: 'Generate the client', files });
  const run = await stage.gate(number);
  expect(run.outputs['in-scope'], run.log).toBe('false');
  expect(reads(run).length, reads(run).join('\n')).toBeLessThanOrEqual(4);
});

test('more than a hundred comments: our own is still found', async () => {
  const number = await stage.open();
  await stage.gate(number);
  for (let index = 0; index < 120; index += 1) await stage.github().call('POST', `/repos/${REPOSITORY}/issues/${number}/comments`, { body: { body: `Remark ${index}` } });
  const again = await stage.gate(number);
  expect(writes(again)).toEqual([]);
  expect((await stage.see(number)).comments).toHaveLength(1);
});
