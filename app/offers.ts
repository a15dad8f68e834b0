// What the operator offers a repository. What a repository says of addresses is never asked: it is strangers' text, and we stand inside a network.
import ignore from 'ignore';
import { parseOffers, type Allowance } from '../src/config/offers.ts';
import type { RepoRef } from '../src/model/change.ts';
import type { Offer } from '../src/model/config.ts';
import type { Environment } from './environment.ts';

/** Reads the operator's text; what is wrong with it, and each secret that the environment lacks, is added to `problems`. */
export function readOffers(text: string, file: string, { env, problems }: { readonly env: Environment; readonly problems: string[] }): readonly Allowance[] {
  const parsed = parseOffers(text, file);
  if (!parsed.ok) {
    problems.push(...parsed.problems.map(({ place, found, expected, remedy }) => `${place === null ? file : `${place.file}:${place.line}:${place.column}`}: ${found}; expected ${expected}; ${remedy}`));
    return [];
  }
  const unset = new Set(parsed.value.flatMap(({ offer }) => [...offer.sources.values()]).flatMap(({ name, url, headers }) => variablesIn([url ?? '', ...headers.values()]).filter((variable) => !env[variable]).map((variable) => `${variable} is not set: the source \`${name}\` in ${file} needs it`)));
  problems.push(...unset);
  return parsed.value;
}

/** The names of all that the sources want of the environment. */
export function variablesOf(all: readonly Allowance[]): readonly string[] {
  return all.flatMap(({ offer }) => [...offer.sources.values()]).flatMap(({ url, headers }) => variablesIn([url ?? '', ...headers.values()]));
}

function variablesIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => [...text.matchAll(/\$\{([A-Z0-9_]+)\}/g)].map(([, name = '']) => name));
}

/** All that is offered to a repository; of entries that match the later one counts, name by name. */
export function offerFor({ owner, repo }: RepoRef, all: readonly Allowance[]): Offer {
  const offers = all.filter(({ repositories }) => matches(repositories, `${owner}/${repo}`)).map(({ offer }) => offer);
  const sources = new Map(offers.flatMap(({ sources: named }) => [...named]));
  // Who replaces a source says anew who may write queries on it.
  const open = [...sources.keys()].filter((name) => offers.findLast((offer) => offer.sources.has(name))?.open.has(name));
  return { sources, metrics: new Map(offers.flatMap(({ metrics }) => [...metrics])), open: new Set(open) };
}

/** As in a `.gitignore`, from the root on and whatever the case. An owner stands for each of its repositories, so that `!` can take one out again. */
function matches(globs: readonly string[], name: string): boolean {
  const rooted = globs.map((glob) => glob.replace(/^(!?)(.*)$/, (_, not: string, rest: string) => `${not}/${rest}${rest.includes('/') ? '' : '/*'}`));
  return ignore().add(rooted).ignores(name);
}
