// `judge` and `power`: CSV and JSON Lines in, verdicts out; a bad line names its field, and the run goes on.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gauge, deployedAt, day, hourly } from '../judge/sample-trials.ts';
import { runAtDesk } from './sample-desk.ts';

let dir = '';
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'yardstick-judge-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const sound = { id: 'a', metric: { name: 'm', unit: 'ms', better: 'lower', kind: 'gauge' }, criterion: 'm falls by 20%', role: 'goal', series: gauge({ factor: 0.6 }), deployedAt, settle: '0s', window: '3d' };

async function judgeLines(...lines: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
  writeFileSync(join(dir, 'trials.jsonl'), lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  const { code, out } = await runAtDesk(['judge', '--jsonl', 'trials.jsonl'], { cwd: dir });
  expect(code).toBe(0);
  return out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('judge --jsonl', () => {
  test('a verdict has the fields of the interface, in one line', async () => {
    const [verdict] = await judgeLines(sound);
    expect(Object.keys(verdict!)).toEqual(['id', 'verdict', 'reason', 'estimate', 'interval', 'mde', 'independentWindows', 'text', 'probability', 'control', 'remarks']);
    expect(verdict).toMatchObject({ id: 'a', verdict: 'met', reason: 'measured', independentWindows: 9 });
  });

  test.each<[string, unknown, RegExp]>([
    ['no JSON', '{"id":"b"', /^not JSON/],
    ['no object', '[]', /expected object/i],
    ['no series', { ...sound, series: undefined }, /^series: expected a list/],
    ['a bad point', { ...sound, series: [[1, 2], [3, 'x']] }, /^series\.1: expected \[epochSeconds, value\]/],
    ['points in milliseconds', { ...sound, series: [[1_774_864_800_000, 2]] }, /^series\.0: .*milliseconds/],
    ['no deployment', { ...sound, deployedAt: undefined }, /^deployedAt: /],
    ['a deployment in milliseconds', { ...sound, deployedAt: deployedAt * 1000 }, /^deployedAt: .*milliseconds/],
    ['an unknown kind', { ...sound, metric: { ...sound.metric, kind: 'ratio' } }, /^metric\.kind: /],
    ['no name', { ...sound, metric: { kind: 'gauge' } }, /^metric\.name: /],
    ['an unknown role', { ...sound, role: 'hope' }, /^role: /],
    ['a criterion that cannot be read', { ...sound, criterion: 'm gets nicer' }, /^criterion: /],
    ['a bad window', { ...sound, window: 'long' }, /^window: "long" is no duration$/],
    ['a window of ten years', { ...sound, window: '3650d' }, /^window: longer than a year$/],
    ['a bad settling time', { ...sound, settle: 'soon' }, /^settle: "soon" is no duration$/],
    ['bad other series', { ...sound, others: { rps: [[1]] } }, /^others\.rps\.0: /],
    ['a bad history', { ...sound, history: 3 }, /^history: /],
    ['a bad exclusion', { ...sound, exclude: [[1]] }, /^exclude\.0/],
    ['a bad deployment', { ...sound, deployments: ['x'] }, /^deployments\.0: /],
  ])('%s: an error that names it, and the run goes on', async (_, line, text) => {
    const [bad, good] = await judgeLines(line, sound);
    expect(bad).toMatchObject({ verdict: 'error', reason: 'bad-trial', estimate: null, interval: null, mde: null });
    expect(bad!['text']).toMatch(text);
    expect(good).toMatchObject({ id: 'a', verdict: 'met' });
  });

  test('empty lines are none, nulls are no values', async () => {
    const verdicts = await judgeLines('', { ...sound, id: 7, series: sound.series.map(([time, value], i) => [time, i % 40 === 0 ? null : value]) }, '');
    expect(verdicts).toHaveLength(1);
    expect(verdicts[0]).toMatchObject({ id: 7, verdict: 'met', remarks: ['points-dropped'] });
  });

  test('conditions and controls come in `others`, rates with their totals, events with zeros', async () => {
    const rps = sound.series.map(([time]) => [time, Math.floor(time! / 3600) % 2 === 0 ? 600 : 100]);
    const verdicts = await judgeLines(
      { ...sound, id: 'when', criterion: 'm falls by 20% when rps > 500', others: { rps } },
      { ...sound, id: 'control', criterion: 'm falls by 20% compared with pool_b', others: { pool_b: gauge({}) } },
      { ...sound, id: 'rate', metric: { name: 'error_rate', kind: 'rate' }, criterion: 'error_rate stays below 0.5%', role: 'guardrail', series: hourly(() => 0).map(([time]) => [time, 1, 1000]), window: '7d' },
      { ...sound, id: 'events', metric: { name: 'oom_kills', kind: 'events' }, criterion: 'no more oom_kills', series: hourly((i, time) => (i % 24 === 3 && time < deployedAt ? 1 : 0)), window: '7d' },
    );
    expect(verdicts.map(({ id, verdict }) => `${String(id)} ${String(verdict)}`)).toEqual(['when met', 'control met', 'rate met', 'events met']);
  });

  test('the same lines give the same bytes', async () => {
    expect(JSON.stringify(await judgeLines(sound, sound))).toBe(JSON.stringify(await judgeLines(sound, sound)));
  });

  test('a file that is not there is said', async () => {
    const { code, err } = await runAtDesk(['judge', '--jsonl', 'none.jsonl'], { cwd: dir });
    expect(code).not.toBe(0);
    expect(err).toContain('none.jsonl');
  });
});

describe('judge FILE.csv', () => {
  const csv = (series: readonly (readonly number[])[]): string => `time,value\n${series.map(([time, value]) => `${new Date(time! * 1000).toISOString()},${value}`).join('\n')}\n`;
  const args = ['--criterion', 'm falls by 20%', '--deployed', new Date(deployedAt * 1000).toISOString(), '--window', '3d'];

  test('a verdict in words', async () => {
    writeFileSync(join(dir, 'm.csv'), csv(gauge({ factor: 0.6 })));
    const { code, out } = await runAtDesk(['judge', 'm.csv', ...args], { cwd: dir });
    expect(code).toBe(0);
    expect(out).toMatch(/^met \(measured\)\nIt fell by (?:39|4\d)% /);
  });

  test.each<[string, readonly string[], string]>([
    ['no criterion', ['m.csv'], 'what was promised'],
    ['no deployment', ['m.csv', '--criterion', 'm falls by 20%'], '--deployed'],
    ['a bad window', ['m.csv', ...args.slice(0, 4), '--window', 'x'], '--window'],
    ['a bad kind', ['m.csv', ...args, '--kind', 'ratio'], '--kind'],
    ['no numbers', ['empty.csv', ...args], 'empty.csv'],
  ])('%s is said', async (_, given, said) => {
    writeFileSync(join(dir, 'm.csv'), csv(gauge({})));
    writeFileSync(join(dir, 'empty.csv'), 'nothing here\n');
    const { code, err } = await runAtDesk(['judge', ...given], { cwd: dir });
    expect(code).not.toBe(0);
    expect(err).toContain(said);
  });
});

describe('power', () => {
  const write = (name: string, series: readonly (readonly number[])[]): void => writeFileSync(join(dir, name), series.map((point) => point.join(',')).join('\n'));

  test('a bar a window, and the window that would do', async () => {
    write('history.csv', gauge({ after: 0 }));
    const { code, out } = await runAtDesk(['power', 'history.csv'], { cwd: dir });
    expect(code).toBe(0);
    expect(out).toMatch(/^Smallest fall .*:\n 1 d {2}█+ .*%\n 3 d {2}█+ .*%\n 7 d {2}█+ .*%\n14 d {2}█+ .*%\nFor "m falls by 20%" 1 day would do\.\n$/);
  });

  test('events tell the odds of luck', async () => {
    write('oom.csv', hourly((i) => (i % 24 === 3 ? 1 : 0), { after: 0 }));
    const { out } = await runAtDesk(['power', 'oom.csv', '--kind', 'events'], { cwd: dir });
    expect(out).toMatch(/ 1 d {2}█+ +0 by luck: 3\d\.\d%/);
    expect(out).toContain('For "no more m" 7 days would do.');
  });

  test('JSON for machines', async () => {
    write('history.csv', gauge({ after: 0 }));
    const { out } = await runAtDesk(['power', 'history.csv', '--criterion', 'm falls by 20% at peak', '--json'], { cwd: dir });
    expect(JSON.parse(out)).toMatchObject({ windows: [{ days: 1 }, { days: 3 }, { days: 7 }, { days: 14 }] });
  });

  test('too little history is told by the exit code too', async () => {
    write('short.csv', gauge({ days: 3, after: 0 }).slice(0, Math.floor((3 * day) / 300)));
    const { code, out } = await runAtDesk(['power', 'short.csv'], { cwd: dir });
    expect(code).not.toBe(0);
    expect(out).toContain('too little history');
  });
});
