// Runs the gate over a hand-made GitHub, twice: the second plan has to be empty.
import { expect } from 'vitest';
import type { Host, Outcome } from '../../src/flows/handle.ts';
import { handle } from '../../src/flows/handle.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { Trigger } from '../../src/model/trigger.ts';
import { createReader, createWriter, file } from './fake-forge.ts';
import type { World } from './fake-forge.ts';

export const bigger = file('charts/checkout/values.yaml', ' web:', '-  replicaCount: 4', '+  replicaCount: 20');

export function hostOf(world: World, given: Partial<Host> = {}): Host {
  return { reader: createReader(world), writer: createWriter(world), configPath: '.github/yardstick.yml', unconfigured: 'defaults-apply', offer: null, check: 'job', intention: 'apply', onError: 'pass', metrics: null, evidence: null, signingKey: null, ...given };
}

export function triggerOf(world: World, given: Partial<Trigger & { kind: 'gate' }> = {}): Trigger {
  return { kind: 'gate', change: world.change.ref, hint: null, ownCheck: true, event: 'pull_request', delivery: null, at: '2026-05-05T10:00:00Z', ...given };
}

/** Runs, runs again a minute later, and holds the second plan to be empty. */
export async function runTwice(world: World, host = hostOf(world)): Promise<Decision> {
  const first = gated(await handle(triggerOf(world), host));
  const second = gated(await handle(triggerOf(world, { at: '2026-05-05T10:01:00Z' }), host));
  expect(second.result.plan.filter((effect) => effect.kind !== 'post-check')).toEqual([]);
  return first.result.decision;
}

export function gated(outcome: Outcome): Outcome & { kind: 'gated' } {
  if (outcome.kind !== 'gated') throw new Error(`expected a gate, got ${outcome.kind}`);
  return outcome;
}

export const ours = (world: World): readonly string[] => world.comments.filter(({ mine }) => mine).map(({ body }) => body);
