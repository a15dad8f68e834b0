// A change that edits the configuration is told at once what it breaks, with line and column.
import { parseExtends } from '../config/reference.ts';
import type { FileDiff } from '../model/change.ts';
import type { Problem } from '../model/problem.ts';
import type { TextReading } from '../ports/forge.ts';
import { addedText } from './added-file.ts';
import { sameRepo, viewOf } from './elsewhere.ts';
import type { Inquiry } from './inquiry.ts';
import type { ObservedChange } from './observed.ts';
import { cannotExtend, parseReading, placeOfExtends, settle } from './settings.ts';

export interface OwnConfig {
  /** What is wrong with the configuration as this change leaves it. */
  readonly problems: readonly Problem[];
  /** The change as it would be seen under its own configuration; null where that is broken, or the same as now. */
  readonly rehearsed: ObservedChange | null;
}

const UNTOUCHED: OwnConfig = { problems: [], rehearsed: null };

/** Undefined while something has to be read. */
export function checkOwnConfig(inquiry: Inquiry, observed: ObservedChange, files: readonly FileDiff[]): OwnConfig | undefined {
  const file = files.find((candidate) => candidate.path === observed.configPath);
  if (!file) return UNTOUCHED;
  inquiry.ask({ kind: 'last-merged' }); // for the rehearsal, in the same round
  const reading = readOwn(inquiry, observed, file);
  if (reading === undefined) return undefined;
  const parsed = parseReading(reading, { file: file.path, offer: observed.offer });
  if (parsed?.ok === false) return { problems: parsed.problems, rehearsed: null };
  if (sameText(reading, observed.config)) return UNTOUCHED;
  const rehearsed: ObservedChange = { ...observed, config: reading, baseRef: observed.change.headSha };
  const base = parseReading(observed.config, { file: file.path, offer: observed.offer });
  const [before, now] = [base?.ok === true ? base.value.extends : undefined, parsed?.value.extends];
  const kept = base?.ok === true && now === before;
  const sight = kept || now === undefined ? 'quoted' : seeBaseline(inquiry, observed, { now, before });
  if (sight === 'hidden') return { problems: [cannotExtend(rehearsed, now ?? '')], rehearsed: null };
  const settings = sight && settle(inquiry, rehearsed);
  if (settings === undefined) return undefined;
  // What it goes on to extend was broken before: that is told as a fault from elsewhere.
  if (kept || settings.problems.length === 0) return { problems: [], rehearsed };
  const isThere = settings.problems.every(({ code }) => code !== 'extends-unreadable');
  return { problems: sight === 'counted' && isThere ? [unsoundBaseline(rehearsed, now ?? '')] : settings.problems, rehearsed: null };
}

/**
 * What a change may learn of the file that its own configuration extends: text of another repository is quoted only where all its
 * readers may read that, and read only where the author may, or where the configuration in force extends that repository already.
 */
function seeBaseline(inquiry: Inquiry, observed: ObservedChange, { now, before }: { readonly now: string; readonly before: string | undefined }): 'quoted' | 'counted' | 'hidden' | undefined {
  const repo = parseExtends(now)?.repo ?? null;
  const view = viewOf(inquiry, observed, repo);
  if (view === undefined) return undefined;
  if (view.kind === 'own' || (view.kind === 'open' && view.quotable)) return 'quoted';
  const isKnown = before !== undefined && sameRepo(parseExtends(before)?.repo ?? null, repo);
  return view.kind === 'open' || isKnown ? 'counted' : 'hidden';
}

function unsoundBaseline(observed: ObservedChange, text: string): Problem {
  return { code: 'extends-unsound', place: placeOfExtends(observed), found: `what \`extends: ${text}\` leads to is no sound configuration`, expected: 'a configuration without problems', remedy: 'Mend it there: `npx yardstick lint FILE` names its problems. Fewer people may read it than this pull request, so they are not told here.' };
}

function readOwn(inquiry: Inquiry, { change }: ObservedChange, file: FileDiff): TextReading | undefined {
  if (file.status === 'removed') return { kind: 'absent' };
  const whole = addedText(file);
  return whole === null ? inquiry.ask({ kind: 'text', repo: null, path: file.path, ref: change.headSha }) : { kind: 'text', text: whole };
}

function sameText(a: TextReading, b: TextReading): boolean {
  return a.kind === b.kind && (a.kind !== 'text' || b.kind !== 'text' || a.text === b.text);
}
