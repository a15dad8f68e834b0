// Regenerates `github.json`: fetches GitHub's OpenAPI description into a temporary folder and keeps what `paths.ts` names.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPERATIONS } from './paths.ts';

/** Pinned, so that everybody gets the same fixture. 385 MB unpacked, hence no dependency. */
const PACKAGE = '@octokit/openapi@23.0.2';
const MEMBER = 'package/generated/api.github.com.json';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Tree = { readonly [key: string]: Json };

function readDescription(): Tree {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-openapi-'));
  try {
    const name = execFileSync('npm', ['pack', '--silent', PACKAGE], { cwd: folder, encoding: 'utf8' }).trim();
    execFileSync('tar', ['xzf', name, MEMBER], { cwd: folder });
    return JSON.parse(readFileSync(join(folder, MEMBER), 'utf8')) as Tree;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Words for readers, which a validator has no use for. Under `properties` the same words are names of fields, and stay. */
const PROSE = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'title', 'tags', 'default', 'deprecated', 'x-github', 'x-githubEnterpriseOverlays']);

function bare(value: Json, names: 'keywords' | 'fields'): Json {
  if (Array.isArray(value)) return value.map((item: Json) => bare(item, 'keywords'));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value as Tree).filter(([key]) => names === 'fields' || !PROSE.has(key));
  const tree = Object.fromEntries(kept.map(([key, item]) => [key, bare(item, key === 'properties' && names === 'keywords' ? 'fields' : 'keywords')]));
  return names === 'keywords' && tree['nullable'] === true ? nullable(tree) : tree;
}

/** OpenAPI's `nullable` in the words of JSON Schema. */
function nullable(schema: Tree): Json {
  const kept = Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'nullable'));
  return { anyOf: [kept, { type: 'null' }] };
}

/** Every `#/components/…` that a value leads to, through any number of references. */
function referenced(root: Tree, start: Json, found: Map<string, Json> = new Map()): Map<string, Json> {
  for (const [, pointer = ''] of JSON.stringify(start).matchAll(/"\$ref":"(#\/components\/[^"]+)"/g)) {
    if (found.has(pointer)) continue;
    const target = bare(at(root, pointer), 'keywords');
    found.set(pointer, target);
    referenced(root, target, found);
  }
  return found;
}

function at(root: Tree, pointer: string): Json {
  return pointer.split('/').slice(1).reduce<Json>((value, key) => (value as Tree)[key] ?? null, root);
}

/** What is kept of an operation: the shape of its request and the shapes of its answers. */
function operation(root: Tree, spec: string): Json {
  const [method = '', path = ''] = spec.split(' ');
  const found = at(root, '#/paths') as Tree;
  const { requestBody = null, responses = null } = ((found[path] as Tree | undefined)?.[method.toLowerCase()] ?? {}) as Tree;
  if (responses === null) throw new Error(`GitHub's description has no ${spec}`);
  return bare({ ...(requestBody !== null && { requestBody }), responses }, 'keywords');
}

const root = readDescription();
const operations = Object.fromEntries(OPERATIONS.map((spec) => [spec, operation(root, spec)]));
const components: Record<string, Record<string, Json>> = {};
for (const [pointer, value] of referenced(root, operations)) {
  const [, , kind = '', name = ''] = pointer.split('/');
  (components[kind] ??= {})[name] = value;
}
const file = join(import.meta.dirname, 'github.json');
writeFileSync(file, `${JSON.stringify({ source: PACKAGE, operations, components })}\n`);
process.stdout.write(`${file}: ${OPERATIONS.length} operations\n`);
