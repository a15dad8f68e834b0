// The metric sources that the operator allows, by owner or owner/repository. What a repository says of addresses is never asked: it is strangers' text, and we stand inside a network.
import { load } from 'js-yaml';
import { completeConfig } from '../src/config/complete.ts';
import { parseConfig } from '../src/config/parse.ts';
import type { RepoRef } from '../src/model/change.ts';
import type { Config } from '../src/model/config.ts';

/** `owner` or `owner/repo`, in lower case → its sources. */
export type OperatorSources = ReadonlyMap<string, Config['sources']>;

/** Reads the operator's file; what is wrong with it is added to `problems`. */
export function parseSources(text: string, problems: string[]): OperatorSources {
  const found = new Map<string, Config['sources']>();
  for (const [place, sources] of Object.entries(parseFile(text, problems))) {
    const parsed = parseConfig(JSON.stringify({ version: 1, sources }), place);
    if (parsed.ok) found.set(place.toLowerCase(), completeConfig([parsed.value]).sources);
    else problems.push(...parsed.problems.map(({ found: is, expected }) => `YARDSTICK_SOURCES, ${place}: ${is}; expected ${expected}`));
  }
  return found;
}

function parseFile(text: string, problems: string[]): object {
  try {
    const file = load(text);
    if (typeof file === 'object' && file !== null && !Array.isArray(file)) return file;
    problems.push('YARDSTICK_SOURCES names a file that is no mapping from `owner` or `owner/repository` to sources');
  } catch (error) {
    problems.push(`YARDSTICK_SOURCES is no YAML: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`);
  }
  return {};
}

/** Those of the repository win over its owner's. */
export function sourcesFor({ owner, repo }: RepoRef, all: OperatorSources): Config['sources'] {
  return new Map([...(all.get(owner.toLowerCase()) ?? []), ...(all.get(`${owner}/${repo}`.toLowerCase()) ?? [])]);
}
