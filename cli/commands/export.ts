// `export`: the bets of a repository with their verdicts, as JSON, CSV or Markdown.
import { SetupError } from '../../src/errors.ts';
import { gatherExport } from '../../src/flows/export.ts';
import { createForgeReader } from '../../src/github/reader.ts';
import { EXPORT_FORMATS, renderExport, type ExportFormat } from '../../src/report/export.ts';
import { actingAs } from '../acting-as.ts';
import { jsonOption, type CliCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { connect, parseGitHubPlace } from '../github-connection.ts';

export const exportBets: CliCommand = {
  name: 'export',
  arguments: '<repository>',
  summary: 'write the bets of a repository with their verdicts as JSON, CSV or Markdown',
  examples: ['yardstick export acme/infra --json', 'yardstick export acme/infra --format csv > bets.csv', 'yardstick export https://github.com/acme/infra --by "yardstick-acme[bot]"'],
  options: [
    { flags: '--format <format>', text: `${EXPORT_FORMATS.join(', ')} (default: markdown)` },
    { flags: '--by <login>', text: 'who wrote the records (default: github-actions[bot], the workflow; an App has a bot of its own)' },
    jsonOption,
  ],
  run: async ({ args, options, desk }) => {
    const place = parseGitHubPlace(args[0] ?? '');
    if (place === null) throw new SetupError(`"${(args[0] ?? '').slice(0, 200)}" is no repository`, 'Write OWNER/REPO, or its URL.');
    const format = options.has('json') ? 'json' : formatOf(options.text('format') ?? 'markdown');
    const login = options.text('by') ?? 'github-actions[bot]';
    const transport = actingAs(connect(desk, place.host), { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' });
    const exported = await gatherExport(createForgeReader(transport, { home: null }), { repo: { owner: place.owner, repo: place.repo }, key: desk.env['YARDSTICK_SIGNING_KEY'] || null, at: desk.now() });
    desk.print(renderExport(format, exported));
    return exitCodes.pass;
  },
};

function formatOf(text: string): ExportFormat {
  const known = EXPORT_FORMATS.find((format) => format === text);
  if (known === undefined) throw new SetupError(`--format takes ${EXPORT_FORMATS.join(', ')}, not "${text.slice(0, 40)}"`, 'Write for example --format csv.');
  return known;
}
