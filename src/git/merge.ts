// Tells which commits of the main line are merged pull requests, by the messages that forges write.

/** What a commit message says of the pull request it merged. */
export interface MergedPull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  /** The branch it came from, with its owner where the message names one; null if it doesn't. */
  readonly branch: string | null;
  /** Which form matched, e.g. `github-merge`. */
  readonly form: string;
}

interface Form {
  readonly name: string;
  /** Matched against the subject; group `number`, and `title` and `branch` where the subject holds them. */
  readonly subject: RegExp;
  /** Where the subject holds no number: matched against the last lines. */
  readonly footer: RegExp | null;
}

/** One row a form; the first that matches is taken. */
const forms: readonly Form[] = [
  { name: 'github-merge', subject: /^Merge pull request #(?<number>\d{1,9}) from (?<branch>\S{1,255})/, footer: null },
  { name: 'bitbucket-server-merge', subject: /^(?:Merge p|P)ull request #(?<number>\d{1,9})(?:: (?<title>.{1,300})| in \S{1,255} from (?<branch>\S{1,255}) to )/, footer: null },
  { name: 'bitbucket-merge', subject: /^Merged in (?<branch>\S{1,255}) \(pull request #(?<number>\d{1,9})\)/, footer: null },
  { name: 'azure-merge', subject: /^Merged PR (?<number>\d{1,9}): (?<title>.{1,300})/, footer: null },
  { name: 'bors-merge', subject: /^(?:Auto merge of|Merge) #(?<number>\d{1,9})(?: - (?<branch>\S{1,255}), r=|$)/, footer: null },
  { name: 'gitlab-merge', subject: /^Merge branch '(?<branch>[^']{1,255})' into '/, footer: /^See merge request \S{0,255}!(?<number>\d{1,9})$/m },
  { name: 'squash', subject: /^(?<title>.{1,1000}?)\s{0,3}\((?:#|pull request #|!)(?<number>\d{1,9})\)$/, footer: null },
];

/** What every form has: git looks for it before it makes a diff. POSIX extended regular expressions. */
export const mergeMentions: readonly string[] = ['[#!][0-9]', '^Merged PR [0-9]'];

/** Longest subject that is looked at; git itself knows no limit. */
const subjectLimit = 1_100;

/** Reads a commit message; null for a commit that no form takes for a merged pull request. */
export function parseMerge(message: string): MergedPull | null {
  const [subject = '', ...rest] = message.replaceAll('\r\n', '\n').trim().split('\n');
  const body = rest.join('\n').trim();
  for (const form of forms) {
    const found = form.subject.exec(subject.slice(0, subjectLimit).trimEnd())?.groups;
    const number = found?.['number'] ?? (found && form.footer?.exec(body.slice(-2_000))?.groups?.['number']);
    if (found === undefined || number === undefined) continue;
    return { number: Number(number), branch: found['branch'] ?? null, form: form.name, ...splitBody(found['title'] ?? null, body) };
  }
  return null;
}

/** A merge commit holds the pull request's title as first line of its body; a squash commit in its subject. */
function splitBody(title: string | null, body: string): { readonly title: string; readonly body: string } {
  if (title !== null) return { title, body };
  const end = body.indexOf('\n');
  return end < 0 ? { title: body, body: '' } : { title: body.slice(0, end).trim(), body: body.slice(end).trim() };
}
