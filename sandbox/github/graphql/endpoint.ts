// POST /graphql: validates the query against GitHub's schema and runs it on the sandbox.
import { type DocumentNode, execute, GraphQLError, parse, validate } from 'graphql';
import { type Ask, type Answer, bodyOf, Refusal } from '../exchange.ts';
import type { Layer } from '../layer.ts';
import { route, type Route } from '../route.ts';
import { node } from './nodes.ts';
import { organization } from './organization.ts';
import { repository } from './repository.ts';
import { githubSchema } from './schema.ts';

async function answerQuery(ask: Ask, layer: Layer): Promise<Answer> {
  if (ask.viewer === null) throw new Refusal(401, 'This endpoint requires you to be authenticated.');
  const { query, variables } = bodyOf(ask);
  const document = readDocument(String(query));
  if (document instanceof GraphQLError) return { status: 200, body: { errors: [format(document)] } };
  const schema = githubSchema();
  const wrong = validate(schema, document);
  if (wrong.length > 0) return { status: 200, body: { errors: wrong.map(format) } };
  const { viewer, token } = ask;
  const rootValue = {
    viewer: { __typename: 'User', id: `U_${viewer.login}`, login: viewer.login, databaseId: 1, url: `${layer.url}/${viewer.login}`, resourcePath: `/${viewer.login}`, avatarUrl: '' },
    repository: ({ owner, name }: { owner: string; name: string }) => repository({ layer, repository: `${owner}/${name}`, token, viewer, resolveRepository: repository }),
    organization: ({ login }: { login: string }) => organization(layer, viewer, login),
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => node({ layer, token, viewer }, id)),
    rateLimit: { limit: 5000, cost: 1, remaining: 4999, used: 1, resetAt: new Date(Date.now() + 3_600_000).toISOString(), nodeCount: 0 },
  };
  const result = await execute({ schema, document, rootValue, variableValues: (variables ?? {}) as Record<string, unknown> });
  return { status: 200, body: { ...(result.data !== undefined && { data: result.data }), ...(result.errors && { errors: result.errors.map(format) }) } };
}

function readDocument(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    return error as GraphQLError;
  }
}

/** GitHub puts an error's `type` beside its message. */
function format(error: GraphQLError): Record<string, unknown> {
  const { type, ...extensions } = error.extensions;
  return { ...(type !== undefined && { type }), ...(error.path && { path: error.path }), ...(Object.keys(extensions).length > 0 && { extensions }), locations: error.locations, message: error.message };
}

export const GRAPHQL_ROUTES: readonly Route[] = [route('POST /graphql', answerQuery)];
