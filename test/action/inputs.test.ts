// The Action's inputs, as the runner hands them over.
import { describe, expect, it } from 'vitest';
import { parseInputs } from '../../action/inputs.ts';
import { SetupError } from '../../src/errors.ts';

const TOKEN = { 'INPUT_GITHUB-TOKEN': 't' };

describe('parseInputs', () => {
  it('has a default for everything but the token', () => {
    expect(parseInputs(TOKEN)).toEqual({ token: 't', configPath: '.github/yardstick.yml', command: 'auto', intention: 'apply', failOn: 'failure', onError: 'pass' });
  });

  it.each([
    ['config', ' ./ops/yardstick.yml ', { configPath: 'ops/yardstick.yml' }],
    ['dry-run', 'True', { intention: 'dry-run' }],
    ['dry-run', '', { intention: 'apply' }],
    ['fail-on', 'never', { failOn: 'never' }],
    ['on-error', 'block', { onError: 'block' }],
    ['command', 'gate', { command: 'gate' }],
  ])('reads %s: %j', (name, value, expected) => {
    expect(parseInputs({ ...TOKEN, [`INPUT_${name.toUpperCase()}`]: value })).toMatchObject(expected);
  });

  it.each([
    ['github-token', '', 'the input `github-token` is empty'],
    ['dry-run', 'maybe', 'the input `dry-run` is "maybe"'],
    ['fail-on', 'Failure', 'the input `fail-on` is "Failure"'],
    ['command', 'deploy-everything', 'the input `command` is "deploy-everything"'],
    ['config', '../../etc/passwd', 'the input `config` is "../../etc/passwd"'],
  ])('refuses %s: %j', (name, value, message) => {
    const parse = () => parseInputs({ ...TOKEN, [`INPUT_${name.toUpperCase()}`]: value });
    expect(parse).toThrow(SetupError);
    expect(parse).toThrow(message);
  });
});
