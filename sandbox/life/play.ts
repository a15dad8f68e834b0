// Plays the life of four bets, from the pull request to the decision, on a clock that it moves itself; a chapter for each thing that happens.
import { moveClock } from '../clock.ts';
import type { GitHub } from '../github/github.ts';
import { readScene, type Scene } from '../play.ts';
import type { ActionRun } from '../run-action.ts';
import { addPrivateRepository, openPull } from '../seed/organisation.ts';
import { actIn, type Actors } from './actors.ts';
import { type Bet, CALENDAR, DRAFTED, REFUTED, shopFiles, SILENT, UNCLEAR } from './shop.ts';
import type { Source } from './source.ts';

/** What is told at one instant of the story. */
export interface Chapter {
  readonly at: string;
  readonly title: string;
  /** A line each: what a person sees of it. */
  readonly lines: readonly string[];
  /** Comments in full, as Markdown. */
  readonly comments: readonly string[];
}

export interface Life {
  /** In what the story went otherwise than expected, a sentence each. */
  readonly wrong: readonly string[];
}

const BETS = [DRAFTED, REFUTED, UNCLEAR, SILENT];

interface Stage {
  readonly github: GitHub;
  readonly repository: string;
  readonly actors: Actors;
  readonly tell: (chapter: Chapter) => void;
}

/** Plays it and tells each chapter as soon as it has happened. */
export async function playLife(github: GitHub, source: Source, tell: Stage['tell']): Promise<Life> {
  moveClock(CALENDAR.before);
  const repository = await addPrivateRepository(github, 'shop', shopFiles(source));
  const stage: Stage = { github, repository, actors: actIn(github, repository), tell };
  await stage.actors.deploy();
  const numbers = await propose(stage);
  await merge(stage, numbers);
  await deploy(stage);
  const judged = await measure(stage, numbers);
  return { wrong: [...judged, ...(await decide(stage, numbers))] };
}

async function propose({ github, repository, actors, tell }: Stage): Promise<readonly number[]> {
  moveClock(CALENDAR.opened);
  const numbers: number[] = [];
  for (const { pull } of BETS) {
    const number = await openPull(github, repository, pull);
    numbers.push(number);
    const run = await actors.gate(number, 'opened');
    tell({ at: CALENDAR.opened, title: `${pull.author} opens #${number}: ${pull.title}`, lines: [pull.story, checkOf(run)], comments: [] });
  }
  moveClock(CALENDAR.drafted);
  const [first = 0] = numbers;
  const { comments } = await readScene(github, repository, first);
  await github.call('PATCH', `/repos/${repository}/pulls/${first}`, { body: { body: takeDraft(comments[0] ?? '') } });
  tell({ at: CALENDAR.drafted, title: `ana copies the draft into #${first}, and fills its two gaps`, lines: [checkOf(await actors.gate(first, 'edited'))], comments: [takeDraft(comments[0] ?? '')] });
  return numbers;
}

/** The draft of the gate's comment with its gaps filled. */
export function takeDraft(comment: string): string {
  const draft = /```markdown\n(?<text>[\s\S]*?)```/.exec(comment)?.groups?.['text'] ?? '';
  return draft.replace('<why you expect that>', 'four of them wait for CPU in the evening').replace('<number>', '25');
}

async function merge({ github, repository, actors, tell }: Stage, numbers: readonly number[]): Promise<void> {
  moveClock(CALENDAR.merged);
  for (const number of numbers) {
    await actors.merge(number);
    await actors.lock(number);
  }
  const lines = await Promise.all(numbers.map(async (number) => `#${number} ${labelsOf(await readScene(github, repository, number))}`));
  tell({ at: CALENDAR.merged, title: 'All four are merged: what they promise is locked', lines, comments: [] });
}

