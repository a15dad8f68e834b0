// The configuration in force: of the base branch, else of the organisation, else the defaults; last good one if it is broken.
import { admit } from '../config/admit.ts';
import { completeConfig, defaultConfig } from '../config/complete.ts';
import { parseBaseline, parseConfig } from '../config/parse.ts';
import { parseExtends } from '../config/reference.ts';
import type { ConfigText } from '../config/schema.ts';
import type { Config, ConfigSource, Offer } from '../model/config.ts';
import type { Parsed, Place, Problem } from '../model/problem.ts';
import type { TextReading } from '../ports/forge.ts';
import type { Inquiry } from './inquiry.ts';
import type { ObservedChange } from './observed.ts';

/** What holds for this change, and what is wrong with the text that should. */
export interface Settings {
  readonly config: Config;
  readonly source: ConfigSource;
  /** The text in force is broken: an older one, or the defaults, stand in. */
  readonly problems: readonly Problem[];
  /** No configuration anywhere. */
  readonly absent: boolean;
}

/** Which older versions of a broken configuration are tried before the defaults stand in: all are read in one round. */
const OLDER_VERSIONS: readonly number[] = [1, 2, 3];

/** Stands in for a base that can't be read: where this file says no mode itself, nobody knows what was wanted, so it only advises. */
const UNKNOWN_BASE: ConfigText = { mode: 'advise' };

/** The effective settings; undefined while a text has to be read first. */
export function settle(inquiry: Inquiry, observed: ObservedChange): Settings | undefined {
  const { offer } = observed;
  const settled = settleText(inquiry, observed);
  return settled === undefined || offer === null ? settled : { ...settled, config: admit(settled.config, offer) };
}

function settleText(inquiry: Inquiry, observed: ObservedChange): Settings | undefined {
  const own = parseReading(observed.config, { file: observed.configPath, offer: observed.offer });
  if (own === null) return settleFromOrganisation(inquiry, observed);
  if (own.ok) return settleLayers(inquiry, observed, { text: own.value, source: sourceOf('repository', observed) });
  return settleFromOlder(inquiry, observed, own.problems);
}

const parsedReadings = new WeakMap<TextReading, Parsed<ConfigText> | null>();

/** Where a configuration stands, and the sources that its metrics may name besides its own. */
export interface Standpoint {
  readonly file: string;
  readonly offer: Offer | null;
}

/** Parses what was read of a configuration; null where there is none. Once a reading: a decision asks again each round, a backtest each change. */
export function parseReading(reading: TextReading, place: Standpoint): Parsed<ConfigText> | null {
  const known = parsedReadings.get(reading);
  if (known !== undefined) return known;
  const parsed = parseAnew(reading, place);
  parsedReadings.set(reading, parsed);
  return parsed;
}

function parseAnew(reading: TextReading, { file, offer }: Standpoint): Parsed<ConfigText> | null {
  switch (reading.kind) {
    case 'text':
      return parseConfig(reading.text, file, offer);
    case 'unreadable':
      return { ok: false, problems: [unreadable(file, reading.why)] };
    case 'absent':
    case 'forbidden':
      return null;
  }
}

function settleFromOrganisation(inquiry: Inquiry, observed: ObservedChange): Settings | undefined {
  const nothing: Settings = { config: defaultConfig(), source: { kind: 'defaults', place: null }, problems: [], absent: true };
  if (observed.repo === null) return nothing;
  const repo = { owner: observed.repo.owner, repo: '.github' };
  const reading = inquiry.ask({ kind: 'text', repo, path: observed.configPath, ref: null });
  if (reading === undefined) return undefined;
  const parsed = parseReading(reading, { file: `${repo.owner}/.github:${observed.configPath}`, offer: observed.offer });
  if (parsed === null) return nothing;
  if (!parsed.ok) return { ...nothing, problems: parsed.problems, absent: false };
  return settleLayers(inquiry, observed, { text: parsed.value, source: { kind: 'organisation', place: `${repo.owner}/.github:${observed.configPath}` } });
}

function settleLayers(inquiry: Inquiry, observed: ObservedChange, own: { readonly text: ConfigText; readonly source: ConfigSource }): Settings | undefined {
  const written = own.text.extends;
  const place = written === undefined ? null : parseExtends(written);
  if (written === undefined || place === null) return { config: completeConfig([own.text]), source: own.source, problems: [], absent: false };
  const alone: Settings = { config: completeConfig([own.text, UNKNOWN_BASE]), source: own.source, problems: [], absent: false };
  const reading = inquiry.ask({ kind: 'text', repo: place.repo ?? observed.repo, path: place.path, ref: place.ref ?? (place.repo === null ? observed.baseRef : null) });
  if (reading === undefined) return undefined;
  if (reading.kind === 'absent' || reading.kind === 'forbidden') return { ...alone, problems: [cannotExtend(observed, written)] };
  const parsed = reading.kind === 'text' ? parseBaseline(reading.text, written, observed.offer) : parseReading(reading, { file: written, offer: observed.offer });
  if (!parsed?.ok) return { ...alone, problems: parsed?.problems ?? [] };
  return { ...alone, config: completeConfig([own.text, parsed.value]) };
}

function settleFromOlder(inquiry: Inquiry, observed: ObservedChange, problems: readonly Problem[]): Settings | undefined {
  const defaults: Settings = { config: defaultConfig(), source: { kind: 'defaults', place: null }, problems, absent: false };
  if (observed.baseRef === null) return defaults;
  const readings = inquiry.askAll(OLDER_VERSIONS.map((nth) => ({ kind: 'older-text', path: observed.configPath, nth }) as const));
  if (readings === undefined) return undefined;
  for (const reading of readings) {
    if (reading.kind === 'absent') return defaults;
    const parsed = parseReading(reading, { file: observed.configPath, offer: observed.offer });
    if (!parsed?.ok) continue;
    const settled = settleLayers(inquiry, observed, { text: parsed.value, source: sourceOf('repository', observed) });
    return settled && { ...settled, problems };
  }
  return defaults;
}

function sourceOf(kind: ConfigSource['kind'], { repo, configPath, baseRef }: ObservedChange): ConfigSource {
  const prefix = repo ? `${repo.owner}/${repo.repo}:` : '';
  return { kind, place: `${prefix}${configPath}${baseRef ? `@${baseRef}` : ''}` };
}

function unreadable(file: string, why: string): Problem {
  return { code: 'config-unreadable', place: { file, line: 1, column: 1 }, found: why, expected: 'a UTF-8 text file of at most 512 KiB', remedy: `Save ${file} as plain UTF-8 text.` };
}

/** What it extends is not there, or may not be read: the same words for both. */
export function cannotExtend(observed: ObservedChange, text: string): Problem {
  return {
    code: 'extends-unreadable', place: placeOfExtends(observed), found: `\`extends: ${text}\` cannot be read`, expected: 'a file that exists, and that this token and whoever extends it can read',
    remedy: `Correct the path, or give the token read access to it.`,
  };
}

/** The line that names what is extended. */
export function placeOfExtends({ configPath: file, config }: ObservedChange): Place {
  const line = config.kind === 'text' ? config.text.split('\n').findIndex((each) => /^["']?extends["']?\s*:/.test(each)) : -1;
  return { file, line: Math.max(0, line) + 1, column: 1 };
}
