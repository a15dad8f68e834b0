// What Prometheus is told and what it makes of it, by its own tool: the metrics' text, the configuration, the alerts.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { createDoorMetrics, createMetrics } from '../../app/metrics.ts';
import type { Readings } from '../../app/metrics.ts';
import { installed } from '../metrics/real-server.ts';

const present = installed('promtool', [['promtool', '--version']], 'prometheus');
const ROOT = join(import.meta.dirname, '../..');
const ALERTS = 'deploy/prometheus/alerts.yml';
const WELL: Readings = { left: () => new Map([[7, 4200]]), held: () => 0, database: () => Promise.resolve({ waiting: 1, oldestSeconds: 2, sweptAt: new Date('2026-03-02T09:00:00Z'), open: new Map([['measuring', 2]]), overdue: 1 }) };

async function scrape(readings: Readings): Promise<string> {
  const door = createDoorMetrics();
  for (const outcome of ['accepted', 'forged', 'failed'] as const) door.delivery(outcome, 0.002);
  return `${(await door.render()).trimEnd()}\n${await createMetrics(readings).render()}`;
}
const promtool = (args: readonly string[], input = '') => spawnSync('promtool', args, { cwd: ROOT, input, encoding: 'utf8' });

describe.runIf(present)('promtool', () => {
  test('finds nothing to object to in the metrics', async () => {
    expect(promtool(['check', 'metrics'], await scrape(WELL))).toMatchObject({ stdout: '', stderr: '', status: 0 });
  });

  test('takes the configuration of compose.yaml, with its alerts', () => {
    expect(execFileSync('promtool', ['check', 'config', '--lint-fatal', 'deploy/prometheus/prometheus.yml'], { cwd: ROOT, encoding: 'utf8' })).toContain('1 rule files found');
    expect(readFileSync(join(ROOT, 'compose.yaml'), 'utf8')).toContain('./deploy/prometheus:/etc/prometheus');
  });

  test('sees each alert come when it should, and stay silent when not', () => {
    expect(promtool(['test', 'rules', 'test/app/alerts.test.yml'])).toMatchObject({ status: 0 });
  });
});

test('every metric that an alert or the documentation names is told', async () => {
  const told = [...(await scrape(WELL)).matchAll(/^# TYPE (yardstick_\w+) /gm)].map(([, name]) => name);
  const named = (text: string) => [...new Set([...text.matchAll(/\byardstick_[a-z_]+[a-z]/g)].map(([name]) => name.replace(/_bucket$/, '')))];
  const documented = named(readFileSync(join(ROOT, 'docs/operations.md'), 'utf8'));
  expect(named(readFileSync(join(ROOT, ALERTS), 'utf8')).filter((name) => !told.includes(name))).toEqual([]);
  expect(told.toSorted()).toEqual(documented.toSorted());
});

interface Rule {
  readonly alert: string;
  readonly labels: { readonly severity: string };
}

const { groups } = load(readFileSync(join(ROOT, ALERTS), 'utf8')) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

test('every alert says what it means and what to do, here and in the documentation', () => {
  for (const rule of rules) expect(rule).toMatchObject({ for: expect.stringMatching(/^\d+[mh]$/) as unknown, annotations: { summary: expect.any(String) as unknown, description: expect.any(String) as unknown } });
  const told = [...readFileSync(join(ROOT, 'docs/operations.md'), 'utf8').matchAll(/^\| `(Yardstick\w+)` \| (\w+) \| \S/gm)].map(([, alert, severity]) => `${alert} ${severity}`);
  expect(told.toSorted()).toEqual(rules.map(({ alert, labels }) => `${alert} ${labels.severity}`).toSorted());
});

test('a database that does not answer leaves out its figures and says so, and keeps the rest', async () => {
  const text = await scrape({ ...WELL, database: () => Promise.reject(new Error('gone')) });
  expect(text).toContain('yardstick_database_up 0\n');
  expect(text).toContain('yardstick_github_requests_left{installation="7"} 4200');
  expect(text).not.toMatch(/^yardstick_(queue|bets|measurements)/m);
});

test('what may be counted is there from the start, so that its first time is seen as one', async () => {
  const text = `${await createDoorMetrics().render()}${await createMetrics(WELL).render()}`;
  for (const outcome of ['settled', 'retried', 'refused', 'given_up']) expect(text).toContain(`yardstick_turns_total{outcome="${outcome}"} 0\n`);
  for (const outcome of ['failed', 'busy', 'forged']) expect(text).toContain(`yardstick_deliveries_total{outcome="${outcome}"} 0\n`);
});
