// The commands of `yardstick`: one file each, one line here.
import type { CliCommand } from '../command.ts';
import { backtest } from './backtest.ts';
import { check } from './check.ts';
import { doctor } from './doctor.ts';
import { explain } from './explain.ts';
import { exportBets } from './export.ts';
import { init } from './init.ts';
import { judge } from './judge.ts';
import { lint } from './lint.ts';
import { power } from './power.ts';
import { query } from './query.ts';
import { schema } from './schema.ts';

export const commands: readonly CliCommand[] = [init, check, explain, lint, backtest, doctor, judge, power, query, exportBets, schema];
