// The examples are sound: configurations parse, workflows use events, inputs and permissions that exist.
import { readFileSync, readdirSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseBaseline, parseConfig } from '../../src/config/parse.ts';
import { completeConfig } from '../../src/config/complete.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const list = (path: string): string[] => readdirSync(new URL(`../../${path}`, import.meta.url)).filter((name) => name.endsWith('.yml'));

interface Workflow {
  readonly on: Record<string, { readonly types?: readonly string[]; readonly paths?: readonly string[] } | null>;
  readonly permissions: Record<string, string>;
  readonly concurrency: Record<string, unknown>;
  readonly jobs: Record<string, { readonly name?: string; readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }[] }>;
}

describe('configurations', () => {
  test.each(list('examples/configurations'))('%s', (name) => {
    expect(parseConfig(read(`examples/configurations/${name}`), name)).toMatchObject({ ok: true });
  });

  test('the repository’s example and its baseline make one configuration', () => {
    const [upper, lower] = [
      parseConfig(read('examples/configurations/organisation-repository.yml'), 'repository'),
      parseBaseline(read('examples/configurations/organisation-baseline.yml'), 'baseline'),
    ];
    if (!upper.ok || !lower.ok) throw new Error('unsound');
    const config = completeConfig([upper.value, lower.value]);
    expect(config.mode).toBe('enforce');
    expect([...config.metrics.keys()].sort()).toEqual(['p95', 'search_qps']);
    expect(config.sources.get('prom')?.url).toBe('https://prometheus.example.com');
  });
});

const action = (): { inputs: Record<string, unknown> } => load(read('action.yml')) as { inputs: Record<string, unknown> };
const gates = ['yardstick.yml', 'yardstick-required.yml'];
const workflowOf = (name: string): Workflow => load(read(`examples/workflows/${name}`)) as Workflow;

describe('workflows', () => {
  test.each(list('examples/workflows'))('%s gives the action only inputs that it has', (name) => {
    const steps = Object.values(workflowOf(name).jobs).flatMap((job) => job.steps);
    expect(steps).toHaveLength(1);
    for (const step of steps) {
      expect(step.uses).toMatch(/^yardstick\/yardstick@v\d+$/);
      expect(Object.keys(action().inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
    }
  });

  test.each(list('examples/workflows'))('%s checks nothing out, runs no code, cancels no run', (name) => {
    const text = read(`examples/workflows/${name}`);
    expect(text).not.toMatch(/actions\/checkout|^\s*-? ?run:/m);
    expect(workflowOf(name).concurrency['cancel-in-progress']).toBe(false);
  });

  test.each(list('examples/workflows'))('%s explains every permission that writes, and writes no contents', (name) => {
    expect(workflowOf(name).permissions['contents']).toBe('read');
    for (const line of read(`examples/workflows/${name}`).split('\n').filter((text) => /^ {2}[a-z-]+: write/.test(text))) expect(line).toContain('# ');
  });

  test.each(gates)('%s is the check: one job named yardstick, on every pull request', (name) => {
    const workflow = workflowOf(name);
    expect(Object.values(workflow.jobs).map((job) => job.name)).toEqual(['yardstick']);
    expect(Object.keys(workflow.on)).toEqual(expect.arrayContaining(['pull_request_target', 'merge_group']));
    expect(workflow.on['pull_request_target']?.paths).toBeUndefined();
  });

  test('the gate listens to everything that changes its answer', () => {
    expect(workflowOf('yardstick.yml').on['pull_request_target']?.types).toEqual([
      'opened', 'reopened', 'synchronize', 'edited', 'labeled', 'unlabeled', 'ready_for_review', 'converted_to_draft', 'closed',
    ]);
  });

  test.each(list('examples/workflows').filter((name) => !gates.includes(name)))('%s is not the check, and may re-run it', (name) => {
    const workflow = workflowOf(name);
    expect(Object.entries(workflow.jobs).map(([key, job]) => job.name ?? key)).not.toContain('yardstick');
    expect(workflow.permissions['actions']).toBe('write');
    expect(Object.keys(workflow.on)).toEqual(expect.arrayContaining(['issue_comment', 'issues']));
  });
});
