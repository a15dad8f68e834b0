// Where a hypothesis may stand, and what is said when it can't be found or isn't sound.
import { expect, test } from 'vitest';
import { personToken } from '../../sandbox/github/upstream.ts';
import { ORDERS_VALUES } from '../../sandbox/seed/files.ts';
import { addRepository, ORGANISATION } from '../../sandbox/seed/organisation.ts';
import { PULLS } from '../../sandbox/seed/pulls.ts';
import { API, SOUND_BODY, useStage } from './stage.ts';

const stage = useStage();
const SCALED = { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 12') };

const issue = async (body: string, labels: readonly string[] = []): Promise<number> =>
  (await stage.github().call<{ number: number }>('POST', `${API}/issues`, { token: personToken('ana'), body: { title: 'A bet', body, labels } })).number;

interface Report { readonly hypothesis: { readonly source: string; readonly ref: string; readonly criteria: readonly { readonly metric: string }[] } | null; readonly problems: readonly { readonly code: string; readonly found: string; readonly remedy: string; readonly place: { readonly file: string; readonly line: number } | null }[] }

async function reportOf(number: number): Promise<Report> {
  const run = await stage.gate(number);
  return JSON.parse(run.outputs['report'] ?? 'null') as Report;
}

const FOUND = [
  ['inline', () => Promise.resolve({ body: SOUND_BODY }), 'inline'],
  ['by a reference to an issue', async () => ({ body: `Hypothesis: #${await issue(SOUND_BODY)}` }), 'issue'],
  ['by the address of an issue', async () => ({ body: `Hypothesis: ${stage.github().url}/${ORGANISATION}/platform/issues/${await issue(SOUND_BODY)}` }), 'issue'],
  ['by a closing keyword', async () => ({ body: `Fixes #${await issue(SOUND_BODY)}` }), 'issue'],
  ['by a path', () => Promise.resolve({ body: 'Hypothesis: hypotheses/session-cache.md' }), 'file'],
  ['in a file that the change adds', () => Promise.resolve({ body: '', files: { ...SCALED, 'hypotheses/orders-pods.md': SOUND_BODY } }), 'file'],
] as const;

test.each(FOUND)('is found %s', async (_, changes, source) => {
  const report = await reportOf(await stage.open(await changes()));
  expect(report.problems).toEqual([]);
  expect(report.hypothesis?.source).toBe(source);
});

test('in the sidebar of the pull request', async () => {
  const number = await stage.open();
  stage.github().store.links.set(`${ORGANISATION}/platform#${number}`, [`${ORGANISATION}/platform#${await issue(SOUND_BODY)}`]);
  expect((await reportOf(number)).hypothesis?.source).toBe('issue');
});

test('a metric that the catalogue has not: the nearest name is told', async () => {
  const number = await stage.open({ body: SOUND_BODY.replace('checkout_p95', 'checkout_p59') });
  const { problems } = await reportOf(number);
  expect(problems).toHaveLength(1);
  expect(`${problems[0]?.found} ${problems[0]?.remedy}`).toMatch(/checkout_p59.*checkout_p95/s);
  expect((await stage.see(number)).comments[0]).toMatch(/checkout_p95/);
});

test('an issue in a repository that the token cannot read is told as that', async () => {
  const secret = await addRepository(stage.github(), 'secret', { 'a.md': 'a\n' });
  await stage.github().call('PATCH', `/repos/${secret}`, { body: { private: true } });
  const number = await stage.open({ body: `Hypothesis: ${secret}#1` });
  const { problems } = await reportOf(number);
  expect(JSON.stringify(problems)).toContain(`Cannot read ${secret}#1: this workflow's token reads only its own repository.`);
});

test.each([
  ['an issue that is not there', 'Hypothesis: #4711'],
  ['a file that is not there', 'Hypothesis: hypotheses/none.md'],
])('%s is a problem that names it', async (_, body) => {
  const { problems, hypothesis } = await reportOf(await stage.open({ body }));
  expect(hypothesis).toBeNull();
  expect(JSON.stringify(problems)).toContain(body.replace('Hypothesis: ', ''));
});

test('a linked issue that has its verdict counts no more', async () => {
  const { problems } = await reportOf(await stage.open({ body: `Hypothesis: #${await issue(SOUND_BODY, ['outcome: refuted'])}` }));
  expect(problems.map(({ code }) => code)).toEqual(['hypothesis-ended']);
});

test('a hypothesis file with a mistake is annotated at its line', async () => {
  const text = '# Orders\n\nMore pods help, because the queue is never empty.\n\n- checkout_p95 falls by 25% under normal load\n';
  const number = await stage.open({ files: { ...SCALED, 'hypotheses/orders-again.md': text } });
  const run = await stage.gate(number);
  expect(run.exitCode, run.log).toBe(1);
  expect(run.annotations.filter((annotation) => annotation.properties['file'] === 'hypotheses/orders-again.md').map((annotation) => annotation.properties['line'])).toContain('5');
});

test.each(PULLS.filter(({ expects }) => expects.verdict === 'fail').map((seed) => [seed.title, seed] as const))('%s: the draft, pasted as it is, is refused and its gap named, again and again', async (_, seed) => {
  const number = await stage.open(seed);
  await stage.gate(number);
  for (const round of ['the first', 'the one to begin again from']) {
    const [, body] = /```markdown\n([\s\S]*?)```/.exec((await stage.see(number)).comments.find((comment) => comment.includes('```markdown')) ?? '') ?? [];
    expect(body, round).toMatch(/<\w[^>]*>/);
    await stage.github().call('PATCH', `${API}/pulls/${number}`, { body: { body } });
    const { problems } = await reportOf(number);
    expect(problems.map(({ code }) => code)).toContain('placeholder');
    expect(problems.map(({ found }) => found).join()).toContain('<');
  }
});
