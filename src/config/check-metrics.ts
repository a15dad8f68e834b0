// Checks of the metric catalogue: sources that exist, rates that are whole, parameters that are defined.
import { parseUnit } from '../quantity/unit.ts';
import { UNIT_ROWS } from '../quantity/unit-table.ts';
import { BUILT_IN_SOURCES } from './catalogue.ts';
import { entriesAt, textAt, type CheckFinding } from './finding.ts';
import { quote } from './issues.ts';
import { nearestName } from '../spelling.ts';
import { nodeAt, type Node, type Path } from './node.ts';

/** Sources that metrics may name besides those of their own file, and who defines one. */
export interface Elsewhere {
  readonly sources: readonly string[];
  readonly definedBy: 'file' | 'operator';
}

export function checkSourcesOfMetrics(root: Node, { sources, definedBy }: Elsewhere): readonly CheckFinding[] {
  if (textAt(root, ['extends']) !== null) return []; // the baseline may define it; a goal whose source nobody defines is found by the gate
  const known = new Set<string>([...entriesAt(root, ['sources']).map(([name]) => name), ...sources, ...BUILT_IN_SOURCES]);
  return entriesAt(root, ['metrics']).flatMap(([metric]) => {
    const at = ['metrics', metric, 'source'];
    const source = textAt(root, at);
    return source === null || known.has(source) ? [] : [unknownSource(source, { at, known, definedBy })];
  });
}

interface Naming {
  readonly at: Path;
  readonly known: ReadonlySet<string>;
  readonly definedBy: Elsewhere['definedBy'];
}

function unknownSource(source: string, { at, known, definedBy }: Naming): CheckFinding {
  return {
    code: 'unknown-source', at, found: `the source \`${quote(source)}\``, expected: [...known].slice(0, 20).map((name) => `\`${quote(name)}\``).join(', '),
    remedy: () => {
      const nearest = nearestName(source, known);
      if (nearest !== null) return `did you mean \`${quote(nearest)}\`?`;
      return definedBy === 'operator' ? `sources are the App’s: ask its operator to allow \`${quote(source)}\` for this repository` : `define it: \`sources: { ${quote(source)}: { type: prometheus, url: … } }\``;
    },
  };
}

const COMMON_UNITS = ['ms', 's', '%', 'req/s', 'GiB', 'USD/month', 'count'];

export function checkUnits(root: Node): readonly CheckFinding[] {
  return entriesAt(root, ['metrics']).flatMap(([metric]) => {
    const at = ['metrics', metric, 'unit'];
    const unit = textAt(root, at);
    return unit === null || parseUnit(unit) !== null ? [] : [{
      code: 'unknown-unit', at, found: `the unit "${quote(unit)}"`, expected: `a unit such as ${COMMON_UNITS.map((symbol) => `\`${symbol}\``).join(', ')}`,
      remedy: () => {
        const nearest = nearestName(unit, [...COMMON_UNITS, ...UNIT_ROWS.map(([symbol]) => symbol)]);
        return nearest !== null ? `did you mean \`${nearest}\`?` : 'write `unit: count` for plain numbers, or leave the unit out';
      },
    }];
  });
}

/** A rate that is asked from a source needs one query, or its two parts. */
export function checkRates(root: Node): readonly CheckFinding[] {
  return entriesAt(root, ['metrics']).flatMap(([name]) => {
    const has = (key: string): boolean => nodeAt(root, ['metrics', name, key]) !== null;
    const at = ['metrics', name];
    if (has('bad') !== has('total')) {
      const [there, lacking] = has('bad') ? ['bad', 'total'] : ['total', 'bad'];
      return [{ code: 'incomplete-rate', at: [...at, there], found: `\`${there}\` without \`${lacking}\``, expected: 'both `bad` and `total`', remedy: `add \`${lacking}:\` with its query` }];
    }
    const isRate = textAt(root, [...at, 'kind']) === 'rate';
    if (has('bad') && !isRate) return [{ code: 'incomplete-rate', at: [...at, 'bad'], found: '`bad` and `total` on another kind of metric', expected: '`kind: rate`', remedy: 'add `kind: rate`, or use `query`' }];
    if (has('bad') && has('query')) return [{ code: 'incomplete-rate', at: [...at, 'query'], found: '`query` beside `bad` and `total`', expected: 'one of the two', remedy: 'remove `query`' }];
    const source = textAt(root, [...at, 'source']);
    if (!isRate || has('bad') || has('query') || source === null || isBuiltIn(source)) return [];
    return [{ code: 'incomplete-rate', at: [...at, 'kind'], found: 'a rate without a query', expected: '`query`, or `bad` and `total`', remedy: 'add `bad:` and `total:` with a query each' }];
  });
}

export function checkParameters(root: Node): readonly CheckFinding[] {
  return entriesAt(root, ['metrics']).flatMap(([metric]) => entriesAt(root, ['metrics', metric, 'parameters']).flatMap(([parameter, node]) => {
    const at = ['metrics', metric, 'parameters', parameter];
    if (node.kind !== 'mapping') return [];
    const said = ['values', 'pattern'].filter((key) => node.entries.has(key));
    return said.length === 1 ? [] : [{
      code: 'invalid-parameter', at, found: said.length === 0 ? 'neither `values` nor `pattern`' : 'both `values` and `pattern`',
      expected: 'one of `values` and `pattern`', remedy: 'for example `{ values: [orders, checkout] }`',
    }];
  }));
}

const isBuiltIn = (source: string): boolean => BUILT_IN_SOURCES.some((name) => name === source);
