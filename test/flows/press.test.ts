// The button “Draft it”: the description is written first, and the check says what became of it.
import { expect, test } from 'vitest';
import { handle } from '../../src/flows/handle.ts';
import type { Effect } from '../../src/model/effect.ts';
import { createWorld, createWriter } from './fake-forge.ts';
import type { World } from './fake-forge.ts';
import { bigger, hostOf, triggerOf } from './run-twice.ts';

async function press(body: string, refuses: (effect: Effect) => boolean): Promise<World> {
  const world = createWorld({ title: 'Scale checkout', body });
  world.files = [bigger];
  const writer = createWriter(world);
  const perform: typeof writer.perform = async (effect) => (refuses(effect) ? { kind: 'refused', reason: 'the issue could not be written (422: too long)', permission: null } : writer.perform(effect));
  await handle(triggerOf(world, { event: 'check_run', pressed: { button: 'draft', by: 'ada' } }), hostOf(world, { check: 'check-run', writer: { perform } }));
  return world;
}

const checkOf = ({ effects }: World): string => effects.flatMap((effect) => (effect.kind === 'post-check' ? [effect.check.summary] : [])).join();

test('tells that the draft stands there after it was written', async () => {
  const world = await press('', () => false);
  expect(world.effects.map(({ kind }) => kind).slice(0, 2)).toEqual(['edit-issue', 'post-check']);
  expect(checkOf(world)).toContain('The draft stands in the description now');
});

test('tells that it could not be written where GitHub refuses', async () => {
  const world = await press('', ({ kind }) => kind === 'edit-issue');
  expect(checkOf(world)).toContain('The draft could not be written into the description. Copy it from here.');
  expect(checkOf(world)).not.toContain('stands in the description now');
});

test('writes nothing where there is no room', async () => {
  const world = await press('x'.repeat(65_500), () => false);
  expect(world.effects.map(({ kind }) => kind)).not.toContain('edit-issue');
  expect(checkOf(world)).toContain('The description has no room for the draft');
});
