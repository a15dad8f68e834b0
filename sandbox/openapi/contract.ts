// Holds an exchange to GitHub's OpenAPI description: is the request one that GitHub takes, the answer one that it gives?
import { Ajv, type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recorded } from '../github/layer.ts';

interface Content { readonly content?: Readonly<Record<string, { readonly schema?: object }>>; readonly $ref?: string }
interface Operation { readonly requestBody?: Content; readonly responses: Readonly<Record<string, Content>> }
interface Fixture { readonly operations: Readonly<Record<string, Operation>>; readonly components: Readonly<Record<string, Readonly<Record<string, Content>>>> }

const fixture = JSON.parse(readFileSync(join(import.meta.dirname, 'github.json'), 'utf8')) as Fixture;
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, verbose: true });
ajv.addSchema({ $id: 'github', components: fixture.components });

const validators = new Map<object, ValidateFunction>();

function problemsOf(schema: object, value: unknown): readonly string[] {
  const known = validators.get(schema) ?? ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"github#/')) as object);
  validators.set(schema, known);
  if (known(value)) return [];
  return (known.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}, is ${JSON.stringify(error.data)?.slice(0, 80)}`);
}

/** Path parameters that may hold slashes. */
const DEEP = new Set(['path', 'basehead']);

const table = Object.entries(fixture.operations).map(([spec, operation]) => {
  const [method = '', path = ''] = spec.split(' ');
  const source = path.replace(/\{(\w+)\}/g, (_, name: string) => (DEEP.has(name) ? '.+' : '[^/]+'));
  return { spec, method, pattern: new RegExp(`^${source}$`), operation };
});

/** The operation that a request is, as GitHub's documentation writes it; null if the fixture has none. */
export function operationOf(request: Pick<Recorded, 'method' | 'path'>): { readonly spec: string; readonly operation: Operation } | null {
  const [path = ''] = request.path.split('?');
  const fits = table.filter((row) => row.method === request.method && row.pattern.test(path));
  return fits.toSorted((a, b) => a.spec.split('{').length - b.spec.split('{').length)[0] ?? null;
}

function resolve(content: Content | undefined): Content | undefined {
  if (content?.$ref === undefined) return content;
  const [, , kind = '', name = ''] = content.$ref.split('/');
  return fixture.components[kind]?.[name];
}

/** Where the real GitHub answers otherwise than it describes itself, and so does the sandbox. */
const DESCRIBED_WRONGLY: readonly RegExp[] = [
  // An account is a user or an enterprise; the description demands both at once.
  /^GET \/app\/installations(\?\S*)? answers \/\d+\/account /,
  // A label without a description has null there, in lists of pull requests too.
  /answers \/\d+\/labels\/\d+\/description must be string .* is null$/,
];

/**
 * Everything in which an exchange differs from the description, a sentence each.
 * Refusals that GitHub may give to any request (401, 403, 404, 429, 5xx) are held to nothing.
 */
export function deviations(exchange: Recorded): readonly string[] {
  if (exchange.path === '/graphql') return [];
  const found = operationOf(exchange);
  const name = `${exchange.method} ${exchange.path}`;
  if (found === null) return [`${name} is no operation that the fixture knows`];
  const request = found.operation.requestBody?.content?.['application/json']?.schema;
  const sent = request === undefined || exchange.body === '' || exchange.status === 422 ? [] : problemsOf(request, JSON.parse(exchange.body)).map((text) => `${name} sends ${text}`);
  if ([401, 403, 404, 429].includes(exchange.status) || exchange.status >= 500) return sent;
  const response = resolve(found.operation.responses[String(exchange.status)]);
  if (response === undefined) return [...sent, `${name} answers ${exchange.status}, which ${found.spec} never does`];
  const schema = response.content?.['application/json']?.schema;
  if (schema === undefined || typeof exchange.answer === 'string' || Buffer.isBuffer(exchange.answer)) return sent;
  const answered = problemsOf(schema, exchange.answer).map((text) => `${name} answers ${text}`);
  return [...sent, ...answered.filter((text) => !DESCRIBED_WRONGLY.some((known) => known.test(text)))];
}
