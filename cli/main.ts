// Starts the command line of this process.
import { processDesk } from './desk.ts';
import { runCli } from './program.ts';

process.exitCode = await runCli(process.argv.slice(2), processDesk());
