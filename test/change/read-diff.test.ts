// Whole diffs: moves, both ends of a file, production, services, remarks, hostile input.
import { expect, test } from 'vitest';
import { readDiff } from '../../src/change/read-diff.ts';
import { parseUnifiedDiff } from '../../src/change/unified-diff.ts';
import type { FileEnds } from '../../src/model/change.ts';
import { OPTIONS, facts, gitDiff, reading, told, wholeFile } from './diff.ts';

function diffOf(...texts: readonly string[]): ReturnType<typeof readDiff> {
  return readDiff(parseUnifiedDiff(texts.join('')), OPTIONS);
}

test('the same value moved between files is nothing', () => {
  const left = gitDiff('config/common.yaml', ' hub:\n   resources:\n     limits:\n-      memory: 1Gi\n       cpu: 1');
  const arrived = gitDiff('config/prod.yaml', ' hub:\n   resources:\n     limits:\n+      memory: 1Gi\n       cpu: 1');
  expect(diffOf(left, arrived).facts).toEqual([]);
});

test('what a file that goes had is nothing new where it arrives, however often', () => {
  const arrived = (path: string, memory: string): string => gitDiff(path, ` hub:\n   resources:\n     limits:\n+      memory: ${memory}\n       cpu: 1`);
  const gone = (path: string): ReturnType<typeof wholeFile> => wholeFile(path, 'removed', 'resources:\n  limits:\n    memory: 1Gi');
  const files = parseUnifiedDiff(arrived('config/a.yaml', '1Gi') + arrived('config/b.yaml', '1Gi') + arrived('config/c.yaml', '2Gi'));
  expect(readDiff([...files, gone('config/common.yaml')], OPTIONS).facts.map(told)).toEqual(['memory-limit hub.resources.limits.memory:4 null → 2Gi added']);
});

test.each([
  ['another file under its name', '@@ -1,2 +1,3 @@\n-replicaCount: 1\n-image: x\n+hub:\n+  rbac:\n+    enabled: true', []],
  ['a knob added to a short file', '@@ -1 +1,2 @@\n-tag: 1\n+tag: 2\n+replicaCount: 3', ['replicas replicaCount:2 null → 3 added']],
])('%s', (_name, lines, expected) => expect(facts('values.yaml', lines)).toEqual(expected));

test('a value that gets a name is nothing, another value is a change', () => {
  const use = gitDiff('t/main.tf', ' resource "aws_ebs_volume" "x" {\n-  size = 130\n+  size = var.size\n }');
  const variable = (size: number): string => gitDiff('t/variables.tf', ` variable "a" {}\n+variable "size" {\n+  default = ${size}\n+}`);
  expect(diffOf(use, variable(130)).facts).toEqual([]);
  expect(diffOf(use, variable(140)).facts.map(told)).toEqual(['storage aws_ebs_volume.x.size:2 130 → var.size changed']);
});

test('what gets a name takes no other knob of the same value along', () => {
  const use = gitDiff('t/main.tf', ' module "gateway" {\n-  max_capacity = "2"\n+  max_capacity = var.max_capacity\n }');
  expect(diffOf(use, gitDiff('t/prod.tfvars', ' a = 1\n+max_capacity = 2\n+node_count = 2')).facts.map(told)).toEqual(['node-count node_count:3 null → 2 added']);
});

test('list items that shift are not mixed up', () => {
  const lines = ' pools:\n+- size: x\n+  minCount: 1\n - size: y\n-  minCount: 2\n+  minCount: 4';
  expect(facts('values.yaml', lines)).toContain('node-min pools[1].minCount:5 2 → 4 ×2 up');
});

test('a renamed parent still pairs', () => {
  expect(facts('values.yaml', '-web:\n-  replicas: 2\n+frontend:\n+  replicas: 4')).toEqual(['replicas frontend.replicas:2 2 → 4 ×2 up']);
});

const WHOLE = (cpu: string, memory: string): string =>
  ['orders:', '  image: a', '  resources:', '    requests:', '      note: 1', '      note2: 2', '      note3: 3', `      cpu: ${cpu}`, `      memory: ${memory}`, ''].join('\n');

test('a hunk too short to name its knob asks for the file, and gets the whole path from it', () => {
  const files = parseUnifiedDiff(gitDiff('values.yaml', '@@ -5,5 +5,5 @@\n       note: 1\n       note2: 2\n       note3: 3\n-      cpu: 1\n+      cpu: 2\n       memory: 1Gi'));
  const short = readDiff(files, OPTIONS);
  expect(short.facts).toEqual([]);
  expect(short.needsEnds).toEqual(['values.yaml']);
  const ends = new Map<string, FileEnds>([['values.yaml', { before: WHOLE('1', '1Gi'), after: WHOLE('2', '1Gi') }]]);
  const long = readDiff(files, { ...OPTIONS, ends });
  expect(long.facts.map(told)).toEqual(['cpu-request orders.resources.requests.cpu:8 1 → 2 ×2 up']);
  expect(long.needsEnds).toEqual([]);
});

test('a bare size whose disk is out of sight asks for the file', () => {
  expect(reading('t/a.tfvars', '@@ -50,3 +50,3 @@\n   "home" = {\n-    size = 504\n+    size = 570\n   }').needsEnds).toEqual(['t/a.tfvars']);
});

test('a setting in a text whose key is out of sight asks for the file', () => {
  expect(reading('cm.yaml', '@@ -50,3 +50,3 @@\n     shared_buffers = 1GB\n-    max_connections = 100\n+    max_connections = 200\n     fsync = on').needsEnds).toEqual(['cm.yaml']);
});

