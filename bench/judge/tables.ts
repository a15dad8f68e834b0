// What the bench prints: error rates of the judge beside the usual methods.
import type { Word } from '../../src/judge/verdict.ts';
import { effectNames } from './effects.ts';
import { renderTable, score, share, type Told } from './score.ts';
import type { BenchTrial } from './trials.ts';

export interface Judged {
  readonly bench: BenchTrial;
  /** By method. */
  readonly verdicts: Readonly<Record<string, Word>>;
}

type Keep = (bench: BenchTrial) => boolean;

function told(judged: readonly Judged[], method: string, keep: Keep): readonly Told[] {
  return judged.filter(({ bench }) => keep(bench)).map(({ bench, verdicts }) => ({ truth: bench.truth, verdict: verdicts[method]! }));
}

const isCore: Keep = ({ group }) => group === 'core';
const isKeptGoal: Keep = ({ group, truth, promised }) => group === 'core' && truth === true && promised.kind === 'fall';

/** Right, wrong and open, of all core trials that `keep` keeps. */
export function renderHeadline(judged: readonly Judged[], methods: readonly string[], keep: Keep): string {
  const rows = methods.map((method) => {
    const all = told(judged, method, (bench) => isCore(bench) && keep(bench));
    const { trials, right, wrong, open } = score(all);
    const goals = told(judged, method, (bench) => isKeptGoal(bench) && keep(bench));
    const green = told(judged, method, (bench) => isCore(bench) && keep(bench) && bench.promised.kind === 'fall').filter(({ verdict }) => verdict === 'met');
    return [method, String(trials), share(right, trials), share(wrong, trials), (100 * open / Math.max(trials, 1)).toFixed(1), share(goals.filter(({ verdict }) => verdict === 'met').length, goals.length), share(green.filter(({ truth }) => truth !== true).length, green.length)];
  });
  return renderTable(['method', 'trials', 'right %', 'wrong %', 'inconclusive %', 'power %', 'false among goals called met %'], rows);
}

/** Of the goals that were kept, the share called met. */
export function renderPower(judged: readonly Judged[], methods: readonly string[]): string {
  const rows = methods.flatMap((method) => effectNames.map((effect) => {
    const cells = [1, 3, 7].map((days) => {
      const goals = told(judged, method, (bench) => bench.truth === true && bench.promised.kind === 'fall' && (isCore(bench) || bench.group === 'peak pair') && bench.effect === effect && bench.days === days);
      return goals.length === 0 ? '-' : `${Math.round((100 * goals.filter(({ verdict }) => verdict === 'met').length) / goals.length)} (${goals.length})`;
    });
    return [method, effect, ...cells];
  }));
  return renderTable(['method', 'effect', '1 day', '3 days', '7 days'], rows);
}

/** Right % / wrong % by where a series comes from. */
export function renderFamilies(judged: readonly Judged[], methods: readonly string[]): string {
  const families = [...new Set(judged.map(({ bench }) => bench.family))].sort();
  const rows = methods.map((method) => [method, ...families.map((family) => {
    const { trials, right, wrong } = score(told(judged, method, (bench) => isCore(bench) && bench.family === family && bench.promised.kind !== 'level'));
    return `${((100 * right) / trials).toFixed(0)} / ${((100 * wrong) / trials).toFixed(1)} (${trials})`;
  })]);
  return renderTable(['right / wrong %', ...families], rows);
}

/** Never decided wrongly; nothing to see must be left open. */
export function renderDefects(judged: readonly Judged[], methods: readonly string[]): string {
  const kinds = [...new Set(judged.flatMap(({ bench }) => bench.defect ?? []))].sort();
  const handled = (method: string, keep: Keep): string => {
    const { trials, wrong } = score(told(judged, method, (bench) => keep(bench)));
    return share(trials - wrong, trials);
  };
  const rows = methods.map((method) => [method, handled(method, ({ group }) => group === 'defect'), ...kinds.map((kind) => handled(method, ({ defect }) => defect === kind).replace(/ .*/, ''))]);
  return renderTable(['handled right %', 'all defects', ...kinds], rows);
}

export function renderDeployments(judged: readonly Judged[], methods: readonly string[]): string {
  const rows = methods.map((method) => {
    const shifting = score(told(judged, method, ({ group, truth }) => group === 'deployment' && truth === null));
    const harmless = score(told(judged, method, ({ group, truth }) => group === 'deployment' && truth !== null));
    return [method, share(shifting.open, shifting.trials), share(harmless.right, harmless.trials), share(harmless.wrong, harmless.trials)];
  });
  return renderTable(['method', 'shifting: left open %', 'harmless: right %', 'harmless: wrong %'], rows);
}

/** The same effect at peak hours only, with `at peak`, and at all hours, with the plain words. */
export function renderPeaks(judged: readonly Judged[], methods: readonly string[]): string {
  const rows = methods.map((method) => {
    const met = (effect: string): number => told(judged, method, (bench) => bench.group === 'peak pair' && bench.effect === effect && bench.truth === true).filter(({ verdict }) => verdict === 'met').length;
    const pairs = judged.filter(({ bench }) => bench.group === 'peak pair' && bench.effect === 'at peak').length;
    return [method, String(pairs), share(met('at peak'), pairs), share(met('multiplicative'), pairs), (met('at peak') / Math.max(met('multiplicative'), 1)).toFixed(2)];
  });
  return renderTable(['method', 'pairs', 'at peak: met %', 'all hours: met %', 'ratio'], rows);
}
