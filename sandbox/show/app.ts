// The sandbox: the real App on the emulated GitHub. It plays its pull requests and the life of four bets, and then the page is yours.
import { startAppProcess } from '../app-process.ts';
import { moveClock } from '../clock.ts';
import type { GitHub } from '../github/github.ts';
import { appHost, deployTo } from '../life/app-host.ts';
import { playLife } from '../life/play.ts';
import { allowShop, CALENDAR, EFFECT_AT, SERIES, shopFiles } from '../life/shop.ts';
import { openSource } from '../life/source.ts';
import { pageRoutes } from '../pages/routes.ts';
import type { World } from '../pages/world.ts';
import { addPrivateRepository, openOrganisation, REPOSITORY, START } from '../seed/organisation.ts';
import { PULLS } from '../seed/pulls.ts';
import { wrap, WIDTH } from '../terminal.ts';
import { type Answered, answerOf, differencesOf } from './answer.ts';
import { print, showChapter, style } from './print.ts';
import type { PullSeed } from '../seed/pull.ts';

export interface Wish {
  /** The first that is free is taken. */
  readonly ports: readonly number[];
  /** Leaves the App's folder behind. */
  readonly keep: boolean;
}

/** What is to be closed at the end, in the order it was opened. */
export type Opened = (() => Promise<void>)[];

/** Closes everything, what was opened last first. */
export async function closeAll(opened: Opened): Promise<void> {
  for (const close of opened.splice(0).toReversed()) await close();
}

/** Sets everything up, plays everything, and leaves it standing. Returns in how much it went otherwise than expected. */
export async function openSandbox(opened: Opened, { ports, keep }: Wish): Promise<number> {
  moveClock(CALENDAR.before);
  const world: World = { app: null, source: null, chapters: [], now: 'The App is starting.', free: false };
  const github = await openOrganisation({ ports, pages: pageRoutes(world) });
  opened.push(github.close);
  greet(github);
  const source = await openSource(SERIES, EFFECT_AT);
  opened.push(source.close);
  world.source = source;
  const shop = await addPrivateRepository(github, 'shop', shopFiles(source));
  await deployTo(github, shop);
  const app = await startAppProcess(github, { sources: allowShop(shop, source), at: CALENDAR.before, keep });
  opened.push(app.stop);
  world.app = app;
  const host = appHost(github, shop, app);
  await host.goTo(START);
  const failed = await playGate(github, world);
  const wrong = await playBets(github, { shop, host, world });
  world.now = 'The story is over, and everything is yours to try.';
  world.free = true;
  if (keep) print(`The App's folder stays: ${app.folder}`);
  return failed + wrong;
}

function greet(github: GitHub): void {
  print();
  print(`${style.bold('Yardstick, in a sandbox')}: an emulated GitHub, and the real App that hears from it.`);
  print();
  print(`  ${style.good('→')} Look at it in a browser: ${style.bold(github.url)}`);
  print(style.dim('    It fills while the App starts and the story plays.'));
  print();
}

/** Opens all pull requests; each is shown as soon as it is answered. Returns the number of those answered otherwise than expected. */
async function playGate(github: GitHub, world: World): Promise<number> {
  world.now = `${PULLS.length} pull requests come in, and each is answered.`;
  print(style.bold(`${PULLS.length} pull requests come in`));
  let failed = 0;
  for (const seed of PULLS) {
    const answered = await answerOf(github, REPOSITORY, seed);
    const wrong = differencesOf(answered, seed);
    if (wrong.length > 0) failed += 1;
    show(seed, answered, wrong);
  }
  print(failed === 0 ? style.good(`All ${PULLS.length} were answered as expected.`) : style.bad(`${failed} of ${PULLS.length} were answered otherwise than expected.`));
  return failed;
}

const MARKS = { success: style.good('✓'), failure: style.bad('✕'), neutral: '–' };

/** One pull request in a few lines: title, what the check says, labels, whether something was asked. */
function show(seed: PullSeed, { number, check, comments, labels }: Answered, wrong: readonly string[]): void {
  const mark = MARKS[(check?.conclusion ?? 'neutral') as keyof typeof MARKS] ?? '–';
  const [first = '', ...rest] = wrap(`#${number} ${seed.title}`, WIDTH - 4);
  print(`  ${mark} ${style.bold(first)}`);
  for (const line of rest) print(`    ${style.bold(line)}`);
  for (const line of wrap(check?.title ?? 'no answer', WIDTH - 4)) print(`    ${line}`);
  const more = [...(comments.length > 0 ? ['a comment'] : []), ...labels.map((label) => `[${label}]`)];
  for (const line of wrap([seed.story, ...more].join('  '), WIDTH - 4)) print(style.dim(`    ${line}`));
  for (const line of wrong.flatMap((text) => wrap(`not as expected: ${text}`, WIDTH - 4))) print(style.bad(`    ${line}`));
}

/** Four bets from the first push to the last decision. Returns in how much it went otherwise than expected. */
async function playBets(github: GitHub, { shop, host, world }: { readonly shop: string; readonly host: ReturnType<typeof appHost>; readonly world: World }): Promise<number> {
  world.now = 'Four bets are followed to their end: ten days in a minute.';
  print();
  print(style.bold('And after the merge: four bets in another repository, ten days in a minute'));
  print(style.dim(`Measured by ${world.source?.words}.`));
  print();
  const { wrong } = await playLife({
    github, repository: shop, host,
    tell: (chapter) => {
      world.chapters.push(chapter);
      showChapter(chapter, 'brief');
    },
  });
  for (const line of wrong) print(style.bad(`not as expected: ${line}`));
  if (wrong.length === 0) print(style.good('All four came out as they should: validated, refuted, inconclusive, and one in silence.'));
  return wrong.length;
}
