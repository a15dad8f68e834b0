// The command runs on Node 20: nothing newer is used but what cli/older-node.ts supplies.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** What came with Node 21 to 24, by name; methods of iterators are looked for where they are called on one. */
const newer = /\b(?:Object\.groupBy|Promise\.(?:withResolvers|try)|Array\.fromAsync|RegExp\.escape|Iterator\.from|import\.meta\.main|Error\.isError|Math\.sumPrecise)\b|[^t]\.(?:values|keys|entries|matchAll)\([^()]{0,40}\)\.(?:map|filter|some|every|find|take|drop|flatMap|reduce|toArray|forEach)\(|\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(|from 'node:(?:sqlite|sea)'/;

test('no source of the command needs a newer Node', () => {
  const files = ['src', 'cli'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => join(root, folder, file)));
  expect(files.length).toBeGreaterThan(50);
  const offenders = files.flatMap((file) => readFileSync(file, 'utf8').split('\n').flatMap((line, index) => (newer.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])));
  expect(offenders).toEqual([]);
});

test('Map.groupBy is supplied where it is missing', async () => {
  const own = Object.getOwnPropertyDescriptor(Map, 'groupBy');
  Reflect.deleteProperty(Map, 'groupBy');
  await import('../../cli/older-node.ts');
  const groups = Map.groupBy([1, 2, 3, 4], (value) => value % 2);
  expect([...groups]).toEqual([[1, [1, 3]], [0, [2, 4]]]);
  if (own) Object.defineProperty(Map, 'groupBy', own);
});