async function deploy({ actors, tell }: Stage): Promise<void> {
  moveClock(CALENDAR.deployed);
  await actors.deploy();
  const run = await actors.hearDeployment();
  tell({ at: CALENDAR.deployed, title: 'main is deployed to production: the clocks start', lines: logOf(run), comments: [] });
}

async function measure({ github, repository, actors, tell }: Stage, numbers: readonly number[]): Promise<readonly string[]> {
  moveClock(CALENDAR.due);
  const run = await actors.tick();
  const scenes = await Promise.all(numbers.map((number) => readScene(github, repository, number)));
  tell({ at: CALENDAR.due, title: 'The week is over, and the hourly run measures', lines: logOf(run), comments: scenes.flatMap(({ comments }) => comments.filter((body) => body.startsWith('<!-- yardstick:verdict'))) });
  moveClock(CALENDAR.later);
  const again = (await actors.tick()).requests.filter(({ method, path }) => method !== 'GET' && path !== '/graphql').length;
  tell({ at: CALENDAR.later, title: 'The next hourly run', lines: [again === 0 ? 'finds everything told, and writes nothing' : `writes ${again} times`], comments: [] });
  return [...BETS.flatMap((bet, index) => differences(bet, { number: numbers[index] ?? 0, scene: scenes[index] })), ...(again === 0 ? [] : ['something was told twice'])];
}

async function decide({ github, repository, actors, tell }: Stage, [first = 0, second = 0]: readonly number[]): Promise<readonly string[]> {
  moveClock(CALENDAR.decided);
  const answers = [{ number: first, by: 'ana', body: '/yardstick keep the autumn sale needs it' }, { number: second, by: 'ben', body: '/yardstick undo' }];
  const wrong: string[] = [];
  for (const { number, by, body } of answers) {
    const run = await actors.say(number, by, body);
    tell({ at: CALENDAR.decided, title: `${by} answers on #${number}: ${body}`, lines: logOf(run), comments: [] });
    if (!run.log.includes('decided')) wrong.push(`the answer on #${number} was not heard`);
  }
  const issues = await github.call<{ title: string; body: string; labels: { name: string }[] }[]>('GET', `/repos/${repository}/issues?state=all`);
  const dashboard = issues.find(({ labels }) => labels.some(({ name }) => name === 'yardstick: dashboard'));
  tell({ at: CALENDAR.decided, title: `The dashboard issue: ${dashboard?.title ?? 'missing'}`, lines: [], comments: dashboard === undefined ? [] : [dashboard.body] });
  return dashboard === undefined ? [...wrong, 'there is no dashboard issue'] : wrong;
}

/** What is on the page of a bet at its end, against what it was made for. */
function differences({ outcome }: Bet, { number, scene }: { readonly number: number; readonly scene: Pick<Scene, 'comments' | 'labels'> | undefined }): readonly string[] {
  const found = scene?.labels.filter((label) => label.startsWith('outcome')).join(', ') ?? '';
  const verdicts = scene?.comments.filter((body) => body.startsWith('<!-- yardstick:verdict')).length;
  const expected = outcome === null ? '' : `outcome: ${outcome}`;
  return [
    ...(found === expected ? [] : [`#${number} has the label "${found}", expected "${expected}"`]),
    ...(verdicts === (outcome === null ? 0 : 1) ? [] : [`#${number} has ${verdicts} verdicts`]),
  ];
}

function checkOf({ outputs, summary }: ActionRun): string {
  return `check ${outputs['verdict'] ?? 'none'}: ${(summary.split('\n')[0] ?? '').replace(/^#+ /, '')}`;
}

function labelsOf({ labels }: Pick<Scene, 'labels'>): string {
  return labels.join(', ') || 'no label: measured silently';
}

/** The lines of the log that name a record. */
function logOf({ log }: ActionRun): readonly string[] {
  return log.split('\n').flatMap((line) => /^[\w-]+\/[\w-]+(?<rest>#\d+: .*)$/.exec(line)?.groups?.['rest'] ?? []).toSorted();
}
