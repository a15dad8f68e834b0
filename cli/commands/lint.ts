// `lint`: is this configuration, is this hypothesis sound? Every problem with its line and column.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SetupError } from '../../src/errors.ts';
import { configPath } from '../change/given.ts';
import { jsonOption, type CliCommand, type Invocation } from '../command.ts';
import { readGivenText } from '../desk.ts';
import { exitCodes } from '../exit-code.ts';
import { lintText, parseKind, readCatalogue, type LintedFile } from '../lint.ts';
import { renderProblem } from '../problem-text.ts';
import { createStyle, plain, type Style } from '../style.ts';

export const lint: CliCommand = {
  name: 'lint',
  arguments: '[files...]',
  summary: 'check configuration and hypothesis files; ends with 1 if one has a problem',
  examples: ['yardstick lint', 'yardstick lint .github/yardstick.yml hypotheses/*.md', 'yardstick lint --as hypothesis - < body.md', 'yardstick lint hypotheses/redis.md --config ../.github/yardstick.yml --json'],
  options: [
    { flags: '--as <kind>', text: 'what the files are: config or hypothesis (default: told by name and content)' },
    { flags: '--config <file>', text: `the configuration whose metrics hypotheses may name (default: ${configPath} if it is there)` },
    jsonOption,
  ],
  run: async (invocation) => {
    const { options, desk } = invocation;
    const files = readNames(invocation);
    const kind = parseKind(options.text('as'));
    const catalogue = await readCatalogue(invocation);
    const linted: LintedFile[] = [];
    for (const file of files) linted.push(lintText(await readGivenText(desk, file), { file: file === '-' ? 'standard input' : file, kind, catalogue }));
    desk.print(options.has('json') ? `${JSON.stringify({ files: linted }, null, 2)}\n` : renderLinted(linted, createStyle(desk)));
    return linted.some(({ problems }) => problems.length > 0) ? exitCodes.fail : exitCodes.pass;
  },
};

/** The files that were named; unnamed, the configuration and the hypotheses where they usually lie. */
function readNames({ args, desk }: Invocation): readonly string[] {
  if (args.length > 0) return args;
  const folder = resolve(desk.cwd, 'hypotheses');
  const hypotheses = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:md|ya?ml)$/i.test(file)) : [];
  const usual = [...(existsSync(resolve(desk.cwd, configPath)) ? [configPath] : []), ...hypotheses.sort().map((file) => join('hypotheses', file))];
  if (usual.length === 0) throw new SetupError(`there is neither ${configPath} nor a file in hypotheses/ here`, 'Name the files: yardstick lint FILE...');
  return usual;
}

function renderLinted(linted: readonly LintedFile[], style: Style): string {
  const problems = linted.flatMap((file) => file.problems);
  const lines = linted.flatMap((file) => [...file.problems.map((problem) => renderProblem(problem, style)), ...file.notes.map(({ text }) => `${plain(file.file)}: note: ${plain(text)}`)]);
  const count = `${linted.length} ${linted.length === 1 ? 'file' : 'files'}`;
  const end = problems.length === 0 ? style('green', `${count} read, no problem`) : style('red', `${count} read, ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`);
  return `${[...lines, end].join('\n')}\n`;
}
