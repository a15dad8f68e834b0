// The queries hold against GitHub's own schema.
import { schema as sdl } from '@octokit/graphql-schema';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as queries from '../../src/github/queries.ts';

const schema = buildSchema(sdl.idl, { assumeValid: true });

describe('queries', () => {
  it.each(Object.entries(queries))('%s is valid', (_, query) => {
    expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
  });

  it('would notice a field that is not there', () => {
    expect(validate(schema, parse(queries.CHANGE_QUERY.replace('isDraft', 'draftness'))).map(({ message }) => message)).toEqual([expect.stringContaining('Cannot query field "draftness"')]);
  });
});
