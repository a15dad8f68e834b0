// The hypothesis of a change, wherever it is written: found, read, checked against the catalogue.
import { checkParsed } from '../hypothesis/catalogue.ts';
import type { HypothesisSearch } from '../hypothesis/find.ts';
import { parseHypothesis } from '../hypothesis/parse.ts';
import type { FileDiff, RepoRef } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import type { HypothesisFinding, StepFinding } from '../model/gate.ts';
import type { Hypothesis, Reference } from '../model/hypothesis.ts';
import type { Parsed, Problem } from '../model/problem.ts';
import type { IssueText } from '../ports/forge.ts';
import { addedHypothesisFiles, addedText } from './added-file.ts';
import { sameRepo, viewOf, type View } from './elsewhere.ts';
import type { Inquiry } from './inquiry.ts';
import type { ObservedChange } from './observed.ts';

/** Everything that resolving needs besides the open questions. */
export interface LinkContext {
  readonly observed: ObservedChange;
  readonly search: HypothesisSearch;
  readonly files: readonly FileDiff[];
  readonly config: Config;
}

/** A text that may hold a hypothesis, with how it ended if it did. */
interface Candidate {
  readonly parsed: Parsed<Hypothesis>;
  readonly ended: string | null;
  readonly quotable: boolean;
}

const NOTHING: HypothesisFinding = { hypothesis: null, problems: [], notes: [], ended: null, quotable: true, own: [] };
/** A hypothesis issue that carries one of these has its verdict already. */
const ENDED = /^outcome: (validated|refuted|inconclusive|held|broke|not exercised|no harm|harm|withdrawn)$/i;

/** The hypothesis in the order of the product: a reference, a file of the change, the body, a closing issue. */
export function resolveHypothesis(inquiry: Inquiry, context: LinkContext): HypothesisFinding | undefined {
  const { search, observed, files, config } = context;
  const [reference] = search.references;
  if (reference) {
    const candidate = readReference(inquiry, context, reference);
    return candidate && finding(candidate, search.problems, config);
  }
  const added = addedHypothesisFiles(files, config)[0];
  if (added) return finding({ parsed: parseHypothesis(added.text, { source: 'file', ref: added.path, file: added.path }), ended: null, quotable: true }, search.problems, config);
  if (search.inline) return finding({ parsed: search.inline, ended: null, quotable: true }, search.problems, config);
  const closing = readClosing(inquiry, observed);
  if (closing) return finding(closing, search.problems, config);
  return closing === undefined ? undefined : { ...NOTHING, problems: search.problems, own: search.problems };
}

/** The programme that `Step of` names. */
export function resolveStep(inquiry: Inquiry, context: LinkContext): StepFinding | null | undefined {
  const { step } = context.search;
  if (step === null) return null;
  const candidate = readReference(inquiry, context, step);
  return candidate && { reference: step.text, programme: finding(candidate, [], context.config) };
}

function readReference(inquiry: Inquiry, context: LinkContext, reference: Reference): Candidate | undefined {
  return reference.kind === 'issue' ? readIssueReference(inquiry, context, reference) : readFileReference(inquiry, context, reference);
}

/** The first closing issue that holds one; of those that the author may not read nothing is known. */
function readClosing(inquiry: Inquiry, observed: ObservedChange): Candidate | null | undefined {
  for (const issue of observed.closing) {
    if (!fromIssue(issue, { observed, quotable: true }).parsed.ok) continue;
    const view = viewOf(inquiry, observed, issue.repo);
    if (view === undefined) return undefined;
    if (view.kind !== 'closed') return fromIssue(issue, { observed, quotable: isQuotable(view) });
  }
  return null;
}

function readIssueReference(inquiry: Inquiry, { observed }: LinkContext, reference: Reference & { kind: 'issue' }): Candidate | undefined {
  const repo = repoOf(reference);
  const known = observed.closing.find((issue) => issue.number === reference.number && sameRepo(repo ?? observed.repo, issue.repo));
  const view = viewOf(inquiry, observed, known?.repo ?? repo);
  if (view === undefined) return undefined;
  if (view.kind === 'closed') return broken(hiddenReference(reference, view.why));
  if (known) return fromIssue(known, { observed, quotable: isQuotable(view) });
  const reading = inquiry.ask({ kind: 'issue', repo, number: reference.number });
  if (reading === undefined) return undefined;
  if (reading.kind !== 'issue' && isHiding(view)) return broken(hiddenReference(reference, view.why));
  switch (reading.kind) {
    case 'issue':
      return admitIssue(inquiry, { observed, reference }, reading.issue);
    case 'absent':
      return broken(unreadableReference(reference, 'no such issue', 'Correct the number, or write the hypothesis into this pull request.'));
    case 'forbidden':
      return broken(closedReference(reference, reading.why, observed));
  }
}

/** An issue may have been moved to where fewer people read: it counts as what stands there, and keeps the name that was given. */
function admitIssue(inquiry: Inquiry, { observed, reference }: { readonly observed: ObservedChange; readonly reference: Reference & { kind: 'issue' } }, issue: IssueText): Candidate | undefined {
  const view = viewOf(inquiry, observed, issue.repo);
  if (view === undefined) return undefined;
  if (view.kind === 'closed') return broken(hiddenReference(reference, view.why));
  const quotable = isQuotable(view);
  const asked = repoOf(reference) ?? observed.repo;
  return fromIssue(quotable || asked === null ? issue : { ...issue, repo: asked, number: reference.number }, { observed, quotable });
}

