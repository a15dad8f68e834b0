// Starts the command line of this process.
import { setFlagsFromString } from 'node:v8';
import './older-node.ts';
import { processDesk } from './desk.ts';
import { runCli } from './program.ts';

// A backtest streams: what it makes is soon garbage, and V8 would rather grow than collect (320 MiB instead of 180, at the same speed).
if (process.argv[2] === 'backtest') for (const flag of ['--semi-space-growth-factor=1', '--heap-growing-percent=20']) setFlagsFromString(flag);

process.exitCode = await runCli(process.argv.slice(2), processDesk());
