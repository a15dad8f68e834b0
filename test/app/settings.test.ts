// What the operator sets: everything wrong is told at once, credentials are written for their owner alone.
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { writeCredentials } from '../../app/credentials.ts';
import { parseSettings } from '../../app/settings.ts';
import { offerFor } from '../../app/offers.ts';

const PEM = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }).privateKey.trim();
const GIVEN = { APP_ID: '1', PRIVATE_KEY: PEM, WEBHOOK_SECRET: 's' };
const folder = mkdtempSync(join(tmpdir(), 'yardstick-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the settings', () => {
  test('name everything that is missing, at once', () => {
    expect(() => parseSettings({ NODE_ENV: 'production', PORT: 'many', RETENTION_DAYS: '2' })).toThrow(/APP_ID is not set[^]*PRIVATE_KEY or PRIVATE_KEY_PATH[^]*WEBHOOK_SECRET[^]*PORT is many[^]*RETENTION_DAYS is 2[^]*DATABASE_URL is not set/);
  });

  test.each([
    ['as it is', PEM], ['on one line', PEM.replaceAll('\n', String.raw`\n`)], ['as base64', Buffer.from(PEM).toString('base64')],
  ])('take the private key %s', (_, key) => {
    expect(parseSettings({ ...GIVEN, PRIVATE_KEY: key }).privateKey).toBe(PEM);
  });

  test('take the private key from a file, and say if it is not there', () => {
    const file = join(folder, 'key.pem');
    writeFileSync(file, PEM);
    expect(parseSettings({ ...GIVEN, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: file }).privateKey).toBe(PEM);
    expect(() => parseSettings({ ...GIVEN, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: join(folder, 'none') })).toThrow(/cannot be read \(ENOENT\)/);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['half a private key', { PRIVATE_KEY: PEM.slice(0, 900) }, /PRIVATE_KEY holds no private key/],
    ["a name in place of the App's number", { APP_ID: 'yardstick' }, /APP_ID is yardstick: give the number/],
    ['an address in place of a host', { GHE_HOST: 'https://git.example.com/' }, /GHE_HOST is no host/],
    ['an API that is no address', { GITHUB_API_URL: 'git.example.com/api/v3' }, /GITHUB_API_URL is no address/],
    ['a password that breaks the address', { DATABASE_URL: 'postgres://app:p#ss/word@[host/db' }, /DATABASE_URL is no address(?![^]*p#ss)/],
    ['another database', { DATABASE_URL: 'mysql://host/db' }, /DATABASE_URL is no address/],
    ['a level that is none', { LOG_LEVEL: 'loud' }, /LOG_LEVEL is loud: give one of fatal/],
  ])('refuse %s, and say what is expected', (_, wrong, message) => {
    expect(() => parseSettings({ ...GIVEN, ...wrong })).toThrow(message);
    expect(() => parseSettings({ ...GIVEN, ...wrong })).not.toThrow(PEM.slice(100, 160));
  });

  test('take metric sources from a file or written out, and say all that is wrong with them', () => {
    const file = join(folder, 'sources.yml');
    const text = 'allow:\n  - { repositories: [Acme, "!acme/attic"], sources: { ops: { type: prometheus, url: "https://a.example" } } }\n  - { repositories: [acme/shop-*], sources: { ops: { type: prometheus, url: "https://b.example", queries: repository } } }\n';
    writeFileSync(file, text);
    for (const given of [{ YARDSTICK_SOURCES: file }, { YARDSTICK_SOURCES_INLINE: text }]) {
      const { allowances } = parseSettings({ ...GIVEN, ...given });
      const offers = ['pay', 'shop-eu', 'attic'].map((repo) => offerFor({ owner: 'acme', repo }, allowances));
      expect(offers.map(({ sources }) => sources.get('ops')?.url)).toEqual(['https://a.example', 'https://b.example', undefined]);
      expect(offers.map(({ open }) => [...open])).toEqual([[], ['ops'], []]);
      expect(offerFor({ owner: 'mallory', repo: 'acme' }, allowances).sources.size).toBe(0);
    }
    writeFileSync(file, [
      'allow:', '  - repositories: [acme, "a/b/c"]', '    sources:', '      db: { type: postgresql, url: "postgres://x:${YARDSTICK_DB}@db/x", queries: repository }', '      vault: { type: prometheus, url: "https://x", headers: { a: "${VAULT_TOKEN}" } }', '      github: { type: prometheus, url: "https://x" }',
      '    metrics:', '      p95: { source: prom, query: up }', '      cpu: { source: db, querry: up }',
    ].join('\n'));
    const refusal = (): unknown => parseSettings({ ...GIVEN, YARDSTICK_SOURCES: file });
    for (const said of [
      /sources.yml:2:26: "a\/b\/c"; expected an owner, a repository or a glob/, /sources.yml:4:82: `queries: repository` on postgresql; expected `operator`/, /sources.yml:5:66: `\$\{VAULT_TOKEN\}`; expected a variable whose name starts with `YARDSTICK_`/,
      /sources.yml:6:7: a source of the name `github`/, /sources.yml:8:22: the source `prom`; expected `db`, `vault`/, /sources.yml:9:26: the unknown key `querry`[^]*did you mean `query`/,
    ]) expect(refusal).toThrow(said);
    writeFileSync(file, 'allow: [{ repositories: [acme], sources: { a: { type: prometheus, url: "https://x/${YARDSTICK_A}", headers: { b: "${YARDSTICK_B}" } } } }]');
    expect(refusal).toThrow(/YARDSTICK_A is not set: the source `a` in [^]*YARDSTICK_B is not set/);
    expect(() => parseSettings({ ...GIVEN, YARDSTICK_SOURCES: file, YARDSTICK_SOURCES_INLINE: text, YARDSTICK_A: 'x', YARDSTICK_B: 'y' })).toThrow(/are both set/);
  });

  test('take the embedded database in production only where its limits are accepted', () => {
    expect(() => parseSettings({ ...GIVEN, NODE_ENV: 'production' })).toThrow(/EMBEDDED_DATABASE=accepted/);
    expect(parseSettings({ ...GIVEN, NODE_ENV: 'production', EMBEDDED_DATABASE: 'accepted' }).databaseUrl).toBeNull();
    expect(parseSettings({ ...GIVEN, NODE_ENV: 'production', DATABASE_URL: 'postgres://x' }).databaseUrl).toBe('postgres://x');
  });

  test.each(['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'WEBHOOK_SECRET_OLD', 'YARDSTICK_SIGNING_KEY', 'YARDSTICK_PROM'])('refuse %s in quotes that nobody took off, and say nothing else of it', (name) => {
    for (const quote of ['"', "'"]) {
      const refusal = (): unknown => parseSettings({ ...GIVEN, [name]: `${quote}${(GIVEN as Record<string, string>)[name] ?? 'quoted-secret'}${quote}` });
      expect(refusal).toThrow(new RegExp(`^The App cannot start:\\n  ${name} stands in quotes[^\\n]*$`));
      expect(refusal).not.toThrow('quoted-secret');
    }
  });

  test('take what is empty for not set, whatever it is', () => {
    const names = new Set([...readFileSync('app/settings.ts', 'utf8').matchAll(/env\['([A-Z_]+)'\]/g)].map(([, name = '']) => name));
    for (const name of Object.keys(GIVEN)) names.delete(name);
    for (const blank of ['', ' ']) expect(parseSettings({ ...GIVEN, ...Object.fromEntries([...names].map((name) => [name, blank])) })).toEqual(parseSettings(GIVEN));
    const traced = { ...GIVEN, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
    expect(parseSettings({ ...traced, OTEL_TRACES_SAMPLER_ARG: '' }).traces).toBe(1);
    expect(parseSettings({ ...traced, OTEL_TRACES_SAMPLER_ARG: '0.25' }).traces).toBe(0.25);
  });

  test("find an Enterprise Server's API", () => {
    expect(parseSettings({ ...GIVEN, GHE_HOST: 'git.example.com' }).apiUrl).toBe('https://git.example.com/api/v3');
  });
});

test('credentials are merged into the file, for their owner alone, and whoever reads such files reads them whole', () => {
  const file = join(folder, '.env');
  writeFileSync(file, 'PORT=4000\nAPP_ID=old\n', { mode: 0o644 });
  writeCredentials(file, { APP_ID: '7', PRIVATE_KEY: `"${PEM}"`, WEBHOOK_SECRET: '1f0c' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const text = readFileSync(file, 'utf8');
  // `docker run --env-file` and kubectl: a line is a name, `=`, and what follows as it is.
  const bare = Object.fromEntries(text.trim().split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  for (const read of [parseEnv(text), bare]) expect(parseSettings(read)).toMatchObject({ appId: '7', privateKey: PEM, webhookSecret: '1f0c', port: 4000 });
});

test.runIf(spawnSync('sh', ['-c', 'command -v kubectl']).status === 0)('kubectl makes a Secret of the file that holds what is meant', () => {
  const file = join(folder, '.env');
  writeCredentials(file, { APP_ID: '7', PRIVATE_KEY: PEM, WEBHOOK_SECRET: '1f0c' });
  const made = JSON.parse(execFileSync('kubectl', ['create', 'secret', 'generic', 'yardstick', `--from-env-file=${file}`, '--dry-run=client', '-o', 'json'], { encoding: 'utf8' })) as { readonly data: Readonly<Record<string, string>> };
  const read = Object.fromEntries(Object.entries(made.data).map(([name, value]) => [name, Buffer.from(value, 'base64').toString()]));
  expect(parseSettings(read)).toMatchObject({ appId: '7', privateKey: PEM, webhookSecret: '1f0c' });
});

test('a secret that somebody chose himself is read back as it is', () => {
  const file = join(folder, '.env');
  writeCredentials(file, { WEBHOOK_SECRET: 'chosen # by hand' });
  expect(parseEnv(readFileSync(file, 'utf8'))['WEBHOOK_SECRET']).toBe('chosen # by hand');
});

test('every variable that is read is documented', () => {
  const source = readFileSync('app/settings.ts', 'utf8');
  const names = new Set([...source.matchAll(/env\['([A-Z_]+)'\]|wanted\('([A-Z_]+)'/g)].map(([, a, b]) => a ?? b ?? ''));
  const docs = readFileSync('docs/app.md', 'utf8');
  expect([...names].filter((name) => !docs.includes(name))).toEqual([]);
});