function readFileReference(inquiry: Inquiry, { observed, files }: LinkContext, reference: Reference & { kind: 'file' }): Candidate | undefined {
  const view = viewOf(inquiry, observed, repoOf(reference));
  if (view === undefined) return undefined;
  if (view.kind === 'closed') return broken(hiddenReference(reference, view.why));
  const own = view.kind === 'own';
  const added = own && reference.ref === null ? addedTextAt(files, reference.path) : null;
  const reading = added === null ? inquiry.ask({ kind: 'text', repo: own ? null : repoOf(reference), path: reference.path, ref: reference.ref ?? (own ? observed.change.headSha : null) }) : { kind: 'text' as const, text: added };
  if (reading === undefined) return undefined;
  if (reading.kind !== 'text' && isHiding(view)) return broken(hiddenReference(reference, view.why));
  switch (reading.kind) {
    case 'text':
      return { parsed: parseHypothesis(reading.text, { source: 'file', ref: own ? reference.path : reference.text, file: reference.path }), ended: null, quotable: isQuotable(view) };
    case 'absent':
      return broken(unreadableReference(reference, 'no such file', mendPath(reference.path)));
    case 'unreadable':
      return broken(unreadableReference(reference, reading.why, `Save ${reference.path} as UTF-8 text of at most 64 kB.`));
    case 'forbidden':
      return broken(closedReference(reference, reading.why, observed));
  }
}

function isQuotable(view: View): boolean {
  return view.kind === 'own' || (view.kind === 'open' && view.quotable);
}

/** Where not everybody may look, not even what is missing is told. */
function isHiding(view: View): view is View & { kind: 'open' } {
  return view.kind === 'open' && !view.isPublic;
}

function fromIssue(issue: IssueText, { observed, quotable }: { readonly observed: ObservedChange; readonly quotable: boolean }): Candidate {
  const own = sameRepo(issue.repo, observed.repo);
  const ref = own ? `#${issue.number}` : `${issue.repo.owner}/${issue.repo.repo}#${issue.number}`;
  const outcome = issue.labels.find((label) => ENDED.test(label));
  const ended = outcome === undefined ? null : quotable ? outcome.slice('outcome: '.length) : 'it has its verdict';
  return { parsed: parseHypothesis(issue.body, { source: 'issue', ref: `${issue.repo.owner}/${issue.repo.repo}#${issue.number}`, file: ref }), ended, quotable };
}

function finding({ parsed, ended, quotable }: Candidate, problems: readonly Problem[], config: Config): HypothesisFinding {
  const checked = checkParsed(parsed, config.metrics);
  return { ...checked, problems: [...problems, ...checked.problems], ended, quotable, own: problems };
}

function broken(problem: Problem): Candidate {
  return { parsed: { ok: false, problems: [problem] }, ended: null, quotable: true };
}

/** Nobody may read it from here: the hypothesis has to come here, or, out of another repository, the App to it. */
function closedReference(reference: Reference, why: string, { repo }: ObservedChange): Problem {
  const target = repoOf(reference);
  const elsewhere = target !== null && !sameRepo(target, repo);
  const problem = unreadableReference(reference, why, `Copy the hypothesis into this pull request${elsewhere ? ', or install the App on both repositories' : ''}.`);
  return why.startsWith('Cannot read ') ? { ...problem, found: why } : problem;
}

/** Not there, or not for the author to read: nobody learns from the answer which. */
function hiddenReference(reference: Reference, why: string): Problem {
  const target = repoOf(reference);
  const place = reference.kind === 'issue' ? `#${reference.number}` : `:${reference.path}`;
  const name = target === null ? reference.text : `${target.owner}/${target.repo}${place}`;
  return { ...unreadableReference(reference, '', 'Correct the link, or copy the hypothesis into this pull request. Into a private repository a link works with the App, where it is installed on both and the author may read both.'), found: `Cannot read ${name}: ${why}.` };
}

function unreadableReference(reference: Reference, found: string, remedy: string): Problem {
  return { code: 'unreadable-reference', place: reference.place, found: `${reference.text}: ${found}`, expected: 'an issue or a file with a hypothesis that can be read from here', remedy };
}

/** A place as GitHub's addresses have it, without the address: `org/repo/blob/main/x.md`. */
function mendPath(path: string): string {
  return /^[\w.-]{1,100}\/[\w.-]{1,100}\/(?:blob|raw)\/[^/]/.test(path) ? `Write the whole URL of the file: \`https://…/${path}\`.` : `Add ${path} in this pull request, or correct the path.`;
}

function addedTextAt(files: readonly FileDiff[], path: string): string | null {
  const file = files.find((candidate) => candidate.path === path);
  return file ? addedText(file) : null;
}

function repoOf(reference: Reference): RepoRef | null {
  return reference.owner !== null && reference.repo !== null ? { owner: reference.owner, repo: reference.repo } : null;
}
