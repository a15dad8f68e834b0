// Starts the App: Probot's server with our handlers.
import { run } from 'probot';
import { CONFIG_PATH } from '../src/config/reference.ts';
import { gateApp } from './gate-app.ts';

await run(gateApp({ configPath: CONFIG_PATH }));