test('files that name no knob are not asked for', () => {
  expect(reading('values.yaml', '@@ -50,3 +50,3 @@\n       a: 1\n-      tag: 1\n+      tag: 2\n       b: 1').needsEnds).toEqual([]);
});

test.each([
  ['orders/prod/values.yaml', true], ['orders/staging/values.yaml', false], ['environments/dev/main.yaml', false], ['values-qa.yaml', false], ['values.yaml', true],
  ['accounts/dev-desktops-prod/values.yaml', true], ['clusters/nonprod/values.yaml', false], ['config/ci.example.org.yaml', true], ['sandbox/values.yaml', false],
])('%s is production: %s', (path, expected) => expect(reading(path, '-replicas: 1\n+replicas: 2').facts.map((fact) => fact.production)).toEqual([expected]));

test('the key of an environment says more than the path', () => {
  const lines = ' variable "replica_counts" {\n   default = {\n-    dev = 1\n+    dev = 2\n-    prod = 3\n+    prod = 4\n   }\n }';
  expect(reading('live/variables.tf', lines).facts.map((fact) => fact.production)).toEqual([false, true]);
});

test('globs decide over words, production over non-production', () => {
  const read = (path: string): boolean | undefined => reading(path, '-replicas: 1\n+replicas: 2', { nonProduction: ['eu/**', 'legacy/**'], production: ['eu/dev/**'] }).facts[0]?.production;
  expect([read('eu/dev/values.yaml'), read('eu/x/values.yaml'), read('us/x/values.yaml')]).toEqual([true, false, true]);
});

test.each([
  ['charts/orders/values.yaml', '-replicas: 1\n+replicas: 2', 'orders'],
  ['k8s/prod/d.yaml', ' kind: Deployment\n metadata:\n   name: web\n spec:\n-  replicas: 1\n+  replicas: 2', 'web'],
  ['compose.yaml', ' services:\n   db:\n-    mem_limit: 1g\n+    mem_limit: 2g', 'db'],
  ['values.yaml', '-replicas: 1\n+replicas: 2', null],
])('%s belongs to a service', (path, lines, service) => expect(reading(path, lines).facts.map((fact) => fact.service)).toEqual([service]));

test('the configured map of services comes first', () => {
  expect(reading('charts/orders/values.yaml', '-replicas: 1\n+replicas: 2', { services: new Map([['shop', ['charts/o*/**']]]) }).facts[0]?.service).toBe('shop');
});

test('presets choose the formats', () => {
  expect(reading('t/a.tfvars', '-desired_capacity = 1\n+desired_capacity = 2', { presets: ['helm'] }).facts).toEqual([]);
});

test.each([
  ['an autoscaler beside it', ' autoscaling:\n   enabled: true\n-replicaCount: 2\n+replicaCount: 3', 'an autoscaler sets this count'],
  ['a default instead', ' a: 1\n-replicaCount: 2', 'without it Kubernetes runs 1 replica, or what an autoscaler sets'],
])('remark: %s', (_name, lines, remark) => expect(reading('values.yaml', lines).facts[0]?.remarks).toEqual([remark]));

const HPA = 'kind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef:\n    name: web\n  maxReplicas: 8';

test('a new autoscaler is a fact, unless its workload is new too', () => {
  const hpa = wholeFile('k/hpa.yaml', 'added', HPA);
  const deployment = wholeFile('k/d.yaml', 'added', 'kind: Deployment\nspec:\n  replicas: 2');
  expect(readDiff([hpa], OPTIONS).facts.map(told)).toEqual(['autoscaler-max spec.maxReplicas:5 null → 8 added']);
  expect(readDiff([deployment], OPTIONS).facts).toEqual([]);
  expect(readDiff([hpa, deployment], OPTIONS).facts).toEqual([]);
});

test('a renamed file compares with what it was', () => {
  const text = 'diff --git a/a/values.yaml b/b/values.yaml\nsimilarity index 90%\nrename from a/values.yaml\nrename to b/values.yaml\n--- a/a/values.yaml\n+++ b/b/values.yaml\n@@ -1 +1 @@\n-replicas: 2\n+replicas: 3\n';
  expect(diffOf(text).facts.map((fact) => [fact.file, fact.from, fact.to])).toEqual([['b/values.yaml', '2', '3']]);
});

test.each([
  ['braces', 'a.tf', '{'], ['brackets', 'a.tf', '['], ['quotes', 'a.tf', '"'], ['interpolations', 'a.tf', '"${'], ['keys', 'a.tf', 'replicas = '], ['dashes', 'a.yaml', '- '], ['colons', 'a.yaml', 'replicas: '],
  ['anchors', 'a.yaml', 'replicas: &a '], ['flows', 'a.yaml', '{replicas: '], ['block scalars', 'a.yaml', 'replicas: |'], ['heredocs', 'a.tf', 'replicas = <<A '], ['words', 'a.json', 'replicas:'], ['expressions', 'a.tf', 'count = 1 ? '],
])('64 kB of %s take a moment', (_name, path, unit) => {
  const line = unit.repeat(Math.ceil(65_536 / unit.length));
  const lines = `${unit}\n`.repeat(Math.ceil(65_536 / (unit.length + 1)));
  const start = performance.now();
  for (const text of [line, lines]) diffOf(`diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1,0 +1,${text.split('\n').length} @@\n${text.split('\n').map((one) => `+${one}`).join('\n')}`);
  expect(performance.now() - start).toBeLessThan(3000);
});
