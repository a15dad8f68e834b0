// What the ledger's tests share: a shop whose bets the App looks after, and the ledger as it stands in a database.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { App } from '../../app/app.ts';
import { readOffers } from '../../app/offers.ts';
import type { Settings } from '../../app/settings.ts';
import { migrate, openEmbedded, openPostgres } from '../../app/store/database.ts';
import type { Db } from '../../app/store/database.ts';
import { moveClock } from '../../sandbox/clock.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { deployTo } from '../../sandbox/life/app-host.ts';
import { renderCsv } from '../../sandbox/life/series.ts';
import { allowShop, CALENDAR, EFFECT_AT, SERIES, shopFiles } from '../../sandbox/life/shop.ts';
import { openCsv } from '../../sandbox/life/source.ts';
import { readScene } from '../../sandbox/play.ts';
import { addPrivateRepository } from '../../sandbox/seed/organisation.ts';
import { environmentOf, MAIN } from './app-process.ts';
import { runApp, settingsFor, until } from './running-app.ts';

const CLOCK = join(import.meta.dirname, '../../sandbox/clock.ts');

export interface Shop {
  readonly repository: string;
  readonly api: string;
  readonly labels: (number: number) => Promise<readonly string[]>;
  readonly merge: (number: number) => Promise<void>;
  readonly deploy: () => Promise<void>;
  readonly say: (number: number, by: string, body: string) => Promise<void>;
  /** Waits until a pull request has a label that begins so. */
  readonly labelled: (number: number, label: string) => Promise<boolean>;
}

/** A repository with metrics of its own, once deployed; the clock stands before the story. */
export async function openShop(github: GitHub, name: string): Promise<Shop> {
  moveClock(CALENDAR.before);
  const repository = await addPrivateRepository(github, name, shopFiles(openCsv(renderCsv(SERIES, EFFECT_AT))));
  const api = `/repos/${repository}`;
  const labels = async (number: number) => (await readScene(github, repository, number)).labels;
  await deployTo(github, repository);
  return {
    repository, api, labels,
    merge: async (number) => {
      await github.call('PUT', `${api}/pulls/${number}/merge`, { token: personToken('ana'), body: {} });
    },
    deploy: () => deployTo(github, repository),
    say: async (number, by, body) => {
      await github.call('POST', `${api}/issues/${number}/comments`, { token: personToken(by), body: { body } });
    },
    labelled: async (number, label) => (await until(() => labels(number), (found) => found.some((each) => each.startsWith(label)), 60_000)).some((each) => each.startsWith(label)),
  };
}

/** The App on a store, which may read the shop's series. */
export function shopSettings(github: GitHub, { repository }: Shop, store: string | null): Settings {
  const problems: string[] = [];
  const allowances = readOffers(allowShop(repository, openCsv('')), 'sources.yml', { env: {}, problems });
  if (problems.length > 0) throw new Error(problems.join());
  return { ...settingsFor(github, store), allowances };
}

/** Goes to an instant as a laptop that slept: what was due meanwhile is found at the start. */
export async function wakeAt(instant: string, github: GitHub, settings: Settings): Promise<App> {
  moveClock(instant);
  return runApp(github, settings);
}

/** Opens the store of an App that does not run. */
export async function withStore<T>({ databaseUrl, dataFolder }: Settings, work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = databaseUrl === null ? await openEmbedded(dataFolder) : await openPostgres(databaseUrl);
  try {
    await migrate(db);
    return await work(db);
  } finally {
    await close();
  }
}

/** `reindex` on the command line, at the instant that the test has come to. Resolves with what it says. */
export async function reindexed(settings: Settings): Promise<string> {
  const env = { ...environmentOf(settings), SANDBOX_NOW: new Date().toISOString() };
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', CLOCK, MAIN, 'reindex'], { env, cwd: settings.dataFolder });
  return stdout;
}

/** Every row of the ledger but the instants at which it was read. */
export function dump(settings: Settings): Promise<Record<string, readonly unknown[]>> {
  return withStore(settings, async (db) => ({
    bets: (await db.selectFrom('bet').selectAll().orderBy('repo').orderBy('key').execute()).map(inWords),
    verdicts: (await db.selectFrom('verdict').selectAll().orderBy('repo').orderBy('key').execute()).map(inWords),
    decisions: (await db.selectFrom('decision').selectAll().orderBy('repo').orderBy('key').execute()).map(inWords),
    waivers: (await db.selectFrom('waiver').selectAll().orderBy('repo').orderBy('number').execute()).map(inWords),
    members: (await db.selectFrom('merged_change').where('key', 'is not', null).select(['repo', 'number', 'key']).orderBy('repo').orderBy('number').execute()).map(inWords),
    links: (await db.selectFrom('link').selectAll().orderBy('repo').orderBy('number').execute()).map(inWords),
    appointments: (await db.selectFrom('appointment').selectAll().orderBy('repo').orderBy('subject').execute()).map(inWords),
  }));
}

/** The two stores give large numbers differently. */
function inWords(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'seen_at').map(([name, value]) => [name, value instanceof Date ? value.toISOString() : ['installation', 'record_comment', 'told_comment'].includes(name) && value !== null ? Number(value) : (value as unknown)]));
}
