// Looks at everything a run depends on, one finding each.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseConfig } from '../../src/config/parse.ts';
import { SetupError } from '../../src/errors.ts';
import { expectOk } from '../../src/github/answers.ts';
import { at, count } from '../../src/github/json.ts';
import { readText, TEXT_MAX } from '../../src/github/text.ts';
import type { Transport } from '../../src/github/transport.ts';
import type { RepoRef } from '../../src/model/change.ts';
import type { TextReading } from '../../src/ports/forge.ts';
import { configPath } from '../change/given.ts';
import { readGivenText, type Desk } from '../desk.ts';
import { tellError } from '../exit-code.ts';
import { connect, parseGitHubPlace } from '../github-connection.ts';
import { renderPlace } from '../problem-text.ts';
import { examinePermissions } from './permissions.ts';

export interface Finding {
  readonly what: string;
  readonly state: 'fine' | 'missing' | 'unknown';
  readonly text: string;
  readonly remedy: string | null;
}

/** Never throws for what it examines: what is wrong is a finding. */
export async function examine(desk: Desk, place: string | null): Promise<readonly Finding[]> {
  const node = examineNode(process.versions.node);
  if (place === null) return [node, await examineLocalConfig(desk)];
  const repo = parseGitHubPlace(place);
  if (repo === null) throw new SetupError(`"${place.slice(0, 200)}" is not a repository`, 'Write OWNER/REPO or its URL.');
  let transport: Transport;
  try {
    transport = connect(desk, repo.host);
  } catch (error) {
    return [node, toldAs('token', error)];
  }
  const server = await examineServer(transport, desk);
  if (server.state === 'missing') return [node, server];
  const [permissions, config] = await Promise.all([examinePermissions(transport, repo), examineRemoteConfig(transport, repo)]);
  return [node, server, ...permissions, config];
}

function examineNode(version: string): Finding {
  const fine = Number(version.split('.')[0]) >= 20;
  return { what: 'node', state: fine ? 'fine' : 'missing', text: `version ${version}`, remedy: fine ? null : 'Install Node 20 or newer.' };
}

async function examineServer(transport: Transport, desk: Desk): Promise<Finding> {
  const started = desk.spent().seconds;
  try {
    const limits = expectOk(await transport({ method: 'GET', path: '/rate_limit' }), 'the rate limit');
    const [left, limit] = [count(at(limits, 'resources', 'core', 'remaining')), count(at(limits, 'resources', 'core', 'limit'))];
    const took = Math.round((desk.spent().seconds - started) * 1000);
    return { what: 'GitHub', state: 'fine', text: `answers in ${took} ms; ${left ?? '?'} of ${limit ?? '?'} requests left this hour`, remedy: null };
  } catch (error) {
    return toldAs('GitHub', error);
  }
}

async function examineLocalConfig(desk: Desk): Promise<Finding> {
  if (!existsSync(resolve(desk.cwd, configPath))) return judgeConfig({ kind: 'absent' });
  return judgeConfig({ kind: 'text', text: await readGivenText(desk, configPath) });
}

async function examineRemoteConfig(transport: Transport, repo: RepoRef): Promise<Finding> {
  try {
    return judgeConfig(await readText(transport, { repo, file: configPath }, { ref: null, max: TEXT_MAX }));
  } catch (error) {
    return toldAs('configuration', error);
  }
}

function judgeConfig(reading: TextReading): Finding {
  const what = 'configuration';
  if (reading.kind === 'absent') return { what, state: 'fine', text: `no ${configPath}: the organisation's or the defaults apply`, remedy: 'yardstick init writes one to begin with.' };
  if (reading.kind !== 'text') return { what, state: 'missing', text: `${configPath} cannot be read: ${reading.why}`, remedy: 'Save it as plain UTF-8 text.' };
  const parsed = parseConfig(reading.text, configPath);
  if (parsed.ok) return { what, state: 'fine', text: `${configPath} is sound`, remedy: null };
  const [first] = parsed.problems;
  const text = first === undefined ? 'broken' : `${renderPlace(first)}found ${first.found}, expected ${first.expected}`;
  return { what, state: 'missing', text: parsed.problems.length > 1 ? `${text} (and ${parsed.problems.length - 1} more)` : text, remedy: 'yardstick lint shows every problem with its remedy.' };
}

function toldAs(what: string, error: unknown): Finding {
  const { message, remedy } = tellError(error);
  return { what, state: 'missing', text: message, remedy };
}
