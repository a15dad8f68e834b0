// How the tests run: all of test/, a generous time limit because the end-to-end ones start real servers.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 180_000, allowOnly: false, passWithNoTests: false },
});
