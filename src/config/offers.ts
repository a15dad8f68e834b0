// The file of an App's operator: for whom which sources are asked, which metrics are defined on them, and who else may write queries.
import * as z from 'zod/mini';
import type { Offer } from '../model/config.ts';
import type { Parsed } from '../model/problem.ts';
import { OPERATOR_ALONE } from './admit.ts';
import { BUILT_IN_SOURCES, metrics, sourceShape } from './catalogue.ts';
import { parseChecked } from './check-text.ts';
import { checkTogether } from './checks.ts';
import { completeConfig } from './complete.ts';
import { entriesAt, textAt, type CheckFinding } from './finding.ts';
import { locateFinding, type Located } from './issues.ts';
import { nodeAt, type Node } from './node.ts';
import { documented, named, option, section } from './option.ts';
import { list, matching, oneOf } from './values.ts';

/** One entry: what is offered, and to which repositories. */
export interface Allowance {
  /** `owner`, `owner/repository` or globs of them; the last that matches counts, `!` takes out again. */
  readonly repositories: readonly string[];
  readonly offer: Offer;
}

const REPOSITORIES = 'an owner, a repository or a glob of them, such as `acme`, `acme/shop-*` or `!acme/playground`';

const source = section({
  ...sourceShape,
  queries: option(
    oneOf(['operator', 'repository']),
    'Who writes queries: the `operator` alone, below `metrics`, or each `repository` too, in its own configuration. Never SQL. Default `operator`.',
    'repository',
  ),
});

const allowance = section({
  repositories: documented(
    list(matching(/^!?[A-Za-z0-9._*?-]{1,100}(?:\/[A-Za-z0-9._*?-]{1,100})?$/, REPOSITORIES), 'a list of owners and repositories'),
    'Whose pull requests may have them: owners, repositories, globs of them; the last one that matches counts, and `!` takes out again.',
    ['acme', '!acme/playground'],
  ),
  sources: option(named(source, 'a mapping from source names to sources'), 'The sources that are asked, by name; no other ever is.', { prom: { type: 'prometheus', url: 'http://prometheus:9090' } }),
  metrics: option(metrics, 'Metrics and templates on these sources, which criteria may name as if the repository had defined them.', { cpu: { unit: '%', better: 'lower', source: 'prom', query: 'job:cpu:share' } }),
});

/** The operator's file. Strict: an unknown key is an error. */
export const offersSchema = section({
  version: option(z.literal(1, { error: 'the number 1' }), 'Version of this format.', 1),
  allow: documented(z.array(allowance, { error: 'a list of entries with `repositories`, `sources` and `metrics`' }), 'What is offered to whom. Where several entries match, the later one counts, name by name.', [{ repositories: ['acme'], sources: { prom: { type: 'prometheus', url: 'http://prometheus:9090' } } }]),
});

/** Reads the operator's file; all problems are told at once. */
export function parseOffers(text: string, file: string): Parsed<readonly Allowance[]> {
  const parsed = parseChecked(text, file, { schema: offersSchema, check: checkEntries });
  return parsed.ok ? { ok: true, value: parsed.value.allow.map(allowanceOf), notes: [] } : { ok: false, problems: parsed.problems };
}

function allowanceOf({ repositories, sources = {}, metrics: defined = {} }: z.infer<typeof allowance>): Allowance {
  const config = completeConfig([{ sources, metrics: defined }]);
  const open = Object.entries(sources).filter(([, { queries }]) => queries === 'repository').map(([name]) => name);
  return { repositories, offer: { sources: config.sources, metrics: config.metrics, open: new Set(open) } };
}

/** Each entry is checked as a configuration is; its metrics may be on the sources of another entry, which a repository may have as well. */
function checkEntries(root: Node): readonly Located[] {
  const allow = nodeAt(root, ['allow']);
  const entries = allow?.kind === 'list' ? allow.items : [];
  const sources = entries.flatMap((entry) => entriesAt(entry, ['sources']).map(([name]) => name));
  return entries.flatMap((entry, index) => {
    const found = [...checkTogether(entry, { sources, definedBy: 'file' }), ...[...checkQueriesOf(entry), ...checkNames(entry)].map((finding) => locateFinding(finding, entry))];
    return found.map((located) => ({ ...located, path: ['allow', index, ...located.path] }));
  });
}

function checkQueriesOf(entry: Node): readonly CheckFinding[] {
  return entriesAt(entry, ['sources']).flatMap(([name]) => {
    const at = ['sources', name, 'queries'];
    const type = textAt(entry, ['sources', name, 'type']);
    const sql = [...OPERATOR_ALONE].some((each) => each === type) && textAt(entry, at) === 'repository';
    return sql ? [{ code: 'sql-of-repositories', at, found: `\`queries: repository\` on ${type}`, expected: '`operator`: whoever writes SQL may read the whole database', remedy: 'remove it, and define what repositories need below `metrics`' }] : [];
  });
}

function checkNames(entry: Node): readonly CheckFinding[] {
  const reserved = entriesAt(entry, ['sources']).filter(([name]) => BUILT_IN_SOURCES.some((builtIn) => builtIn === name));
  return reserved.map(([name]) => ({ code: 'reserved-name', at: ['sources', name], found: `a source of the name \`${name}\``, expected: 'another name: this one is there for every repository', remedy: 'rename it, and the `source` of its metrics' }));
}
