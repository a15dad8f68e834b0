// What people write after `/yardstick`, well-formed, nearly so, and hostile.
import { describe, expect, test } from 'vitest';
import { parseCommands } from '../../src/gate/commands.ts';
import type { Command } from '../../src/model/command.ts';

const read: readonly (readonly [string, Command])[] = [
  ['/yardstick check', { name: 'check' }],
  ['  /Yardstick CHECK  ', { name: 'check' }],
  ['/yardstick', { name: 'help' }],
  ['/yardstick help me', { name: 'help' }],
  ['/yardstick waive launch tomorrow', { name: 'waive', reason: 'launch tomorrow', until: null }],
  ['/yardstick waive launch tomorrow until 2026-12-31', { name: 'waive', reason: 'launch tomorrow', until: '2026-12-31' }],
  ['/yardstick waive launch (until 2026-12-31)', { name: 'waive', reason: 'launch', until: '2026-12-31' }],
  ['/yardstick waive launch till 2026-12-31', { name: 'waive', reason: 'launch', until: '2026-12-31' }],
  ['/yardstick waive no rollback until the December sale has ended', { name: 'waive', reason: 'no rollback until the December sale has ended', until: null }],
  ['/yardstick waive no data until we have traffic', { name: 'waive', reason: 'no data until we have traffic', until: null }],
  ['/yardstick waive `code` @all\u202e', { name: 'waive', reason: 'code  @all', until: null }],
  ['/yardstick deployed', { name: 'deployed', what: null }],
  ['/yardstick deployed 3f2a91c', { name: 'deployed', what: '3f2a91c' }],
  ['/yardstick outcome monthly_bill 410 USD as billed', { name: 'outcome', metric: 'monthly_bill', value: '410 USD', note: 'as billed' }],
  ['/yardstick outcome p95(orders) 280ms', { name: 'outcome', metric: 'p95(orders)', value: '280ms', note: null }],
  ['/yardstick keep it held', { name: 'keep', reason: 'it held' }],
  ['/yardstick undo', { name: 'undo' }],
  ['/yardstick accept still worth it', { name: 'accept', reason: 'still worth it' }],
  ['/yardstick withdraw superseded', { name: 'withdraw', reason: 'superseded' }],
];

const refused: readonly (readonly [string, string])[] = [
  ['/yardstick wave it', '`wave` is no command'],
  ['/yardstick waive', 'needs a reason'],
  ['/yardstick waive until 2026-12-31', 'needs a reason'],
  ['/yardstick waive launch until 31.12.2026', '`31.12.2026` is no date'],
  ['/yardstick waive launch until tomorrow', '`tomorrow` is no date'],
  ['/yardstick waive launch until Dec 31', '`Dec 31` is no date'],
  ['/yardstick waive launch until next week', '`next week` is no date'],
  ['/yardstick waive launch until 2026-12-31 please', '`2026-12-31 please` is no date'],
  ['/yardstick waive launch until 2026-02-30', '`2026-02-30` is no date'],
  ['/yardstick waive we retire it until 9999-12-31', '`9999-12-31` is no date that a waiver can end on. Write a day up to 2099-12-31'],
  ['/yardstick waive we retire it until 0000-01-01', 'or none: then it holds until later commits scale more'],
  ['/yardstick keep', '/yardstick keep <reason>'],
  ['/yardstick outcome p95(orders) better', '/yardstick outcome METRIC VALUE'],
];

const silent: readonly (readonly [string, string])[] = [
  ['in the middle of a line', 'please /yardstick waive it'],
  ['another word', '/yardsticks waive it'],
  ['a quotation', '> /yardstick waive it'],
  ['a code block', '```\n/yardstick waive it\n```'],
  ['a code block that is never closed', '~~~sh\n/yardstick waive it'],
  ['a fence inside a longer fence', '````\n```\n/yardstick waive it\n```\n````'],
  ['indented code', '    /yardstick waive it'],
  ['an HTML comment', '<!--\n/yardstick waive it\n-->'],
];

describe('commands', () => {
  test.each(read)('%s', (body, command) => {
    expect(parseCommands(body)).toEqual([command]);
  });

  test.each(refused)('%s is answered with the right form', (body, remedy) => {
    const [command] = parseCommands(body);
    expect(command).toMatchObject({ name: 'unknown', remedy: expect.stringContaining(remedy) });
  });

  test.each(silent)('not heard: %s', (_, body) => {
    expect(parseCommands(body)).toEqual([]);
  });

  test('several in one comment, in their order, at most ten', () => {
    expect(parseCommands('/yardstick check\r\nThanks!\r\n/yardstick undo').map(({ name }) => name)).toEqual(['check', 'undo']);
    expect(parseCommands('/yardstick check\n'.repeat(50))).toHaveLength(10);
  });

  test('a reason is cut short and stays on one line', () => {
    const [command] = parseCommands(`/yardstick waive ${'x'.repeat(5_000)}`);
    expect(command?.name === 'waive' && command.reason.length).toBe(500);
  });

  test.each([['spaces', '/yardstick waive' + ' '.repeat(65_000) + 'until'], ['dashes', '<!--'.repeat(16_000)], ['ticks', '`'.repeat(65_000)], ['untils', `/yardstick waive ${'until '.repeat(10_000)}`]])('64 kB of %s take no time', (_, body) => {
    const start = performance.now();
    parseCommands(body);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
