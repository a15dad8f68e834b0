// Asking until there is a decision: in few rounds, with an end, and never without an answer for what is only told beside it.
import { beforeEach, describe, expect, test } from 'vitest';
import { deliberate, type Decided } from '../../src/flows/deliberate.ts';
import { observe } from '../../src/flows/gate.ts';
import { Answered, type AnswerTo, type Need, type NeedReader } from '../../src/flows/needs.ts';
import { createNeedReader } from '../../src/flows/reader.ts';
import { createReader, createWorld } from './fake-forge.ts';
import type { World } from './fake-forge.ts';
import { bigger } from './run-twice.ts';

const PATH = '.github/yardstick.yml';
const OWN = ['version: 1', 'mode: enforce', 'cost: { expected: file, file: cost.json }'];

describe('a pull request that scales, and mends a configuration that three commits have broken', () => {
  let world: World;
  beforeEach(() => {
    world = createWorld({ title: 'Mend' });
    world.texts.set(`acme/infra:${PATH}`, 'mood: 3\n').set(`1:${PATH}`, 'mood: 2\n').set(`2:${PATH}`, 'mood: 1\n').set(`3:${PATH}`, 'version: 1\nextends: .github/base.yml\n').set('acme/infra:.github/base.yml', 'version: 1\nmode: enforce\n');
    // This world keeps one text a path: as an added file the configuration that is brought is read from the diff.
    world.files = [bigger, { path: PATH, previousPath: null, status: 'added', patch: ['@@ -0,0 +1,3 @@', ...OWN.map((line) => `+${line}`)].join('\n') }];
  });

  /** Each round as the kinds of its needs. */
  async function decide(answer: (need: Need, read: NeedReader) => unknown = (need, read) => read(need)): Promise<{ readonly decided: Decided; readonly rounds: readonly string[][] }> {
    const page = await createReader(world).readChange(world.change.ref, { configPath: PATH, hint: null });
    const real = createNeedReader(createReader(world), page);
    const rounds: string[][] = [];
    let open: string[] | null = null;
    const read = async <N extends Need>(need: N): Promise<AnswerTo<N>> => {
      if (open === null) {
        rounds.push((open = []));
        setTimeout(() => (open = null));
      }
      open.push(need.kind);
      const found = (await answer(need, real)) as AnswerTo<N>;
      await new Promise((resolve) => void setTimeout(resolve, 1));
      return found;
    };
    const observed = observe({ page, configPath: PATH, unconfigured: 'silent', offer: null, at: '2026-05-05T10:00:00Z' });
    return { decided: await deliberate(observed, { known: new Answered(), read, previous: null }), rounds };
  }

  test('is asked for its hypothesis, under the last good one, and told how it would read under its own', async () => {
    const { decided, rounds } = await decide();
    expect(decided.decision).toMatchObject({ verdict: 'fail', situation: 'missing', mode: 'enforce' });
    expect(decided.decision.notes.map(({ code }) => code)).toContain('configuration-rehearsed');
    expect(rounds[0]).toEqual(expect.arrayContaining(['older-text', 'older-text', 'older-text']));
    expect(rounds.length).toBeLessThanOrEqual(5);
  });

  test('is decided without the rehearsal where that never comes to an end', async () => {
    const { decided } = await decide((need, read) => (need.kind === 'last-merged' ? undefined : read(need)));
    expect(decided.decision).toMatchObject({ verdict: 'fail', situation: 'missing' });
    expect(decided.decision.notes.map(({ code }) => code)).not.toContain('configuration-rehearsed');
  });

  test('is an error of our own only where the decision itself never does', async () => {
    await expect(decide((need, read) => (need.kind === 'older-text' ? undefined : read(need)))).rejects.toThrow('the decision kept asking for more');
  });
});
