// GitHub's published GraphQL schema: what isn't valid there fails here too.
import { schema as published } from '@octokit/graphql-schema';
import { buildSchema, type GraphQLSchema } from 'graphql';

let schema: GraphQLSchema | null = null;

/** The schema, built when the first query comes: that takes a few hundred milliseconds. */
export function githubSchema(): GraphQLSchema {
  schema ??= buildSchema(published.idl, { assumeValid: true, assumeValidSDL: true, noLocation: true });
  return schema;
}
