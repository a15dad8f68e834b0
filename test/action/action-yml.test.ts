// action.yml and the code that reads its inputs and writes its outputs say the same.
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parseInputs } from '../../action/inputs.ts';

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

const action = load(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as ActionFile;

describe('action.yml', () => {
  it('runs the committed bundle on Node 24', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'action/dist/index.js' });
  });

  it('names every input, with the default that the code has', () => {
    const env = Object.fromEntries(Object.entries(action.inputs).map(([name, { default: value }]) => [`INPUT_${name.toUpperCase()}`, value]));
    expect(parseInputs(env)).toEqual(parseInputs({ 'INPUT_GITHUB-TOKEN': action.inputs['github-token']?.default }));
    expect(Object.keys(action.inputs)).toEqual(['github-token', 'config', 'command', 'dry-run', 'fail-on', 'on-error']);
  });

  it('names every output', () => {
    expect(Object.keys(action.outputs)).toEqual(['verdict', 'in-scope', 'tier', 'hypothesis', 'problems', 'report']);
  });

  it('describes each in a sentence', () => {
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) expect(description).toMatch(/\.$/);
  });
});
