// Where a word on the command line leads, and who gets the token.
import { describe, expect, test } from 'vitest';
import { chooseServer, connect, parseGitHubPlace, parsePull } from '../../cli/github-connection.ts';
import { SetupError } from '../../src/errors.ts';

describe('parseGitHubPlace', () => {
  const acme = { owner: 'acme', repo: 'infra' };
  test.each([
    ['https://github.com/acme/infra/pull/42', { host: 'github.com', ...acme, number: 42 }],
    ['https://github.com/acme/infra/pull/42/files', { host: 'github.com', ...acme, number: 42 }],
    ['https://github.com/acme/infra/pull/42/files?diff=split#r1', { host: 'github.com', ...acme, number: 42 }],
    ['https://github.com/acme/infra/pull/42#issuecomment-1', { host: 'github.com', ...acme, number: 42 }],
    ['http://localhost:4000/acme/infra/pull/1', { host: 'localhost:4000', ...acme, number: 1 }],
    ['https://github.com/acme/infra', { host: 'github.com', ...acme, number: null }],
    ['https://github.com/acme/infra.git', { host: 'github.com', ...acme, number: null }],
    ['acme/infra', { host: null, ...acme, number: null }],
    ['acme/infra#42', { host: null, ...acme, number: 42 }],
    ['../infra', null],
    ['infra', null],
    ['https://github.com/acme', null],
    ['ftp://github.com/acme/infra', null],
    ['https://github.com/acme/infra/issues/42', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(parseGitHubPlace(text)).toEqual(expected);
  });

  test.each(['https://github.com/acme/infra', 'acme/infra', 'nonsense'])('%s is no pull request', (text) => {
    expect(() => parsePull(text)).toThrow(SetupError);
  });
});

describe('chooseServer', () => {
  test.each([
    ['github.com', {}, 'https://api.github.com'],
    [null, {}, 'https://api.github.com'],
    ['ghe.example.org', { GH_HOST: 'ghe.example.org' }, 'https://ghe.example.org/api/v3'],
    [null, { GH_HOST: 'ghe.example.org' }, 'https://ghe.example.org/api/v3'],
    ['anything.example.org', { GITHUB_API_URL: 'http://127.0.0.1:9' }, 'http://127.0.0.1:9'],
  ])('%s with %o', (host, env, expected) => {
    expect(chooseServer(host, env).apiUrl).toBe(expected);
  });

  test.each([{ GITHUB_API_URL: 'api.github.com' }, { GITHUB_API_URL: 'file:///etc' }, { GITHUB_GRAPHQL_URL: 'nonsense' }])('%o is no address, and said so', (env) => {
    expect(() => chooseServer('github.com', env)).toThrow(/GITHUB_(?:API|GRAPHQL)_URL is ".*", which is no address/);
  });

  test('a server that nobody named gets no token', () => {
    expect(() => chooseServer('github.com.example.org', { GITHUB_TOKEN: 'x' })).toThrow('is not a GitHub server that this shell knows');
  });
});

test('without a token there is no connection', () => {
  const desk = { env: {} } as Parameters<typeof connect>[0];
  expect(() => connect(desk, null)).toThrow('no token');
});
