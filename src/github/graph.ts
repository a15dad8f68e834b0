// Asks GitHub's GraphQL, and what its errors mean: they come with status 200.
import { SetupError, TransientError } from '../errors.ts';
import type { Account } from '../model/change.ts';
import { parseAccount } from './account.ts';
import { expectOk } from './answers.ts';
import { at, list, text, texts } from './json.ts';
import type { Transport } from './transport.ts';

/** What is asked: `subject` in words, for messages; `permissions` as a workflow writes them. */
export interface GraphAsk {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly subject: string;
  readonly permissions: string;
}

/** GraphQL names the default token's identity only where it is a user's or a bot's; other tokens act as this. */
export const UNKNOWN_VIEWER: Account = { login: 'github-actions[bot]', type: 'Bot' };

/** The answer's body. Data may come with errors (what the token may not see): whether enough of it is there, the asker decides. */
export async function askGraph(transport: Transport, { query, variables, subject }: GraphAsk): Promise<unknown> {
  return expectOk(await transport({ method: 'POST', path: '/graphql', body: { query, variables } }), subject);
}

/** Who this run acts as. */
export function parseViewer(body: unknown): Account {
  return parseAccount(at(body, 'data', 'viewer')) ?? UNKNOWN_VIEWER;
}

/** The error that an answer without its data stands for. */
export function graphFault(body: unknown, { subject, permissions }: Pick<GraphAsk, 'subject' | 'permissions'>): Error {
  const errors = list(at(body, 'errors'));
  const types = texts(errors, 'type');
  const said = (texts(errors, 'message')[0] ?? text(at(body, 'message')) ?? 'no data').slice(0, 160);
  if (types.includes('RATE_LIMITED')) return new TransientError(`GitHub's rate limit is used up while reading ${subject}`, 60);
  if (types.includes('NOT_FOUND')) return new SetupError(`GitHub does not find ${subject} (404)`, 'Check owner, name and number. GitHub answers the same where the token may not read a private repository: then pass a token that can.');
  if (types.includes('FORBIDDEN') || types.includes('INSUFFICIENT_SCOPES')) return new SetupError(`GitHub does not permit reading ${subject} (403: ${said})`, `Give the token the permissions ${permissions}: in a workflow under \`permissions:\`.`);
  return new TransientError(`GitHub could not answer for ${subject}: ${said}`);
}
