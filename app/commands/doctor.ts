// `doctor`: is everything in place? Settings, the App on GitHub, its webhooks, the database, the sources. Changes nothing.
import { SetupError } from '../../src/errors.ts';
import { missing } from '../doctor/finding.ts';
import type { Finding } from '../doctor/finding.ts';
import { examineGitHub } from '../doctor/github.ts';
import { examineSources } from '../doctor/sources.ts';
import { examineStore } from '../doctor/store.ts';
import { createConnections } from '../github/connections.ts';
import { createPace } from '../github/pace.ts';
import { createRedaction, secretsOf } from '../redaction.ts';
import { parseSettings } from '../settings.ts';
import type { Settings } from '../settings.ts';
import type { Command, CommandInput } from './table.ts';

export const run: Command = async (input) => {
  const settings = settingsOf(input);
  if (settings instanceof SetupError) {
    input.say(render([missing('settings', settings.message, settings.remedy)]));
    return 1;
  }
  const { app, close } = createConnections(settings, createPace());
  const sources = settings.allowances.flatMap(({ repositories, offer }) => [...offer.sources.values()].map((source) => ({ place: repositories.join(', '), source })));
  const examined = await Promise.all([examineGitHub(app), examineStore(input), examineSources(sources, input.env)]).finally(close);
  const findings = examined.flat();
  input.say(createRedaction(secretsOf(settings))(render(findings)));
  return findings.some(({ state }) => state === 'missing') ? 1 : 0;
};

function settingsOf({ env }: CommandInput): Settings | SetupError {
  try {
    return parseSettings(env);
  } catch (error) {
    if (error instanceof SetupError) return error;
    throw error;
  }
}

const WORDS: Readonly<Record<Finding['state'], string>> = { fine: 'ok', missing: 'missing', unknown: 'unsure' };

function render(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const indent = `\n${' '.repeat(width + 11)}`;
  return findings.map(({ what, state, text, remedy }) => `${what.padEnd(width)}  ${WORDS[state].padEnd(7)}  ${text.replaceAll('\n', indent)}${remedy === null ? '' : indent + remedy}`).join('\n');
}
