// `npm start`: plays the sandbox's pull requests through the built Action and shows what a person would see.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { differences, play, type Scene } from './play.ts';
import { openOrganisation, REPOSITORY } from './seed/organisation.ts';
import { PULLS } from './seed/pulls.ts';
import type { PullSeed } from './seed/pull.ts';
import { readMarkdown, styleFor, wrap, WIDTH } from './terminal.ts';

const style = styleFor(process.stdout, process.env);

function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

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
async function main(): Promise<number> {
  if (!existsSync(join(import.meta.dirname, '../action/dist/index.js'))) throw new Error('action/dist/index.js is missing. Run `npm run build` first.');
  const github = await openOrganisation();
  let failed = 0;
  try {
    print(style.bold(`An emulated GitHub at ${github.url} with ${REPOSITORY}: ${PULLS.length} pull requests`));
    for (const seed of PULLS) {
      const scene = await play(github, seed);
      const wrong = differences(scene, seed);
      if (wrong.length > 0) failed += 1;
      show(seed, scene, wrong);
      if (scene.run.outputs['verdict'] === undefined) print(scene.run.log);
    }
    print(style.dim('─'.repeat(WIDTH)));
    print(failed === 0 ? style.good(`All ${PULLS.length} pull requests were answered as expected.`) : style.bad(`${failed} of ${PULLS.length} pull requests were answered otherwise than expected.`));
    print('Next: docs/sandbox.md says how to try a pull request of your own.');
  } finally {
    await github.close();
  }
  return failed;
}

process.exitCode = (await main()) === 0 ? 0 : 1;
