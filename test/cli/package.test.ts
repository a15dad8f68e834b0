// The published package: packed, installed in an empty folder, and run from there as a user would.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'yardstick-package-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = promisify(execFile);
const env = { ...process.env, npm_config_cache: join(dir, 'cache'), npm_config_offline: 'true', npm_config_update_notifier: 'false', npm_config_audit: 'false', npm_config_fund: 'false' };
const diff = 'diff --git a/k8s/orders.yaml b/k8s/orders.yaml\n--- a/k8s/orders.yaml\n+++ b/k8s/orders.yaml\n@@ -1,4 +1,4 @@\n kind: Deployment\n metadata: { name: orders }\n spec:\n-  replicas: 3\n+  replicas: 12\n';

test('works by npx in an empty folder, without network', async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', dir], { cwd: root, env });
  // npm prints what `prepack` says before its own answer, and its answer is a list or, in newer versions, an object by name.
  const answer = JSON.parse(stdout.slice(stdout.search(/^[[{]/m))) as Record<string, { readonly filename: string; readonly files: readonly { readonly path: string }[] }>;
  const [packed] = Object.values(answer);
  expect(packed?.files.map(({ path }) => path).filter((path) => !/^(README\.md|LICENSE|package\.json|cli\/dist\/yardstick\.js|schema\/[a-z.-]+\.json)$/.test(path))).toEqual([]);

  const home = mkdtempSync(join(dir, 'home-'));
  writeFileSync(join(home, 'package.json'), '{}');
  await run('npm', ['install', join(dir, packed?.filename ?? '')], { cwd: home, env });
  writeFileSync(join(home, 'change.diff'), diff);
  const ended = await run('npx', ['yardstick', 'check', '--diff', 'change.diff', '--json'], { cwd: home, env }).catch((error: unknown) => error as { code: number; stdout: string });
  expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: 'fail', inScope: true, facts: [{ knob: 'replicas', from: '3', to: '12', line: 4 }] });
  expect('code' in ended ? ended.code : 0).toBe(1);
  expect((await run('npx', ['yardstick', '--version'], { cwd: home, env })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
}, 120_000);
