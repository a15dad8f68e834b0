// Sorts the changed files into those that count for scope and those that can't hold a bet.
import type { FileDiff, ScalingFact } from '../model/change.ts';
import { placeOfPath } from '../environment.ts';
import type { Config } from '../model/config.ts';
import { isDocumentation } from './docs.ts';
import { matchGlobs } from './glob.ts';

/** Why a file doesn't count. */
export type Uncounted = 'documentation' | 'exempt path' | 'non-production path';

export interface CountedFiles {
  readonly counted: readonly FileDiff[];
  /** Reasons of the others, each once, in the order of their first file. */
  readonly reasons: readonly Uncounted[];
  /** Facts in counted files that touch production: what scope, tier and intent are made of. */
  readonly facts: readonly ScalingFact[];
}

/** A file counts unless it is documentation, exempt by configuration, or away from production. */
export function countFiles(files: readonly FileDiff[], facts: readonly ScalingFact[], config: Config): CountedFiles {
  const byFile = Map.groupBy(facts, (fact) => fact.file);
  const reasons = new Set<Uncounted>();
  const counted = files.filter((file) => {
    const reason = whyUncounted(file, byFile.get(file.path) ?? [], config);
    if (reason !== null) reasons.add(reason);
    return reason === null;
  });
  // A fact of a file that isn't listed (its list was cut at the limit) still counts.
  const kept = new Set(counted);
  const dropped = new Set(files.filter((file) => !kept.has(file)).map((file) => file.path));
  return { counted, reasons: [...reasons], facts: facts.filter((fact) => fact.production && !dropped.has(fact.file)) };
}

function whyUncounted(file: FileDiff, facts: readonly ScalingFact[], config: Config): Uncounted | null {
  const { exempt, scope } = config;
  const paths = file.previousPath === null ? [file.path] : [file.path, file.previousPath];
  if (facts.length === 0 && paths.every(isDocumentation)) return 'documentation';
  if (paths.every(matchGlobs(exempt.paths))) return 'exempt path';
  const offProduction = matchGlobs(scope.nonProduction);
  const production = matchGlobs(scope.production);
  if (facts.length > 0) return facts.some((fact) => fact.production) ? null : 'non-production path';
  return paths.every((path) => !production(path) && (offProduction(path) || placeOfPath(path) === 'other')) ? 'non-production path' : null;
}
