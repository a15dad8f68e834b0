// Every pull request of the sandbox, through the built Action over HTTP: answered as expected, and a second run writes nothing.
import { describe, expect, test } from 'vitest';
import { pullPayload } from '../../sandbox/event.ts';
import { deviations } from '../../sandbox/openapi/contract.ts';
import { differences, play } from '../../sandbox/play.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { PULLS } from '../../sandbox/seed/pulls.ts';
import { useStage, writes } from './stage.ts';

const stage = useStage();

describe.each(PULLS.map((seed) => [seed.title, seed] as const))('%s', (_, seed) => {
  test('is answered as expected, once, by requests that GitHub takes', async () => {
    const scene = await play(stage.github(), seed);
    expect(differences(scene, seed), scene.run.log).toEqual([]);
    expect(scene.run.requests.flatMap(deviations)).toEqual([]);

    const payload = await pullPayload(stage.github(), REPOSITORY, { number: scene.number, action: 'edited' });
    const again = await stage.gate(scene.number, { payload });
    expect(writes(again)).toEqual([]);
    expect(again.outputs['verdict']).toBe(seed.expects.verdict);
    expect(again.exitCode).toBe(scene.run.exitCode);
  });
});

test('outputs hold the whole decision, the summary its title', async () => {
  const number = await stage.open();
  const run = await stage.gate(number);
  const report = JSON.parse(run.outputs['report'] ?? 'null') as Record<string, unknown>;
  expect(report).toMatchObject({ verdict: 'fail', inScope: true, tier: 'light', intent: 'improve', facts: [{ file: 'charts/orders/values.yaml', path: 'replicaCount', from: '4', to: '12', factor: 3, direction: 'up' }] });
  expect(JSON.parse(run.outputs['problems'] ?? 'null')).toEqual(report['problems']);
  expect(run.annotations.some((annotation) => annotation.message.includes('replicas 4 → 12'))).toBe(true);
});
