// The file of the environment: `.env` in the folder where a program is called.
import { statSync } from 'node:fs';
import { SetupError } from '../src/errors.ts';

/** What is set already stays; a folder of this name is somebody else's. @throws SetupError where it cannot be read */
export function loadEnvFile(): void {
  try {
    if (statSync('.env', { throwIfNoEntry: false })?.isFile()) process.loadEnvFile('.env');
  } catch (error) {
    throw new SetupError(`.env cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`, 'Let this user read it, or call the program elsewhere.');
  }
}

/** As `loadEnvFile`, for a program that has begun nothing yet: it says what is wrong and ends. */
export function requireEnvFile(): void {
  try {
    loadEnvFile();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n${error.remedy}\n`);
    process.exit(2);
  }
}
