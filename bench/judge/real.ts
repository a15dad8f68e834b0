// Real series from a folder of CSV files (`timestamp,value`), where there is one.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from '../../cli/judge/csv.ts';
import type { Series } from './synthetic.ts';

/** Those long enough for a week of history and a day after it; null where the folder is not there. */
export function readRealSeries(folder: string): readonly Series[] | null {
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder).filter((file) => file.endsWith('.csv')).sort();
  return files.map((file) => readSeries(join(folder, file), file)).filter(({ times, values }) => times.at(-1)! - times[0]! > 12 * 86_400 && values.some((value) => value > 0));
}

function readSeries(path: string, file: string): Series {
  const points = parseCsv(readFileSync(path, 'utf8'), file).filter((point) => Number.isFinite(point[1])).toSorted((a, b) => a[0]! - b[0]!);
  const times = Float64Array.from(points, (point) => point[0]!);
  const steps = times.slice(1).map((time, i) => time - times[i]!).sort();
  return { family: 'real', name: file.replace(/\.csv$/, ''), step: steps[Math.floor(steps.length / 2)] ?? 300, times, values: Float64Array.from(points, (point) => point[1]!) };
}
