// Layout and comments against all that is more.
import { expect, test } from 'vitest';
import { reading } from './diff.ts';

test.each([
  ['re-aligned HCL', 'a.tf', '-a = 1\n-bbb = 2\n+a   = 1\n+bbb = 2', true],
  ['a comment more', 'a.yaml', ' a: 1\n+# why', true],
  ['a trailing comment', 'a.yaml', '-a: 1\n+a: 1 # why', true],
  ['an empty line', 'a.go', ' a()\n+\n b()', true],
  ['a list over lines', 'a.tf', '-a = ["x", "y"]\n+a = [\n+  "x",\n+  "y",\n+]', true],
  ['a value', 'a.yaml', '-a: 1\n+a: 2', false],
  ['indentation of YAML', 'a.yaml', ' a:\n-  b: 1\n+    b: 1', false],
  ['a hash in a string', 'a.yaml', '-a: "x #1"\n+a: "x #2"', false],
  ['blanks in a string', 'a.tf', '-a = "x y"\n+a = "x  y"', false],
  ['a key commented out', 'a.yaml', '-a: 1\n+# a: 1', false],
  ['prose', 'a.md', '-one\n+ one', false],
  ['two words made one', 'a.sh', '-foo bar\n+foobar', false],
])('%s', (_name, path, lines, expected) => expect(reading(path, lines).formattingOnly).toBe(expected));

test('a long line costs no time', () => {
  const start = performance.now();
  for (const unit of ['"', "'", '/*', ' ', '\\', '# ', '" \\']) reading('a.tf', `-${unit.repeat(30_000)}\n+${unit.repeat(30_001)}`);
  expect(performance.now() - start).toBeLessThan(2000);
});
