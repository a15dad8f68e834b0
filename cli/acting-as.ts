// Reads GitHub as another identity would: a person at a desk looks at what the workflow's bot has written.
import type { Account } from '../src/model/change.ts';
import type { Transport } from '../src/github/transport.ts';

/** What this identity wrote counts as its own; nothing is written, and the token stays the person's. */
export function actingAs(transport: Transport, { login, type }: Account): Transport {
  return async (request) => {
    const response = await transport(request);
    if (request.path !== '/graphql') return response;
    const body = renamed(response.body) as { data?: Record<string, unknown> } | null;
    return { ...response, body: body?.data === undefined ? body : { ...body, data: { ...body.data, viewer: { login: login.replace(/\[bot\]$/, ''), __typename: type } } } };
  };
}

/** Whose a comment is, its author says. */
function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, name === 'viewerDidAuthor' ? false : renamed(inner)]));
}
