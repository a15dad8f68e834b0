// Things by their global id: comments, of whatever repository the token can see.
import { issueComment, type RestComment } from './comments.ts';
import { typed } from './connection.ts';
import { repository } from './repository.ts';
import type { Sight } from './sight.ts';

/** An `IssueComment` by the emulator's id, or the error of type NOT_FOUND. */
export async function node(from: Pick<Sight, 'layer' | 'token' | 'viewer'>, id: string): Promise<Record<string, unknown>> {
  const number = /^0:IssueComment(?<number>\d+)$/.exec(Buffer.from(id, 'base64').toString())?.groups?.['number'];
  for (const name of number === undefined ? [] : from.layer.repositories.keys()) {
    const { status, body } = await from.layer.upstream.request('GET', `/repos/${name}/issues/comments/${number}`, { token: from.token });
    if (status === 200) return issueComment(from.layer, { ...from, repository: name, resolveRepository: repository }, body as RestComment);
  }
  throw typed('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`);
}
