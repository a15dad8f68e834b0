// A decision as text for a terminal: the title, what it rests on, and what to do.
import type { CostReport, ScalingFact } from '../src/model/change.ts';
import type { Decision, Verdict } from '../src/model/decision.ts';
import { renderTitle } from '../src/report/title.ts';
import { renderProblem } from './problem-text.ts';
import { plain, type Paint, type Style } from './style.ts';

const paints: Readonly<Record<Verdict, Paint>> = { pass: 'green', fail: 'red', neutral: 'yellow' };

/** Facts that are listed; the rest is counted. */
const factsShown = 30;

export function renderDecision(decision: Decision, style: Style): string {
  const { verdict, tier, intent, scope, facts, cost, problems, notes, draft } = decision;
  const bet = [`tier ${tier}`, intent === null ? null : `intent ${intent}`, `mode ${decision.mode}`, renderSource(decision)];
  const parts = [
    `${style(paints[verdict], verdict)}  ${style('bold', plain(renderTitle(decision)))}`,
    style('dim', plain(bet.filter(Boolean).join(' · '))),
    section('Scope', scope.map(({ rule, text }) => `${rule}: ${plain(text)}`), style),
    section('What it does', [...facts.slice(0, factsShown).map(renderFact), ...(facts.length > factsShown ? [`and ${facts.length - factsShown} more`] : []), ...costLine(cost)], style),
    section('Problems', problems.map((problem) => renderProblem(problem, style)), style),
    section('Notes', notes.map(({ text }) => plain(text)), style),
    draft === null ? '' : `${style('bold', 'A draft to copy, correct and put into the body')}\n\n${plain(draft)}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n').replace('\n\n', '\n')}\n`;
}

function renderSource({ config, configProblems }: Decision): string {
  if (config.place !== null) return `configuration ${config.place}`;
  return configProblems.length > 0 ? 'configuration broken: defaults' : 'no configuration: defaults';
}

function section(title: string, lines: readonly string[], style: Style): string {
  return lines.length === 0 ? '' : `${style('bold', title)}\n${lines.map((line) => line.replace(/^/gm, '  ')).join('\n')}`;
}

/** `replicas 3 → 12 (×4) charts/orders/values.yaml:14` */
export function renderFact({ path, from, to, factor, file, line, remarks }: ScalingFact): string {
  const times = factor === null ? '' : ` (×${Number(factor.toPrecision(3))})`;
  const remark = remarks.length === 0 ? '' : ` [${remarks.join('; ')}]`;
  return plain(`${path} ${from ?? '(unset)'} → ${to ?? '(unset)'}${times} ${file}:${line}${remark}`);
}

function costLine(cost: CostReport | null): readonly string[] {
  if (cost === null) return [];
  const sign = cost.monthlyDelta > 0 ? '+' : '';
  return [plain(`cost ${sign}${Math.round(cost.monthlyDelta * 100) / 100} ${cost.currency} a month, from ${cost.source}`)];
}
