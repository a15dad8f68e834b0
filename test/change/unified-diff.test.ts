// What git diff writes, and what people paste.
import { expect, test } from 'vitest';
import { parseUnifiedDiff } from '../../src/change/unified-diff.ts';

const HUNK = '@@ -1 +1 @@\n-a\n+b';

test.each([
  ['a changed file', `diff --git a/x/y.tf b/x/y.tf\nindex 1..2 100644\n--- a/x/y.tf\n+++ b/x/y.tf\n${HUNK}\n`, { path: 'x/y.tf', previousPath: null, status: 'modified', patch: HUNK }],
  ['no prefix', `diff --git x/y.tf x/y.tf\n--- x/y.tf\n+++ x/y.tf\n${HUNK}`, { path: 'x/y.tf', previousPath: null, status: 'modified', patch: HUNK }],
  ['a new file', `diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+b\n`, { path: 'n', previousPath: null, status: 'added', patch: '@@ -0,0 +1 @@\n+b' }],
  ['a removed file', `diff --git a/n b/n\ndeleted file mode 100644\n--- a/n\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n`, { path: 'n', previousPath: null, status: 'removed', patch: '@@ -1 +0,0 @@\n-b' }],
  ['a renamed and changed file', `diff --git a/o b/n\nsimilarity index 90%\nrename from o\nrename to n\n--- a/o\n+++ b/n\n${HUNK}\n`, { path: 'n', previousPath: 'o', status: 'renamed', patch: HUNK }],
  ['a renamed file', 'diff --git a/o b/n\nsimilarity index 100%\nrename from o\nrename to n\n', { path: 'n', previousPath: 'o', status: 'renamed', patch: null }],
  ['a binary file', 'diff --git a/i.png b/i.png\nBinary files a/i.png and b/i.png differ\n', { path: 'i.png', previousPath: null, status: 'modified', patch: null }],
  ['a quoted path', `diff --git "a/\\303\\274 x.tf" "b/\\303\\274 x.tf"\n--- "a/\\303\\274 x.tf"\n+++ "b/\\303\\274 x.tf"\n${HUNK}\n`, { path: 'ü x.tf', previousPath: null, status: 'modified', patch: HUNK }],
  ['a path with a blank', 'diff --git a/a b.tf b/a b.tf\nold mode 100644\nnew mode 100755\n', { path: 'a b.tf', previousPath: null, status: 'modified', patch: null }],
  ['plain diff -u', `--- a.tf\t2024-01-01 10:00:00\n+++ a.tf\t2024-01-02 10:00:00\n${HUNK}\n`, { path: 'a.tf', previousPath: null, status: 'modified', patch: HUNK }],
  ['no newline at the end', `diff --git a/x b/x\n--- a/x\n+++ b/x\n${HUNK}\n\\ No newline at end of file\n`, { path: 'x', previousPath: null, status: 'modified', patch: `${HUNK}\n\\ No newline at end of file` }],
] as const)('%s', (_name, text, expected) => expect(parseUnifiedDiff(text)).toEqual([expected]));

test('a removed line of dashes is no header', () => {
  const text = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n--- a\n+++ b\n c\ndiff --git a/y b/y\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n';
  expect(parseUnifiedDiff(text).map((file) => file.path)).toEqual(['x', 'y']);
});

test('Windows line ends stay in the patch and out of the paths', () => {
  const [file] = parseUnifiedDiff('diff --git a/x b/x\r\n--- a/x\r\n+++ b/x\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n');
  expect(file?.path).toBe('x');
  expect(file?.patch).toContain('+b');
});

test.each([[''], ['no diff at all'], ['@@ -1 +1 @@\n-a\n+b'], ['diff --git'], ['--- x\n+++ '], ['diff --git a/x b/x\n@@ broken']])('%j does not throw', (text) => {
  expect(Array.isArray(parseUnifiedDiff(text))).toBe(true);
});

test('ten megabytes take a moment', () => {
  const text = `diff --git a/x.yaml b/x.yaml\n--- a/x.yaml\n+++ b/x.yaml\n@@ -1 +1,400000 @@\n-a\n${'+replicas: 1 # a long line\n'.repeat(400_000)}`;
  const start = performance.now();
  expect(parseUnifiedDiff(text)).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(2000);
});
