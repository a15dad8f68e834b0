// The configuration in force, and one that a change brings: checked, and tried out on what is there.
import { beforeEach, describe, expect, test } from 'vitest';
import type { PastChange } from '../../src/ports/forge.ts';
import type { FileDiff } from '../../src/model/change.ts';
import { createWorld, file } from './fake-forge.ts';
import { REPO } from './fake-world.ts';
import type { World } from './fake-forge.ts';
import { bigger, hostOf, runTwice } from './run-twice.ts';

describe('the configuration', () => {
  let world: World;
  beforeEach(() => {
    world = createWorld({ title: 'Scale checkout' });
    world.files = [bigger];
  });

  test('comes from the organisation where the repository has none', async () => {
    world.texts.set('acme/.github:.github/yardstick.yml', 'mode: advise\n');
    expect(await runTwice(world)).toMatchObject({ verdict: 'neutral', config: { kind: 'organisation' } });
  });

  test('extends another one, once', async () => {
    world.texts.set('acme/infra:.github/yardstick.yml', 'extends: acme/baseline\n');
    world.texts.set('acme/baseline:.github/yardstick.yml', 'mode: advise\n');
    expect(await runTwice(world)).toMatchObject({ mode: 'advise', verdict: 'neutral' });
  });

  test.each([['', 'advise', 'neutral'], ['mode: enforce\n', 'enforce', 'fail']])('extends what cannot be read: %j holds alone, with a warning', async (own, mode, verdict) => {
    world.texts.set('acme/infra:.github/yardstick.yml', `extends: acme/baseline\n${own}`);
    const decision = await runTwice(world);
    expect(decision).toMatchObject({ mode, verdict });
    expect(decision.notes.map(({ text }) => text)).toContainEqual(expect.stringMatching(/`extends: acme\/baseline` cannot be read.*`acme\/infra:\.github\/yardstick\.yml@main` holds without it/));
  });

  test('broken by this change fails it, with line and column', async () => {
    world.files = [{ path: '.github/yardstick.yml', previousPath: null, status: 'added', patch: '@@ -0,0 +1,2 @@\n+mode: enforce\n+scoop: {}' }];
    const decision = await runTwice(world);
    expect(decision).toMatchObject({ verdict: 'fail', situation: 'configuration-broken' });
    expect(decision.problems[0]).toMatchObject({ place: { file: '.github/yardstick.yml', line: 2 } });
  });

  test('broken elsewhere: the last good one holds, with a warning', async () => {
    world.texts.set('acme/infra:.github/yardstick.yml', 'scoop: {}\n');
    world.texts.set('1:.github/yardstick.yml', 'mode: advise\n');
    const decision = await runTwice(world);
    expect(decision).toMatchObject({ verdict: 'neutral', mode: 'advise' });
    expect(decision.notes.map(({ code }) => code)).toContain('configuration-broken');
  });

  test('missing: the App says so and nothing else', async () => {
    const decision = await runTwice(world, hostOf(world, { unconfigured: 'silent', check: 'check-run' }));
    expect(decision).toMatchObject({ verdict: 'pass', situation: 'not-configured' });
    expect(world.effects.every(({ kind }) => kind === 'post-check')).toBe(true);
  });
});

describe('a change that edits the configuration', () => {
  const PATH = '.github/yardstick.yml';
  const past = (number: number, files: readonly FileDiff[], body = ''): PastChange => ({ ref: { ...REPO, number }, title: 'Earlier', body, author: { login: 'ada', type: 'User' }, labels: [], mergedAt: '2026-04-01T09:00:00Z', files });
  let world: World;
  beforeEach(() => {
    world = createWorld({ title: 'Put terraform into scope' });
    world.texts.set(`acme/infra:${PATH}`, 'scope: { paths: [] }\n');
    world.past = [past(5, [file('terraform/net.tf', '-a = 1', '+a = 2')]), past(4, [bigger]), past(3, [file('src/a.ts', '-a', '+b')])];
  });

  function bring(text: string): void {
    const lines = text.trimEnd().split('\n');
    world.files = [{ path: PATH, previousPath: null, status: 'added', patch: [`@@ -0,0 +1,${lines.length} @@`, ...lines.map((line) => `+${line}`)].join('\n') }];
  }

  test('is told what it would say of this pull request, and of the last merged ones', async () => {
    bring("scope: { paths: ['terraform/**', '.github/yardstick.yml'] }");
    const decision = await runTwice(world);
    expect(decision).toMatchObject({ verdict: 'pass', inScope: false });
    expect(decision.notes.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Under the configuration it brings, this pull request would read: hypothesis needed/),
      'Of the last 3 merged pull requests it would have asked 2 for a hypothesis, the one in force 1; newly `#5`.',
    ]);
    expect(world.reads.slice(0, world.reads.length / 2)).toEqual(['change', 'files 1', 'last merged']);
  });

  test('may ask less', async () => {
    bring('presets: [terraform]');
    expect((await runTwice(world)).notes.at(-1)?.text).toBe('Of the last 3 merged pull requests it would have asked 0 for a hypothesis, the one in force 1; no more `#4`.');
  });

  test('may take the file away: then the defaults are tried out', async () => {
    world.texts.set(`acme/infra:${PATH}`, 'mode: observe\npresets: [terraform]\n');
    world.files = [{ path: PATH, previousPath: null, status: 'removed', patch: null }];
    expect((await runTwice(world)).notes.at(-1)?.text).toMatch(/asked 1 for a hypothesis, the one in force 0; newly `#4`\.$/);
  });

  test('with a base of its own is read at its head', async () => {
    bring('extends: base.yml');
    world.texts.set('acme/infra:base.yml', "scope: { paths: ['terraform/**'] }\n");
    expect((await runTwice(world)).notes.at(-1)?.text).toMatch(/newly `#5`/);
  });

  test('that extends what cannot be read is told on itself, at the line', async () => {
    bring('mode: enforce\nextends: acme/nowhere');
    const decision = await runTwice(world);
    expect(decision).toMatchObject({ verdict: 'fail', situation: 'configuration-broken', problems: [{ code: 'extends-unreadable', place: { file: PATH, line: 2 } }] });
  });

  test('is not blamed for a base that was out of reach before', async () => {
    world.texts.set(`acme/infra:${PATH}`, 'extends: acme/nowhere\n');
    bring('extends: acme/nowhere\nmode: enforce');
    expect(await runTwice(world)).toMatchObject({ situation: 'out-of-scope' });
  });

  test('and leaves it as it was hears nothing', async () => {
    bring('scope: { paths: [] }\n');
    world.texts.set(`acme/infra:${PATH}`, 'scope: { paths: [] }');
    expect((await runTwice(world)).notes).toEqual([]);
  });
});
