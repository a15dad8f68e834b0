// Records survive their way through a comment; what was changed, cut or forged on it doesn't count.
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeRecord, encodeRecord } from '../../src/experiment/record-text.ts';
import { recordBlock, resolveRecord } from '../../src/experiment/resolve.ts';
import { digestOf } from '../../src/experiment/signature.ts';
import { experiment } from './sample.ts';

const KEY = 'a key that only the operator knows';
const team = { audience: 'team', key: null } as const;

describe('a record as text', () => {
  test('gives the same experiment back, with and without a key', () => {
    const whole = experiment();
    expect(decodeRecord(encodeRecord(whole, team).text, null)).toMatchObject({ kind: 'intact', experiment: whole });
    expect(decodeRecord(encodeRecord(whole, { ...team, key: KEY }).text, KEY)).toMatchObject({ kind: 'intact', experiment: whole });
  });

  test('is the same text each time, so that nothing is written again', () => {
    expect(encodeRecord(experiment(), { audience: 'open', key: KEY })).toEqual(encodeRecord(experiment(), { audience: 'open', key: KEY }));
  });

  test('survives what GitHub does to comments', () => {
    const { text } = encodeRecord(experiment(), team);
    const body = `Promised: something\n\n<details>\n\n\`\`\`text\n${text}\n\`\`\`\n\n</details>`.replaceAll('\n', '\r\n');
    expect(decodeRecord(recordBlock(body) ?? '', null).kind).toBe('intact');
  });

  test.each([
    ['a changed digest', (text: string) => text.replace(/sha256 [0-9a-f]{8}/, 'sha256 00000000')],
    ['a line left out', (text: string) => text.split('\n').toSpliced(1, 1).join('\n')],
    ['an empty text', () => ''],
    ['something after its end', (text: string) => `${text}\nmore`],
  ])('%s breaks it', (_, damage) => {
    expect(decodeRecord(damage(encodeRecord(experiment(), team).text), null).kind).toBe('broken');
  });

  test('forged content with a right digest is found where there is a key', () => {
    const content = JSON.stringify(experiment({ schedule: { start: { kind: 'merge' }, settle: 0, window: 3600 } }));
    const forged = ['yardstick-record/1', deflateRawSync(Buffer.from(content)).toString('base64url'), `sha256 ${digestOf(`${content}\n`)}`].join('\n');
    expect(decodeRecord(forged, null).kind).toBe('intact');
    expect(decodeRecord(forged, KEY)).toEqual({ kind: 'broken', why: 'its signature is missing or was not made with this key' });
    expect(decodeRecord(encodeRecord(experiment(), { ...team, key: 'another' }).text, KEY).kind).toBe('broken');
  });

  test('inflates no bomb', () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000)).toString('base64url');
    expect(decodeRecord(`yardstick-record/1\n${bomb}\nsha256 ${'0'.repeat(64)}`, null).kind).toBe('broken');
  });
});

describe('on a public repository', () => {
  test('queries and baselines of metrics that are not public are left out, and sealed where there is a key', () => {
    const open = encodeRecord(experiment(), { audience: 'open', key: null });
    const reading = decodeRecord(open.text, null);
    expect(open.withheldUnsealed).toBe(true);
    expect(JSON.stringify(reading)).not.toContain('secret_p95');
    expect(reading).toMatchObject({ experiment: { metrics: [{ queries: null }, { queries: ['secret_errors'] }], baselines: {}, members: [{ monthlyCost: null }] } });
    const sealed = encodeRecord(experiment(), { audience: 'open', key: KEY });
    expect(sealed.withheldUnsealed).toBe(false);
    expect(decodeRecord(sealed.text, KEY)).toMatchObject({ experiment: { metrics: [{ queries: ['secret_p95(checkout)'] }, {}], baselines: { 'p95(checkout)': { values: [480, null, 482.5] } } } });
  });

  test('relative changes are told, levels are not', () => {
    const judged = { text: '', role: 'goal', metric: 'p95(checkout)', unit: 'ms', verdict: 'met', reason: 'measured', sentence: '', scale: 'relative', estimate: -0.3, interval: [-0.4, -0.2], mde: 0.1, before: 480, after: 330, wobble: null, missing: 0, neededWindow: null, remarks: [] } as const;
    const result = { outcome: 'validated', at: '2026-05-20T00:00:00Z', criteria: [judged, { ...judged, scale: 'absolute', estimate: 330 }], windows: null, confounders: [], early: false } as const;
    const reading = decodeRecord(encodeRecord(experiment({ result }), { audience: 'open', key: null }).text, null);
    expect(reading).toMatchObject({ experiment: { result: { criteria: [{ estimate: -0.3, before: null, after: null }, { estimate: null, interval: null }] } } });
  });
});

describe('of two copies', () => {
  const body = (given = {}): string => encodeRecord(experiment(given), team).text;
  const copy = (text: string, given = {}) => ({ body: text, mine: true, editedBy: null, ...given });

  test('the intact one counts, and the other is told', () => {
    expect(resolveRecord({ home: copy('nothing left'), copy: copy(body()) }, null)).toMatchObject({ kind: 'record', home: { kind: 'broken' }, copy: { kind: 'intact' } });
    expect(resolveRecord({ home: null, copy: copy(body()) }, null)).toMatchObject({ kind: 'record', home: { kind: 'gone' } });
    expect(resolveRecord({ home: copy(body(), { editedBy: 'mallory' }), copy: copy(body()) }, null)).toMatchObject({ kind: 'record', home: { kind: 'broken', why: 'mallory edited it' } });
  });

  test('a copy that somebody else wrote never counts, however right it looks', () => {
    expect(resolveRecord({ home: copy(body(), { mine: false }), copy: null }, null)).toMatchObject({ kind: 'lost' });
  });

  test('the one that is further along counts', () => {
    const effect = { at: '2026-05-05T12:00:00Z', how: 'merge', text: 'the merge' } as const;
    expect(resolveRecord({ home: copy(body()), copy: copy(body({ effect })) }, null)).toMatchObject({ experiment: { effect } });
    expect(resolveRecord({ home: copy(body({ effect })), copy: copy(body()) }, null)).toMatchObject({ experiment: { effect } });
  });

  test('with both gone the record is lost', () => {
    expect(resolveRecord({ home: null, copy: null }, null)).toMatchObject({ kind: 'lost' });
  });
});

test('28 days of hourly baseline take about 1,500 characters, and twenty metrics fit a comment', () => {
  const values = Array.from({ length: 672 }, (_, hour) => Number((480 + 60 * Math.sin(hour / 3.8) + ((hour * 7919) % 41)).toPrecision(4)));
  const one = encodeRecord(experiment({ baselines: { m: { from: 0, values, totals: null } } }), team).text.length - encodeRecord(experiment({ baselines: {} }), team).text.length;
  const twenty = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`m${i}`, { from: 0, values: values.map((value, hour) => value + ((hour * (i + 3)) % 17)), totals: null }]));
  expect(one).toBeLessThan(2_600);
  expect(encodeRecord(experiment({ baselines: twenty }), team).text.length).toBeLessThan(55_000);
});
