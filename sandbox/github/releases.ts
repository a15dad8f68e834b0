// Releases: the emulator's, with the tag in git that a release makes where it is missing.
import { type Answer, type Ask, bodyOf, demand, fullName } from './exchange.ts';
import { gitOf, type Layer } from './layer.ts';
import { route, type Route } from './route.ts';
import { handOn } from './server.ts';

async function publish(ask: Ask, layer: Layer): Promise<Answer> {
  demand(ask, ['contents'], 'write');
  const answer = await handOn(ask, layer);
  const { tag_name: tag, target_commitish: target = 'main', draft } = bodyOf(ask);
  const git = gitOf(layer, fullName(ask));
  // The tag of a draft comes with its publication.
  if (answer.status === 201 && draft !== true && (await git.find(`refs/tags/${String(tag)}`)) === null) await git.git(['tag', String(tag), await git.resolve(String(target))]);
  return answer;
}

export const RELEASE_ROUTES: readonly Route[] = [route('POST /repos/:owner/:repo/releases', publish)];
