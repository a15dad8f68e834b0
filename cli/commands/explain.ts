// `explain`: why is this change in scope, and which rule said what?
import { renderJson } from '../../src/report/json.ts';
import type { Finding } from '../../src/model/decision.ts';
import { changeOptions } from '../change/given.ts';
import { decideGivenChange } from '../change/read.ts';
import { jsonOption, type CliCommand } from '../command.ts';
import { renderDecision } from '../decision-text.ts';
import { exitCodes } from '../exit-code.ts';
import { createStyle, plain, type Style } from '../style.ts';

export const explain: CliCommand = {
  name: 'explain',
  arguments: '[pull-request]',
  summary: 'say which rule said what, and why; ends with 0 whatever the verdict',
  examples: ['yardstick explain --base main', 'yardstick explain --diff change.diff --label scaling', 'yardstick explain https://github.com/acme/infra/pull/42 --json'],
  options: [...changeOptions, jsonOption],
  run: async (invocation) => {
    const { options, desk } = invocation;
    const { decision } = await decideGivenChange(invocation);
    const { findings } = decision;
    const style = createStyle(desk);
    desk.print(options.has('json') ? `${JSON.stringify({ ...renderJson(decision), findings }, null, 2)}\n` : `${renderDecision({ ...decision, draft: null }, style)}\n${renderFindings(findings, style)}`);
    return exitCodes.pass;
  },
};

const marks: Readonly<Record<Finding['outcome'], readonly [string, 'green' | 'dim']>> = { met: ['yes', 'green'], 'not-met': ['no', 'dim'], 'not-applicable': ['-', 'dim'] };

function renderFindings(findings: readonly Finding[], style: Style): string {
  const width = Math.max(0, ...findings.map(({ rule }) => rule.length));
  const lines = findings.map(({ rule, outcome, text }) => {
    const [word, paint] = marks[outcome];
    return `  ${rule.padEnd(width)}  ${style(paint, word.padEnd(3))}  ${plain(text)}`;
  });
  return `${style('bold', 'Rules')}\n${lines.join('\n')}\n`;
}
