// Plays the life of four bets, from the pull request to the decision, on a clock that it moves itself; a chapter for each thing that happens.
import type { GitHub } from '../github/github.ts';
import { readScene, type Scene } from '../play.ts';
import type { Host } from './host.ts';
import { type Bet, CALENDAR, DRAFTED, REFUTED, SILENT, UNCLEAR } from './shop.ts';

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
  readonly host: Host;
  readonly tell: (chapter: Chapter) => void;
}

/** Plays it and tells each chapter as soon as it has happened. The repository's environment is known by an earlier deployment. */
export async function playLife(stage: Stage): Promise<Life> {
  const numbers = await propose(stage);
  await merge(stage, numbers);
  await deploy(stage);
  const judged = await measure(stage, numbers);
  return { wrong: [...judged, ...(await decide(stage, numbers))] };
}

async function propose({ github, repository, host, tell }: Stage): Promise<readonly number[]> {
  await host.goTo(CALENDAR.opened);
  const numbers: number[] = [];
  for (const { pull } of BETS) {
    const { number, check } = await host.open(pull);
    numbers.push(number);
    tell({ at: CALENDAR.opened, title: `${pull.author} opens #${number}: ${pull.title}`, lines: [pull.story, check], comments: [] });
  }
  await host.goTo(CALENDAR.drafted);
  const [first = 0] = numbers;
  const { comments } = await readScene(github, repository, first);
  const draft = takeDraft(comments[0] ?? '');
  tell({ at: CALENDAR.drafted, title: `ana copies the draft into #${first}, and fills its two gaps`, lines: [await host.edit(first, draft)], comments: [draft] });
  return numbers;
}

/** The draft of the gate's comment with its gaps filled. */
export function takeDraft(comment: string): string {
  const draft = /```markdown\n(?<text>[\s\S]*?)```/.exec(comment)?.groups?.['text'] ?? '';
  return draft.replace('<why you expect that>', 'four of them wait for CPU in the evening').replace('<number>', '25');
}

async function merge({ github, repository, host, tell }: Stage, numbers: readonly number[]): Promise<void> {
  await host.goTo(CALENDAR.merged);
  for (const number of numbers) await host.merge(number);
  const lines = await Promise.all(numbers.map(async (number) => `#${number} ${labelsOf(await readScene(github, repository, number))}`));
  tell({ at: CALENDAR.merged, title: 'All four are merged: what they promise is locked', lines, comments: [] });
}

async function deploy({ host, tell }: Stage): Promise<void> {
  await host.goTo(CALENDAR.deployed);
  tell({ at: CALENDAR.deployed, title: 'main is deployed to production: the clocks start', lines: await host.deploy(), comments: [] });
}

async function measure({ github, repository, host, tell }: Stage, numbers: readonly number[]): Promise<readonly string[]> {
  await host.goTo(CALENDAR.due);
  const { lines } = await host.tick();
  const scenes = await Promise.all(numbers.map((number) => readScene(github, repository, number)));
  tell({ at: CALENDAR.due, title: 'The week is over: what was promised is measured', lines, comments: scenes.flatMap(({ comments }) => comments.filter((body) => body.startsWith('<!-- yardstick:verdict'))) });
  await host.goTo(CALENDAR.later);
  const { writes: again } = await host.tick();
  tell({ at: CALENDAR.later, title: 'An hour later', lines: [again === 0 ? 'everything is told, and nothing is written' : `${again} writes`], comments: [] });
  return [...BETS.flatMap((bet, index) => differences(bet, { number: numbers[index] ?? 0, scene: scenes[index] })), ...(again === 0 ? [] : ['something was told twice'])];
}

async function decide({ github, repository, host, tell }: Stage, [first = 0, second = 0]: readonly number[]): Promise<readonly string[]> {
  await host.goTo(CALENDAR.decided);
  const answers = [{ number: first, by: 'ana', body: '/yardstick keep the autumn sale needs it' }, { number: second, by: 'ben', body: '/yardstick undo' }];
  const wrong: string[] = [];
  for (const { number, by, body } of answers) {
    const lines = await host.say(number, by, body);
    tell({ at: CALENDAR.decided, title: `${by} answers on #${number}: ${body}`, lines, comments: [] });
    if (lines.length === 0) wrong.push(`the answer on #${number} was not heard`);
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

function labelsOf({ labels }: Pick<Scene, 'labels'>): string {
  return labels.join(', ') || 'no label: measured silently';
}
