// Whoever says `/yardstick` is answered, wherever the pull request stands: open or not, in scope or not, with a record or without.
import { beforeEach, describe, expect, test } from 'vitest';
import { handle } from '../../src/flows/handle.ts';
import type { Trigger } from '../../src/model/trigger.ts';
import { createWorld, file, say } from './fake-forge.ts';
import type { World } from './fake-forge.ts';
import { bigger, hostOf, ours, runTwice, triggerOf } from './run-twice.ts';

const SOUND = `## Hypothesis
More replicas cut checkout latency at peak, because the pods are CPU bound.

- p95(checkout) falls by 30% at peak
- guardrail: error_rate(checkout) stays below 0.5%
`;
const MERGED = { at: '2026-05-05T09:00:00Z', by: 'ada', sha: 'c'.repeat(40) };
const LATE = '2026-05-05T10:00:00Z';

let world: World;
beforeEach(() => {
  world = createWorld({ title: 'Scale checkout', body: SOUND });
  world.files = [bigger];
});

const answered = () => [...world.reactions.values()].flat();
const docsOnly = () => (world.files = [file('README.md', '-# A', '+# B')]);
const merge = () => (world.change = { ...world.change, state: 'merged', merged: MERGED });

describe('an open pull request', () => {
  test.each([
    ['sound', () => undefined, '/yardstick help', ['+1'], 'Commands:'],
    ['sound, from a phone', () => undefined, '/Yardstick help', ['+1'], 'Commands:'],
    ['sound', () => undefined, '/yardstick: check', ['+1'], null],
    ['sound', () => undefined, '/yardstick keep it works', ['confused'], 'after the merge only'],
    ['out of scope', docsOnly, '/yardstick help', ['+1'], 'Commands:'],
    ['out of scope', docsOnly, '/yardstick check', ['+1'], null],
    ['out of scope', docsOnly, '/Yardstick wave', ['confused'], 'is no command'],
    ['out of scope', docsOnly, '/yardstick waive the sale', ['+1'], null],
  ])('%s: each word is answered', async (_, arrange, words, reactions, text) => {
    arrange();
    say(world, 'ada', words);
    await runTwice(world);
    expect(answered()).toEqual(reactions);
    expect(ours(world)).toHaveLength(text === null ? 0 : 1);
    if (text !== null) expect(ours(world)[0]).toContain(text);
  });

  test('one comment answers all, and nobody who asks nothing gets one', async () => {
    await runTwice(world);
    expect(ours(world)).toEqual([]);
    say(world, 'ada', '/yardstick help');
    say(world, 'ada', '/yardstick wave');
    await runTwice(world);
    expect(ours(world)).toHaveLength(1);
    expect(ours(world)[0]).toMatch(/Commands:[^]*is no command/);
  });
});

describe('after the merge', () => {
  const tend = async () => {
    const trigger: Trigger = { kind: 'tend', repo: { owner: 'acme', repo: 'infra' }, change: world.change.ref, issue: null, because: 'comment on #7', openChanges: 'left', event: 'issue_comment', delivery: null, at: LATE };
    await handle(trigger, hostOf(world));
    const before = world.effects.length;
    await handle({ ...trigger, at: '2026-05-05T10:01:00Z' }, hostOf(world));
    expect(world.effects.slice(before)).toEqual([]);
  };

  const lock = () => handle({ kind: 'tend', repo: { owner: 'acme', repo: 'infra' }, change: world.change.ref, issue: null, because: 'merged', openChanges: 'left', event: 'pull_request', delivery: null, at: MERGED.at }, hostOf(world));

  test('of many answers a record shows the newest, whatever they are about', async () => {
    merge();
    await lock();
    for (const words of ['wave', 'hello', 'hepl', 'keep it', 'kepp']) say(world, 'ada', `/yardstick ${words}`);
    await tend();
    expect(ours(world)[0]).toMatch(/\*\*Answers\*\*\n- `hepl` is no command[^\n]*\n- there is no verdict yet\n- `kepp` is no command/);
  });

  test.each([
    ['/yardstick help', ['+1'], 'Commands:'],
    ['/yardstick check', ['+1'], null],
    ['/yardstick keepp it', ['confused'], 'is no command'],
    ['/yardstick waive because', ['confused'], 'nothing left to waive'],
  ])('a record answers "%s"', async (words, reactions, text) => {
    merge();
    await lock();
    expect(ours(world)).toHaveLength(1);
    say(world, 'ada', words);
    await tend();
    expect(answered()).toEqual(reactions);
    expect(ours(world)).toHaveLength(1);
    if (text !== null) expect(ours(world)[0]).toContain(text);
  });

  test.each([
    ['/yardstick help', ['+1'], 'Commands:'],
    ['/yardstick check', ['confused'], 'nothing of it is waited for'],
    ['/yardstick keep it', ['confused'], 'nothing of it is waited for'],
    ['/yardstick kep', ['confused'], 'is no command'],
  ])('without a record "%s" is answered in one comment', async (words, reactions, text) => {
    docsOnly();
    merge();
    say(world, 'ada', words);
    await tend();
    expect(answered()).toEqual(reactions);
    expect(ours(world)).toHaveLength(1);
    expect(ours(world)[0]).toContain(text);
  });

  test('what was said before it stays as it was answered', async () => {
    docsOnly();
    say(world, 'ada', '/yardstick waive too urgent');
    world.change = { ...world.change, state: 'merged', merged: { ...MERGED, at: LATE } };
    await tend();
    expect(world.effects).toEqual([]);
  });
});

test('a closed one says that it is closed, once', async () => {
  world.change = { ...world.change, body: '' };
  await runTwice(world);
  world.change = { ...world.change, state: 'closed' };
  say(world, 'ada', '/yardstick check');
  for (const minute of [2, 3]) await handle(triggerOf(world, { at: `2026-05-05T10:0${minute}:00Z` }), hostOf(world));
  expect(answered()).toEqual(['confused']);
  expect(ours(world)).toHaveLength(1);
  expect(ours(world)[0]).toMatch(/needs a hypothesis[^]*is closed: it is looked at again/);
  const before = world.effects.length;
  await handle(triggerOf(world, { at: '2026-05-05T10:04:00Z' }), hostOf(world));
  expect(world.effects.slice(before)).toEqual([]);
});
