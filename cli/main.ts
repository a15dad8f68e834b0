// Starts the command line of this process.
import { setFlagsFromString } from 'node:v8';
import './older-node.ts';
import { processDesk } from './desk.ts';
import { runCli } from './program.ts';

// A backtest streams: what it makes is soon garbage, and V8 would rather let its young space grow than collect (320 MiB instead of 200, and slower).
if (process.argv[2] === 'backtest') setFlagsFromString('--semi-space-growth-factor=1');

process.exitCode = await runCli(process.argv.slice(2), processDesk());
