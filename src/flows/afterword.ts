// Whoever says something on a merged or closed pull request is answered, though no open record stands there to answer in.
import type { Applied } from '../effects/apply.ts';
import { answerWithoutRecord } from '../gate/late.ts';
import { mayCommand } from '../gate/spoken-lines.ts';
import type { Effect } from '../model/effect.ts';
import type { CommandAnswer } from '../model/gate.ts';
import type { ChangePage } from '../ports/forge.ts';
import { addAnswers, renderAnswerComment } from '../report/answers.ts';
import { askUntil } from './ask-until.ts';
import { observe } from './gate.ts';
import type { Host } from './handle.ts';
import { createNeedReader } from './reader.ts';
import { ownComments } from './remembered.ts';
import { carryOut } from './run.ts';
import { settle } from './settings.ts';
import { hearCommands } from './spoken.ts';

/** Of one conversation; who says more is answered when they say it again. */
const COMMANDS_MAX = 10;

/** What was answered before, by a reaction, stays answered as it was. `measured`: a record that stays silent has heard what is meant for it. */
export async function answerAfterwards(page: ChangePage, { host, at, measured }: { readonly host: Host; readonly at: string; readonly measured: boolean }): Promise<readonly Applied[]> {
  if (!page.comments.some(({ mine, body }) => !mine && mayCommand(body))) return [];
  const read = createNeedReader(host.reader, page);
  const { configPath, unconfigured, offer } = host;
  const observed = observe({ page, configPath, unconfigured, offer, at });
  const given = await askUntil((inquiry) => {
    const settings = settle(inquiry, observed);
    return settings && hearCommands(inquiry, page.comments, settings.config);
  }, read);
  // What was said before the merge was the gate's to answer.
  const late = given.filter((each) => each.at >= (page.change.merged?.at ?? ''));
  const answers = late.slice(-COMMANDS_MAX).map(({ command, commentId }): CommandAnswer => ({ commentId, ...answerWithoutRecord(command, { state: page.change.state, measured }) }));
  const known = await Promise.all(answers.map(({ commentId }) => read({ kind: 'own-reactions', commentId })));
  const open = answers.filter((_, index) => known[index]?.length === 0);
  return carryOut([...planWords(page, open, at), ...open.map(({ commentId, reaction }): Effect => ({ kind: 'react', change: page.change.ref, commentId, content: reaction }))], host);
}

/** In our comment, or in a first one; where a record of ours stands, or its verdict, there is none to add. */
function planWords(page: ChangePage, answers: readonly CommandAnswer[], at: string): readonly Effect[] {
  const words = answers.flatMap(({ text }) => text ?? []);
  if (words.length === 0) return [];
  const change = page.change.ref;
  const [own] = ownComments(page);
  if (own !== undefined) return [{ kind: 'edit-comment', change, commentId: own.id, body: addAnswers(own.body, words) }];
  return page.comments.some(({ mine }) => mine) ? [] : [{ kind: 'create-comment', change, body: renderAnswerComment(change, words, at) }];
}
