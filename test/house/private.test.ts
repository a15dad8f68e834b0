// What must not leave a checkout, by a commit or in an image: the key, the database of an App that runs there, its backups.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore from 'ignore';
import { expect, test } from 'vitest';
import { parseStore } from '../../app/settings.ts';

const ROOT = join(import.meta.dirname, '../..');
const lines = (file: string): string[] => readFileSync(join(ROOT, file), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const committed = ignore().add(lines('.gitignore'));
// Docker counts every pattern from the root.
const sent = ignore().add(lines('.dockerignore').map((line) => `/${line}`));

const { dataFolder } = parseStore({});
test.each(['.env', '.env.production', '.env.bak', `${dataFolder}/postgres/base/1`, `${dataFolder}/journal/1`, 'yardstick.backup', 'backups/yardstick-2026-03-02.backup', '.sandbox/app.log'])('%s', (path) => {
  expect([committed.ignores(path), sent.ignores(path)]).toEqual([true, true]);
});

test('what is built and run is there', () => {
  for (const path of ['package.json', 'app/main.ts', 'app/backup/write.ts', 'app/environment.ts', 'app.yml', 'deploy/kubernetes/yardstick.yaml']) expect([committed.ignores(path), sent.ignores(path)]).toEqual([false, false]);
});
