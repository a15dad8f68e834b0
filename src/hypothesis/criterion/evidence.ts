// `evidence: load-test shows p95 < 300 ms`: one value out of a load test or a drill.

/** The parts of an evidence line as offsets; `statement` is null where `shows` is missing. */
export interface EvidenceParts {
  readonly source: string;
  /** Where the promise begins in the line. */
  readonly statement: number | null;
  /** The source is a blank of a template: `<load-test>`. */
  readonly blank: boolean;
}

const LEAD = /^[\s*_`]{0,9}evidence[\s*_`]{0,9}:[\s*_`]{0,9}/i;
const SHOWS = /\s(?:shows|show|showing|must show|should show|will show)(?:\s{1,9}that)?\s/i;

/** Cuts an evidence line; null where the line is none. */
export function cutEvidence(line: string): EvidenceParts | null {
  const lead = LEAD.exec(line.slice(0, 60));
  if (lead === null) return null;
  const rest = line.slice(lead[0].length);
  const shows = SHOWS.exec(rest);
  const source = cleanSource(shows === null ? rest : rest.slice(0, shows.index));
  const raw = (shows === null ? rest : rest.slice(0, shows.index)).replace(/<https?:[^<>\s]{1,1000}>/, '');
  return { source, blank: /[<>…]|\b(?:TODO|TBD)\b/.test(raw), statement: shows === null || source === '' ? null : lead[0].length + shows.index + shows[0].length };
}

/** The name or URL without quotes, code marks, angle brackets, or the Markdown around a link. */
function cleanSource(text: string): string {
  const trimmed = text.trim();
  const link = /^\[[^\]]{0,200}\]\(([^()\s]{1,1000})\)$/.exec(trimmed);
  return (link?.[1] ?? trimmed).replace(/^[<"'`*]{1,3}/, '').replace(/[>"'`*]{1,3}$/, '').trim();
}
