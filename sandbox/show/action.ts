// `npm start -- --action`: plays the sandbox's pull requests, then the whole life of four bets, through the built Action, and shows what a person would see.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { moveClock } from '../clock.ts';
import type { GitHub } from '../github/github.ts';
import { actionHost } from '../life/action-host.ts';
import { actIn } from '../life/actors.ts';
import { playLife } from '../life/play.ts';
import { CALENDAR, EFFECT_AT, SERIES, shopFiles } from '../life/shop.ts';
import { openSource } from '../life/source.ts';
import { differences, play, type Scene } from '../play.ts';
import { addPrivateRepository, openOrganisation, REPOSITORY } from '../seed/organisation.ts';
import { PULLS } from '../seed/pulls.ts';
import type { PullSeed } from '../seed/pull.ts';
import { readMarkdown, wrap, WIDTH } from '../terminal.ts';
import { print, showChapter, style } from './print.ts';

/** One pull request: heading, answer, comment, labels. */
function show(seed: PullSeed, scene: Scene, wrong: readonly string[]): void {
  const { outputs, exitCode, milliseconds, summary } = scene.run;
  const colour = outputs['verdict'] === 'fail' ? style.bad : style.good;
  print(style.dim('─'.repeat(WIDTH)));
  for (const line of wrap(`#${scene.number} ${seed.title}`, WIDTH)) print(style.bold(line));
  for (const line of wrap(`${seed.story} (by ${seed.author})`, WIDTH)) print(style.dim(line));
  print();
  print(`  check    ${colour(outputs['verdict'] ?? 'none')}, exit code ${exitCode}, tier ${outputs['tier'] ?? 'none'}, ${milliseconds} ms`);
  const [heading = ''] = readMarkdown((summary.split('\n')[0] ?? '').replace(/^#+ /, ''), style, Infinity);
  wrap(heading, WIDTH - 11).forEach((line, index) => print(`  ${index === 0 ? 'title    ' : '         '}${line}`));
  print(`  labels   ${scene.labels.join(', ') || 'none'}`);
  print(`  comment  ${scene.comments.length === 0 ? 'none' : ''}`);
  for (const comment of scene.comments) for (const line of readMarkdown(comment, style)) print(`  │ ${line}`);
  for (const line of wrong) print(style.bad(`  not as expected: ${line}`));
  print();
}

/** Plays all pull requests, one after the other as a person would read them. Returns the number that went otherwise than expected. */
async function playGate(github: GitHub): Promise<number> {
  print(style.bold(`An emulated GitHub at ${github.url} with ${REPOSITORY}: ${PULLS.length} pull requests`));
  let failed = 0;
  for (const seed of PULLS) {
    const scene = await play(github, seed);
    const wrong = differences(scene, seed);
    if (wrong.length > 0) failed += 1;
    show(seed, scene, wrong);
    if (scene.run.outputs['verdict'] === undefined) print(scene.run.log);
  }
  print(style.dim('─'.repeat(WIDTH)));
  print(failed === 0 ? style.good(`All ${PULLS.length} pull requests were answered as expected.`) : style.bad(`${failed} of ${PULLS.length} pull requests were answered otherwise than expected.`));
  return failed;
}

/** Four bets from the first push to the last decision. Returns in how much it went otherwise than expected. */
async function playBets(github: GitHub): Promise<number> {
  const source = await openSource(SERIES, EFFECT_AT);
  try {
    print();
    print(style.bold('And after the merge: four bets in another repository, ten days in a minute'));
    for (const line of wrap(`Measured by ${source.words}.`, WIDTH)) print(style.dim(line));
    print();
    moveClock(CALENDAR.before);
    const repository = await addPrivateRepository(github, 'shop', shopFiles(source));
    const host = actionHost(github, repository);
    await actIn(github, repository).deploy();
    const { wrong } = await playLife({ github, repository, host, tell: (chapter) => showChapter(chapter, 'whole') });
    print(style.dim('─'.repeat(WIDTH)));
    for (const line of wrong) print(style.bad(`not as expected: ${line}`));
    if (wrong.length === 0) print(style.good('All four came out as they should: validated, refuted, inconclusive, and one in silence.'));
    return wrong.length;
  } finally {
    await source.close();
  }
}

/** Returns in how much it went otherwise than expected. */
export async function showAction(): Promise<number> {
  if (!existsSync(join(import.meta.dirname, '../../action/dist/index.js'))) throw new Error('action/dist/index.js is missing. Run `npm run build` first.');
  const github = await openOrganisation();
  try {
    return (await playGate(github)) + (await playBets(github));
  } finally {
    await github.close();
  }
}
