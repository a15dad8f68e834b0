// Placeholders of metric templates: `{service}` in a query stands for an argument of the metric.
import { entriesAt, textAt, type CheckFinding } from './finding.ts';
import { quote } from './issues.ts';
import { nearestName } from '../spelling.ts';
import type { Node } from './node.ts';

/** A lone word in braces. PromQL selectors, Flux functions and JSON never look so; Datadog's `by {host}` does, and is left alone. */
const PLACEHOLDER = /(\bby ?)?\{([A-Za-z_][A-Za-z0-9_]{0,79})\}/g;

/** The names of the placeholders in a query, in order. */
function placeholdersIn(query: string): ReadonlySet<string> {
  const names = [...query.matchAll(PLACEHOLDER)].filter(([, grouping]) => grouping === undefined).map(([, , name = '']) => name);
  return new Set(names);
}

/** Every placeholder has its parameter, and every parameter of a metric with queries is used. */
export function checkQueries(root: Node): readonly CheckFinding[] {
  return entriesAt(root, ['metrics']).flatMap(([metric]) => {
    const parameters = new Set(entriesAt(root, ['metrics', metric, 'parameters']).map(([name]) => name));
    const queries = ['query', 'bad', 'total', 'samples'].flatMap((key) => {
      const at = ['metrics', metric, key];
      const query = textAt(root, at);
      return query === null ? [] : [{ at, used: placeholdersIn(query) }];
    });
    const unknown = queries.flatMap(({ at, used }) => [...used].filter((name) => !parameters.has(name)).map((name) => unknownPlaceholder(name, at, parameters)));
    const idle = queries.length === 0 ? [] : [...parameters].filter((name) => !queries.some(({ used }) => used.has(name)));
    return [...unknown, ...idle.map((name) => unusedParameter(name, metric))];
  });
}

function unknownPlaceholder(name: string, at: readonly string[], parameters: ReadonlySet<string>): CheckFinding {
  const known = [...parameters].slice(0, 20).map((parameter) => `\`{${quote(parameter)}}\``).join(', ');
  return {
    code: 'unknown-placeholder', at, found: `\`{${name}}\` in the query`, expected: known === '' ? 'no placeholder, since the metric has no `parameters`' : known,
    remedy: () => {
      const nearest = nearestName(name, parameters);
      return nearest !== null ? `did you mean \`{${quote(nearest)}}\`?` : `declare it: \`parameters: { ${name}: { values: [ … ] } }\``;
    },
  };
}

function unusedParameter(name: string, metric: string): CheckFinding {
  return {
    code: 'unused-parameter', at: ['metrics', metric, 'parameters', name], found: `the parameter \`${quote(name)}\`, which no query uses`,
    expected: `\`{${quote(name)}}\` in the query`, remedy: 'use it in the query, or remove it: every argument would measure the same',
  };
}
