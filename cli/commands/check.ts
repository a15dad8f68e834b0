// `check`: what would the gate say to this change?
import { renderJson } from '../../src/report/json.ts';
import { changeOptions } from '../change/given.ts';
import { decideGivenChange } from '../change/read.ts';
import { jsonOption, type CliCommand } from '../command.ts';
import { renderDecision } from '../decision-text.ts';
import { exitCodeOfVerdict } from '../exit-code.ts';
import { createStyle } from '../style.ts';

export const check: CliCommand = {
  name: 'check',
  arguments: '[pull-request]',
  summary: 'say what the gate says to a pull request, a branch or a diff',
  examples: [
    'yardstick check https://github.com/acme/infra/pull/42',
    'yardstick check --base origin/main',
    'yardstick check --base main...more-replicas --body body.md -C ../infra',
    'git diff main...HEAD | yardstick check --diff - --body body.md --config .github/yardstick.yml --json',
  ],
  options: [...changeOptions, jsonOption],
  run: async (invocation) => {
    const { options, desk } = invocation;
    const { decision } = await decideGivenChange(invocation);
    desk.print(options.has('json') ? `${JSON.stringify(renderJson(decision), null, 2)}\n` : renderDecision(decision, createStyle(desk)));
    return exitCodeOfVerdict(decision.verdict);
  },
};
