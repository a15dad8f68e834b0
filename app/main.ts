// Starts the App from its environment, and stops it when it is told to.
import { existsSync } from 'node:fs';
import { SetupError } from '../src/errors.ts';
import { startApp } from './app.ts';
import { openDeskThread } from './desk/thread.ts';
import { createLog } from './log.ts';
import { parseSettings } from './settings.ts';

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const settings = parseSettings(process.env);
  const app = await startApp(settings, createLog(settings.logLevel), openDeskThread);
  let stopping: Promise<void> | null = null;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stopping ??= app.stop().then(() => process.exit(0), () => process.exit(1));
    });
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n${error.remedy}\n`);
  process.exitCode = 2;
}
