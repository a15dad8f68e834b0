// `npm start`: the App where it has credentials, or must have them; else the sandbox.
import { requireEnvFile } from './app/env-file.ts';

/** One of them is enough: the App says which others are missing. */
const CREDENTIALS = ['APP_ID', 'PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'WEBHOOK_SECRET'];

requireEnvFile();
const asksForSandbox = process.argv.length > 2;
const isApp = process.env['NODE_ENV'] === 'production' || CREDENTIALS.some((name) => process.env[name]);
await (isApp && !asksForSandbox ? import('./app/main.ts') : import('./sandbox/main.ts'));
