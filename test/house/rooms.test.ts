// The structure of the house, read from the imports: who may import whom, and what pure rooms may not touch.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PURE = ['config', 'hypothesis', 'change', 'gate', 'experiment', 'judge', 'report'];
const FLOOR_1 = ['model', 'ports', 'quantity', 'errors', 'spelling', 'environment', 'metric-name'];
const HOSTS = ['action', 'app', 'cli', 'sandbox'];

interface Source {
  readonly path: string;
  readonly room: string;
  readonly imports: readonly { readonly to: string; readonly room: string | null; readonly typeOnly: boolean }[];
  readonly program: unknown;
  readonly text: string;
}

const sources = ['src', ...HOSTS].flatMap((folder) => filesIn(join(ROOT, folder))).map(readSource);
const offenders = (broken: (source: Source) => readonly string[]): readonly string[] => sources.flatMap((source) => broken(source).map((what) => `${source.path}: ${what}`));

test('there is something to read', () => {
  expect(sources.length).toBeGreaterThan(50);
});

test('floor 1 imports only floor 1, the nouns only types', () => {
  expect(offenders(({ room, imports }) => {
    if (!FLOOR_1.includes(room)) return [];
    const allowed = room === 'ports' ? ['model'] : room === 'quantity' ? ['quantity', 'model', 'errors'] : ['model'];
    return imports.filter((entry) => entry.room === null || !allowed.includes(entry.room) || (room !== 'quantity' && !entry.typeOnly)).map((entry) => `imports ${entry.to}`);
  })).toEqual([]);
});

test('pure rooms import floor 1 and their own folder', () => {
  const floor1 = ['model', 'quantity', 'errors', 'spelling', 'environment', 'metric-name'];
  expect(offenders(({ room, imports }) => {
    if (!PURE.includes(room)) return [];
    return imports.filter((entry) => entry.room !== null && entry.room !== room && !floor1.includes(entry.room)).map((entry) => `imports ${entry.to}`);
  })).toEqual([]);
});

test('pure rooms, plans and the event translation know no clock, no network, no disk', () => {
  const forbidden = /\b(Date\.now|new Date\(\)|Math\.random|process\.|fetch\(|console\.)|from 'node:(fs|http|https|net|child_process)|@octokit|@actions\//;
  expect(offenders(({ room, path, text }) => {
    const pure = PURE.includes(room) || path === 'src/effects/plan.ts' || path === 'src/github/events.ts';
    const hit = pure ? forbidden.exec(withoutComments(text)) : null;
    return hit ? [`uses ${hit[0]}`] : [];
  })).toEqual([]);
});

test('flows never import an adapter or a host', () => {
  expect(offenders(({ room, imports }) => (room === 'flows' ? imports.filter((entry) => ['github', 'git', 'metrics', 'compose', ...HOSTS].includes(entry.room ?? '')).map((entry) => `imports ${entry.to}`) : []))).toEqual([]);
});

test('only compose and the hosts import adapters', () => {
  expect(offenders(({ room, imports }) => {
    if (HOSTS.includes(room) || ['compose', 'github', 'git', 'metrics'].includes(room)) return [];
    return imports.filter((entry) => ['github', 'git', 'metrics'].includes(entry.room ?? '')).map((entry) => `imports ${entry.to}`);
  })).toEqual([]);
});

test('hosts never import each other, and nothing in src imports a host', () => {
  expect(offenders(({ room, path, imports }) => imports
    .filter((entry) => HOSTS.includes(entry.room ?? '') && entry.room !== room && !(room === 'sandbox' && path.startsWith('sandbox/')))
    .map((entry) => `imports ${entry.to}`))).toEqual([]);
});

test('only flows/run.ts causes writes', () => {
  expect(offenders(({ path, text }) => (/\bapplyEffects\(/.test(text) && !['src/flows/run.ts', 'src/effects/apply.ts'].includes(path) ? ['calls applyEffects'] : []))).toEqual([]);
});

test('no circle of imports', () => {
  const edges = new Map(sources.map((source) => [source.path, source.imports.filter((entry) => !entry.typeOnly && entry.room !== null).map((entry) => entry.to)]));
  expect([...edges.keys()].map((path) => circleFrom(path, edges)).filter(Boolean)).toEqual([]);
});

test('every file says its purpose in its first line, and no folder is a drawer', () => {
  expect(offenders(({ path, text }) => [
    ...(/^(#!.*\n)?\/\/ .{15,}/.test(text) ? [] : ['first line is no purpose']),
    ...(/\/(utils?|common|helpers?|misc)(\/|\.ts$)/.test(path) ? ['a drawer'] : []),
    ...(/^export (type )?(\*|\{[^}]*\}) from/m.test(text) ? ['a barrel'] : []),
  ])).toEqual([]);
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !/(^|\/)dist\//.test(file)).map((file) => join(folder, file));
}

function readSource(file: string): Source {
  const text = readFileSync(file, 'utf8');
  const path = relative(ROOT, file);
  const { module, program } = parseSync(file, text);
  const statics = module.staticImports.map((entry) => ({ specifier: entry.moduleRequest.value, typeOnly: entry.entries.length > 0 && entry.entries.every((name) => name.isType) }));
  const dynamics = module.dynamicImports.map((entry) => ({ specifier: text.slice(entry.moduleRequest.start, entry.moduleRequest.end).slice(1, -1), typeOnly: false }));
  const imports = [...statics, ...dynamics].map(({ specifier, typeOnly }) => {
    const to = specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier;
    return { to, room: specifier.startsWith('.') ? roomOf(to) : null, typeOnly };
  });
  return { path, room: roomOf(path), imports, program, text };
}

/** `src/gate/scope.ts` → gate; `src/ports/forge.ts` → ports; `cli/main.ts` → cli. */
function roomOf(path: string): string {
  const parts = path.split('/');
  return (parts[0] === 'src' ? (parts[1] ?? '') : (parts[0] ?? '')).replace(/\.ts$/, '');
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

function circleFrom(start: string, edges: ReadonlyMap<string, readonly string[]>): string | null {
  const seen = new Set<string>();
  const open: { path: string; trail: readonly string[] }[] = [{ path: start, trail: [start] }];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const to of edges.get(next.path) ?? []) {
      if (to === start) return [...next.trail, to].join(' → ');
      if (!seen.has(to)) {
        seen.add(to);
        open.push({ path: to, trail: [...next.trail, to] });
      }
    }
  }
  return null;
}
