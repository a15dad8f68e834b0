// `doctor`: is everything in place? Server, token, permissions, configuration.
import { jsonOption, type CliCommand } from '../command.ts';
import { examine, type Finding } from '../doctor/examine.ts';
import { exitCodes } from '../exit-code.ts';
import { createStyle, plain, type Paint, type Style } from '../style.ts';

export const doctor: CliCommand = {
  name: 'doctor',
  arguments: '[repository]',
  summary: 'say what is in place and what is missing: server, token, permissions granted against needed, configuration',
  examples: ['yardstick doctor', 'yardstick doctor acme/infra', 'yardstick doctor https://github.com/acme/infra --json'],
  options: [jsonOption],
  run: async ({ args, options, desk }) => {
    const findings = await examine(desk, args[0] ?? null);
    desk.print(options.has('json') ? `${JSON.stringify({ findings }, null, 2)}\n` : render(findings, createStyle(desk)));
    return findings.some(({ state }) => state === 'missing') ? exitCodes.setup : exitCodes.pass;
  },
};

const marks: Readonly<Record<Finding['state'], readonly [string, Paint]>> = { fine: ['ok', 'green'], missing: ['missing', 'red'], unknown: ['unknown', 'yellow'] };

function render(findings: readonly Finding[], style: Style): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings.map(({ what, state, text, remedy }) => {
    const [word, paint] = marks[state];
    const line = `${what.padEnd(width)}  ${style(paint, word.padEnd(7))}  ${plain(text)}`;
    return remedy === null ? `${line}\n` : `${line}\n${' '.repeat(width + 11)}${plain(remedy)}\n`;
  }).join('');
}
