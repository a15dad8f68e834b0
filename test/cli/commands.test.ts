// The smaller commands: lint, schema, init, doctor, help.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../../cli/commands/table.ts';
import { starterConfig, starterWorkflow } from '../../cli/starter.ts';
import { version } from '../../src/version.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { runAtDesk } from './sample-desk.ts';

const root = join(import.meta.dirname, '../..');
let dir = '';
beforeEach(() => {
  if (dir !== '') rmSync(dir, { recursive: true, force: true });
  dir = mkdtempSync(join(tmpdir(), 'yardstick-cli-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('help', () => {
  test.each(commands.map((command) => [command.name, command] as const))('%s shows examples and exit codes', async (name, { examples }) => {
    const { code, out } = await runAtDesk([name, '--help']);
    expect(code).toBe(0);
    expect(out).toContain('Exit codes: 0');
    for (const example of examples) expect(out).toContain(`  $ ${example}`);
    expect(out).toContain('--json');
  });

  test('the version is the package’s', async () => {
    const { version: published } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(version).toBe(published);
    expect((await runAtDesk(['--version'])).out.trim()).toBe(published);
  });
});

describe('lint', () => {
  const sound = 'More replicas cut the tail, because the pods are CPU bound.\n\n- p95_latency falls by 30%\n';
  test.each([
    ['a sound configuration', 'yardstick.yml', 'mode: advise\n', 0, '1 file read, no problem'],
    ['a broken configuration', 'yardstick.yml', 'mode: advise\nscop:\n  labels: [x]\n', 1, 'yardstick.yml:2:1: '],
    ['a sound hypothesis', 'redis.md', sound, 0, 'no problem'],
    ['a criterion that cannot be read', 'redis.md', `${sound}- p95_latency falls by a lot\n`, 1, 'redis.md:4:'],
  ])('%s', async (...[, name, text, code, message]) => {
    writeFileSync(join(dir, name), text);
    const result = await runAtDesk(['lint', name], { cwd: dir });
    expect(result.out).toContain(message);
    expect(result.code).toBe(code);
  });

  test('checks names against the configuration', async () => {
    writeFileSync(join(dir, 'yardstick.yml'), 'metrics:\n  checkout_p95: { unit: ms }\n');
    const { code, out } = await runAtDesk(['lint', '--as', 'hypothesis', '--config', 'yardstick.yml', '-', '--json'], { cwd: dir, stdin: sound.replace('p95_latency', 'checkout_p59') });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ files: [{ file: 'standard input', kind: 'hypothesis', problems: [{ code: 'unknown-metric', place: { line: 3 } }] }] });
  });

  test('several files, every problem', async () => {
    writeFileSync(join(dir, 'a.yml'), 'mode: x\n');
    writeFileSync(join(dir, 'b.yml'), 'presets: [y]\n');
    const { code, out } = await runAtDesk(['lint', 'a.yml', 'b.yml'], { cwd: dir });
    expect(out).toMatch(/a\.yml:1:[\s\S]*b\.yml:1:[\s\S]*2 files read, 2 problems/);
    expect(code).toBe(1);
  });

  test.each([
    ['nothing here', [], 'Name the files'],
    ['a missing file', ['x.yml'], 'there is no such file'],
    ['an unknown kind', ['--as', 'poem', 'x.md'], 'config or hypothesis'],
  ])('%s', async (_, args, message) => {
    const { code, err } = await runAtDesk(['lint', ...args], { cwd: dir });
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

describe('init', () => {
  test('writes what lint and the README agree with, and never over a file', async () => {
    expect((await runAtDesk(['init'], { cwd: dir })).code).toBe(0);
    expect(readFileSync(join(dir, '.github/yardstick.yml'), 'utf8')).toBe(starterConfig);
    expect((await runAtDesk(['lint'], { cwd: dir })).code).toBe(0);
    writeFileSync(join(dir, '.github/yardstick.yml'), 'mine');
    const again = await runAtDesk(['init'], { cwd: dir });
    expect([again.code, readFileSync(join(dir, '.github/yardstick.yml'), 'utf8')]).toEqual([2, 'mine']);
    expect((await runAtDesk(['init', '--force', '--json'], { cwd: dir })).out).toContain('"written"');
    expect(readFileSync(join(dir, '.github/yardstick.yml'), 'utf8')).toBe(starterConfig);
  });

  test('writes nothing where only one of the files is there', async () => {
    writeFileSync(join(dir, 'x'), '');
    await runAtDesk(['init'], { cwd: dir });
    rmSync(join(dir, '.github/workflows'), { recursive: true });
    expect((await runAtDesk(['init'], { cwd: dir })).code).toBe(2);
    expect(existsSync(join(dir, '.github/workflows'))).toBe(false);
  });

  test('the workflow is the README’s', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const pasted = /<!-- workflow -->\n```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    expect(load(starterWorkflow)).toMatchObject({ ...(load(pasted) as object), name: 'Yardstick' });
    expect(parseConfig(starterConfig, 'x').ok).toBe(true);
  });
});

test('schema prints the committed schema', async () => {
  const { code, out } = await runAtDesk(['schema']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync(join(root, 'schema/yardstick.schema.json'), 'utf8')));
});

describe('doctor', () => {
  let server: Server;
  const answers: Record<string, number> = {};
  beforeAll(async () => {
    server = createServer((request, response) => {
      const [path = ''] = (request.url ?? '').split('?');
      const status = answers[path] ?? (path.endsWith('yardstick.yml') ? 404 : 200);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(path === '/rate_limit' ? { resources: { core: { remaining: 4999, limit: 5000 } } } : { message: 'no' }));
    });
    await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  });
  afterAll(() => void server.close());

  const run = (env: Record<string, string> = {}) => runAtDesk(['doctor', 'acme/infra'], { env: { GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, GITHUB_TOKEN: 'x', ...env } });

  test('names each permission and what it cannot tell', async () => {
    const { code, out } = await run();
    expect(out).toMatch(/GitHub +ok +answers in \d+ ms; 4999 of 5000/);
    expect(out).toMatch(/pull-requests: write +unknown +reading is granted/);
    expect(out).toMatch(/configuration +ok +no \.github\/yardstick\.yml/);
    expect(code).toBe(0);
  });

  test('ends with 2 where a needed permission is missing', async () => {
    answers['/repos/acme/infra/pulls'] = 403;
    const { code, out } = await run();
    delete answers['/repos/acme/infra/pulls'];
    expect(out).toMatch(/pull-requests: write +missing/);
    expect(code).toBe(2);
  });

  test('without a token', async () => {
    const { code, out } = await run({ GITHUB_TOKEN: '' });
    expect(out).toContain('no token');
    expect(code).toBe(2);
  });
});

test.each(commands.map((command) => [command.name, command] as const))('docs/cli.md tells of %s and its options', (name, { options }) => {
  const docs = readFileSync(join(root, 'docs/cli.md'), 'utf8');
  expect(docs).toContain(`## ${name}\n`);
  for (const { flags } of options) expect(docs).toContain(/--[a-z-]+/.exec(flags)?.[0] ?? flags);
});
