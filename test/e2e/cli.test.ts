// The command line over HTTP: a pull request by its URL, decided as the Action decides it, and nothing written.
import { describe, expect, test } from 'vitest';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { runAtDesk, type DeskResult } from '../cli/sample-desk.ts';
import { SOUND_BODY, useStage } from './stage.ts';

const stage = useStage();

function checkUrl(number: number, ...more: readonly string[]): Promise<DeskResult> {
  const env = { GITHUB_API_URL: stage.github().url, GITHUB_TOKEN: personToken('ben') };
  return runAtDesk(['check', `https://github.com/${REPOSITORY}/pull/${number}`, ...more], { env });
}

describe('yardstick check URL', () => {
  test('fails what scales without a hypothesis, and leaves the pull request alone', async () => {
    const number = await stage.open();
    const { code, out } = await checkUrl(number, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'fail', inScope: true, intent: 'improve', facts: [{ knob: 'replicas', from: '4', to: '12', factor: 3, direction: 'up' }] });
    expect((await stage.see(number)).comments).toEqual([]);
    expect((await stage.see(number)).labels).toEqual([]);
  });

  test('passes what has one', async () => {
    const { code, out } = await checkUrl(await stage.open({ body: SOUND_BODY }));
    expect(code).toBe(0);
    expect(out).toContain('promises checkout_p95 falls by 25% at peak');
  });

  test.each([
    ['a pull request that is not there', 'none', 2, /does not find pull request/],
    ['a server that fails', 'fault', 3, /answered 502/],
  ])('%s', async (_, what, expected, said) => {
    const number = what === 'none' ? 4040 : await stage.open();
    if (what === 'fault') stage.github().faults.set({ on: /graphql/, status: 502 });
    const { code, err } = await checkUrl(number);
    stage.github().faults.clear();
    expect(code).toBe(expected);
    expect(err).toMatch(said);
  });
});
