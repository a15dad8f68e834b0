// Rule "path": a changed file lies where the configuration expects infrastructure.
import type { ScopeReason } from '../model/decision.ts';
import type { CountedFiles } from './counted.ts';
import { matchGlobs } from './glob.ts';
import type { StakeInput } from './input.ts';
import { quote } from './quote.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';

/** Documentation, exempt and non-production files have no say; a file moved away from such a path has. */
export function evaluatePath({ config, filesComplete }: StakeInput, { counted }: CountedFiles): Ruling<ScopeReason | null> {
  const matches = matchGlobs(config.scope.paths);
  const hits = counted.filter((file) => matches(file.path) || (file.previousPath !== null && matches(file.previousPath)));
  const [first] = hits;
  if (first !== undefined) return met(`${quote(first.path, 120)} is under ${quote('scope.paths')}${hits.length > 1 ? ` (and ${hits.length - 1} more)` : ''}`);
  // What isn't listed may be anything, and a gate that can be passed by adding files is none.
  if (!filesComplete) return met('GitHub lists the first 3,000 changed files only: the rest counts as in scope');
  return ruling('path', { outcome: 'not-met', text: config.scope.paths.length === 0 ? 'no paths configured' : 'no changed file is under `scope.paths`' }, null);
}

function met(text: string): Ruling<ScopeReason> {
  return ruling('path', { outcome: 'met', text }, { rule: 'path', text });
}
