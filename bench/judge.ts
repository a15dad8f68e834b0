// How often is the judge right? Fake deployments and injected effects on real and made-up series, beside the usual methods.
// node bench/judge.ts [--n TRIALS] [--seed N] [--series FOLDER]
import { parseArgs } from 'node:util';
import { judgeCriterion } from '../src/judge/judge.ts';
import { createChance } from './judge/chance.ts';
import { createEventTrial, drawEvents } from './judge/events.ts';
import { kayenta, placebo, threshold, welch, type Method } from './judge/others.ts';
import { readRealSeries } from './judge/real.ts';
import { renderTable, score, share } from './judge/score.ts';
import { drawSynthetic } from './judge/synthetic.ts';
import { renderDefects, renderDeployments, renderFamilies, renderHeadline, renderPeaks, renderPower, type Judged } from './judge/tables.ts';
import { drawTrials } from './judge/trials.ts';

const { values: given } = parseArgs({ options: { n: { type: 'string', default: '2400' }, seed: { type: 'string', default: '1' }, series: { type: 'string', default: '../shared/data/series' } } });
const wanted = Number(given.n);
const chance = createChance(Number(given.seed));
const real = readRealSeries(given.series);
console.log(real === null ? `No real series at ${given.series}: made-up ones only.` : `${real.length} real series at ${given.series}, and made-up ones; half the trials each.`);

let spent = 0;
const yardstick: Method = ({ trial }) => {
  const at = performance.now();
  const { verdict } = judgeCriterion(trial);
  spent += performance.now() - at;
  return verdict;
};
const methods: Readonly<Record<string, Method>> = { yardstick, threshold, kayenta, welch, 'placebo-t': placebo };
const names = Object.keys(methods);

const judged: Judged[] = [];
while (judged.length < wanted) {
  const draw = () => (real !== null && chance.happens(0.5) ? chance.pick(real) : drawSynthetic(chance));
  for (const bench of drawTrials(chance, draw)) judged.push({ bench, verdicts: Object.fromEntries(names.map((name) => [name, methods[name]!(bench)])) });
}

const section = (title: string, table: string): void => console.log(`\n### ${title}\n\n${table}`);
section('Promises kept and broken: % of all core trials [95 %]', renderHeadline(judged, names, () => true));
section('The same without absolute goals (`m < V`), which are nearly free points', renderHeadline(judged, names, ({ promised }) => promised.kind !== 'level'));
section('By series, without absolute goals', renderFamilies(judged, names));
section('Power: kept goals called met, % (trials), by effect and window', renderPower(judged, names));
section('Effects at peak hours only, in pairs with the same effect at all hours', renderPeaks(judged, names));
section('Defects: missing data, lost metrics, incidents …', renderDefects(judged, names));
section('Other deployments in the window', renderDeployments(judged, names));

const events = Array.from({ length: Math.ceil(wanted / 6) }, () => drawEvents(chance));
const forms = [...new Set(events.map(({ form }) => form))].sort();
const eventRows = forms.map((form) => {
  const { trials, right, wrong, open } = score(events.filter((event) => event.form === form).map(({ trial, truth }) => ({ truth, verdict: judgeCriterion(trial).verdict })));
  return [form, String(trials), share(right, trials), share(wrong, trials), ((100 * open) / trials).toFixed(1)];
});
const daily = Array.from({ length: Math.ceil(wanted / 12) }, () => judgeCriterion(createEventTrial(chance, 'no more oom_kills', { before: 1, after: 0, burst: 1, historyDays: 28, days: 14 })).verdict);
eventRows.push(['one a day, then none in 14 days', String(daily.length), share(daily.filter((verdict) => verdict === 'met').length, daily.length), share(daily.filter((verdict) => verdict === 'missed').length, daily.length), ((100 * daily.filter((verdict) => verdict === 'inconclusive').length) / daily.length).toFixed(1)]);
section('Rare events', renderTable(['form', 'trials', 'right %', 'wrong %', 'inconclusive %'], eventRows));
console.log(`\n${judged.length} trials, ${(spent / judged.length).toFixed(1)} ms a verdict.`);
