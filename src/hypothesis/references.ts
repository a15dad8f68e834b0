// Reads `Hypothesis: …`, `Step of …` and `starts with …`: an issue, a file, or a URL of either.
import type { Reference } from '../model/hypothesis.ts';
import type { Place } from '../model/problem.ts';

const NAME = '[A-Za-z0-9_.-]{1,100}';
const ISSUE = new RegExp(`^(?:(${NAME})/(${NAME}))?(?:#|GH-)([0-9]{1,9})$`);
const ISSUE_URL = new RegExp(`^https?://[^/\\s]{1,200}/(${NAME})/(${NAME})/(?:issues|pull)/([0-9]{1,9})(?:[/?#][^\\s]{0,300})?$`);
const FILE_URL = new RegExp(`^https?://[^/\\s]{1,200}/(${NAME})/(${NAME})/(?:blob|raw)/([^/\\s]{1,200})/([^\\s?#]{1,300})(?:[?#][^\\s]{0,300})?$`);
const PATH = /^(?:\.\/)?((?:[\w@+,. -]{1,100}\/){0,10}[\w@+,. -]{1,100}\.(?:md|markdown|ya?ml))$/;

/** One reference as a person writes it, with or without Markdown around it; null where the text is none. A trailing remark in brackets is left out. */
export function parseReference(written: string, place: Place): Reference | null {
  const text = bare(written);
  const issue = ISSUE.exec(text) ?? ISSUE_URL.exec(text);
  if (issue !== null) {
    const number = Number(issue[3]);
    return number > 0 ? { kind: 'issue', owner: issue[1] ?? null, repo: issue[2] ?? null, number, text, place } : null;
  }
  const url = FILE_URL.exec(text);
  const path = safePath(url === null ? PATH.exec(text)?.[1] : decoded(url[4] ?? ''));
  if (path === null) return null;
  return { kind: 'file', owner: url?.[1] ?? null, repo: url?.[2] ?? null, ref: url?.[3] ?? null, path, text, place };
}

/** The text without the Markdown around it: link, code marks, angle brackets, full stop. */
function bare(written: string): string {
  const trimmed = written.trim().replace(/\s{1,9}\([^()]{0,200}\)\.?$/, '').replace(/[.,;]$/, '').trim();
  const link = /^\[([^\]]{0,300})\]\(<?([^()<>\s]{1,600})>?\)$/.exec(trimmed);
  return (link?.[2] ?? trimmed).replaceAll(/^[<`*]{1,3}|[>`*]{1,3}$/g, '').trim();
}

/** A path inside the repository, or null. */
function safePath(path: string | undefined): string | null {
  if (path === undefined || !/\.(?:md|markdown|ya?ml)$/i.test(path)) return null;
  return path.split('/').some((part) => part === '' || part === '.' || part === '..') ? null : path;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
