// Where the shop's metrics are read from: a real Prometheus where it is installed, else a CSV file in the repository.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { renderCsv, renderOpenMetrics, type SeriesSeed } from './series.ts';

export interface Source {
  readonly kind: 'prometheus' | 'csv';
  /** What a person is told it is. */
  readonly words: string;
  /** Its address; empty for the file. */
  readonly url: string;
  /** Its entry under `sources:`. */
  readonly yaml: string;
  /** The query of a metric for `{service}`. */
  readonly query: (metric: string) => string;
  /** What the repository holds for it. */
  readonly files: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

const CSV_PATH = 'metrics/shop.csv';

export async function openSource(seeds: readonly SeriesSeed[], effectAt: number): Promise<Source> {
  return hasPrometheus() ? startPrometheus(renderOpenMetrics(seeds, effectAt)) : openCsv(renderCsv(seeds, effectAt));
}

/** Whether a Prometheus can be started on this machine. */
function hasPrometheus(): boolean {
  return ['prometheus', 'promtool'].every((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0);
}

export function openCsv(text: string): Source {
  return { kind: 'csv', words: `the file ${CSV_PATH}, since no Prometheus is installed`, url: '', yaml: `{ type: csv, url: ${CSV_PATH} }`, query: (metric) => `${metric}_{service}`, files: { [CSV_PATH]: text }, close: async () => undefined };
}

/** A Prometheus of our own on a free port, which scrapes nothing and holds these samples. */
async function startPrometheus(samples: string): Promise<Source> {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-prometheus-'));
  const file = (name: string): string => join(folder, name);
  writeFileSync(file('samples.txt'), samples);
  writeFileSync(file('prometheus.yml'), 'scrape_configs: []\n');
  await promisify(execFile)('promtool', ['tsdb', 'create-blocks-from', '--max-block-duration=2000h', 'openmetrics', file('samples.txt'), file('data')]);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn('prometheus', [`--config.file=${file('prometheus.yml')}`, `--storage.tsdb.path=${file('data')}`, '--storage.tsdb.retention.time=100y', `--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' });
  const close = async (): Promise<void> => {
    const ended = server.exitCode === null ? once(server, 'exit') : null;
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 200 && server.exitCode === null; tries += 1) {
    if (await fetch(`${url}/-/ready`).then(({ ok }) => ok, () => false)) return { kind: 'prometheus', words: `a real Prometheus at ${url}`, url, yaml: `{ type: prometheus, url: '${url}' }`, query: (metric) => `${metric}{service="{service}"}`, files: {}, close };
    await pause(100);
  }
  await close();
  throw new Error('Prometheus did not start');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
