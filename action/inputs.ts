// The Action's inputs as the runner hands them over, checked.
import { SetupError } from '../src/errors.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface Inputs {
  readonly token: string;
  readonly configPath: string;
  readonly command: (typeof COMMANDS)[number];
  readonly intention: 'apply' | 'dry-run';
  readonly failOn: (typeof FAIL_ON)[number];
  readonly onError: (typeof ON_ERROR)[number];
}

const COMMANDS = ['auto', 'gate', 'lock', 'deploy', 'measure', 'export'] as const;
const FAIL_ON = ['failure', 'problem', 'never'] as const;
const ON_ERROR = ['pass', 'block'] as const;
const TRUTH: Readonly<Record<string, Inputs['intention']>> = { true: 'dry-run', false: 'apply' };

/** Reads every input; an unreadable one is a SetupError that names what is allowed. */
export function parseInputs(env: Env): Inputs {
  const token = input(env, 'github-token');
  if (token === '') throw new SetupError('the input `github-token` is empty', 'Leave it out, so that the workflow\'s own token is used, or check that the secret it names exists here (forks and Dependabot see no secrets).');
  const intention = TRUTH[input(env, 'dry-run').toLowerCase() || 'false'];
  if (intention === undefined) throw notAllowed(env, 'dry-run', Object.keys(TRUTH));
  return {
    token,
    configPath: configPath(input(env, 'config') || '.github/yardstick.yml'),
    command: oneOf(env, 'command', COMMANDS),
    intention,
    failOn: oneOf(env, 'fail-on', FAIL_ON),
    onError: oneOf(env, 'on-error', ON_ERROR),
  };
}

/** Our own error passes unless it is told to block; asked for where the other inputs can't be read. */
export function parseOnError(env: Env): Inputs['onError'] {
  return input(env, 'on-error') === 'block' ? 'block' : 'pass';
}

/** The first of `allowed` is the default. */
function oneOf<const T extends readonly string[]>(env: Env, name: string, allowed: T): T[number] {
  const found = input(env, name) || (allowed[0] ?? '');
  const known = allowed.find((candidate) => candidate === found);
  if (known === undefined) throw notAllowed(env, name, allowed);
  return known;
}

function notAllowed(env: Env, name: string, allowed: readonly string[]): SetupError {
  return new SetupError(`the input \`${name}\` is "${input(env, name).slice(0, 60)}"`, `Write one of: ${allowed.join(', ')}.`);
}

/** A path inside the repository, from its root on. */
function configPath(written: string): string {
  const path = written.replace(/^(?:\.?\/)+/, '');
  if (path === '' || path.length > 1000 || path.split('/').includes('..')) throw new SetupError(`the input \`config\` is "${written.slice(0, 60)}"`, 'Write the path of a file in the repository, such as `.github/yardstick.yml`.');
  return path;
}

/** The runner's own naming: upper case, spaces as underscores. */
function input(env: Env, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}
