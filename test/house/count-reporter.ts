// Writes the plain closing line of a test run, `N passed, N failed`, to a file that the project's gate prints last.
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

const FILE = 'node_modules/.cache/yardstick-count.txt';

export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) for (const test of module.children.allTests()) count[test.result().state] += 1;
    mkdirSync('node_modules/.cache', { recursive: true });
    writeFileSync(FILE, `${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}\n`);
  }
}
