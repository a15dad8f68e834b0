// What the hypothesis says today, wherever it is written, against what was locked.
import { noteEdit } from '../experiment/amend.ts';
import { findHypothesis } from '../hypothesis/find.ts';
import { parseHypothesis } from '../hypothesis/parse.ts';
import type { ChangeRef } from '../model/change.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Hypothesis } from '../model/hypothesis.ts';
import type { Parsed } from '../model/problem.ts';
import type { Caretaker, Visited } from './caretaker.ts';
import { sameRepo } from './elsewhere.ts';

/** The experiment with an amendment where its text was edited after the lock; as it is once there is a verdict. */
export async function noteEdits(experiment: Experiment, { caretaker, visits }: { readonly caretaker: Caretaker; readonly visits: readonly Visited[] }): Promise<Experiment> {
  const home = visits[0];
  if (experiment.result !== null || experiment.silent || home === undefined || experiment.criteria.length === 0) return experiment;
  const text = await readToday(experiment, { caretaker, body: home.page.change.body });
  if (text === 'unknown') return experiment;
  const hypothesis = text === null ? null : text.ok ? text.value : (text.readable ?? null);
  return noteEdit(experiment, hypothesis && { claim: hypothesis.claim, criteria: hypothesis.criteria.map((criterion) => criterion.text) }, caretaker.at);
}

/** null: it is gone; `unknown`: it can't be read from here, which says nothing of an edit. */
async function readToday(experiment: Experiment, { caretaker, body }: { readonly caretaker: Caretaker; readonly body: string }): Promise<Parsed<Hypothesis> | null | 'unknown'> {
  const { hypothesis, repo, intent } = experiment;
  const { source, ref, claim } = hypothesis;
  // Fewer people may read it than this repository: what it says today is none of theirs either.
  if (claim === '') return 'unknown';
  switch (source) {
    case 'inline': {
      const { inline } = findHypothesis(body, 'pull request body');
      // Small changes and obligations are measured without a written hypothesis: there is nothing to edit.
      return inline ?? (intent === 'improve' || intent === 'insure' ? null : 'unknown');
    }
    case 'issue': {
      const [, owner = repo.owner, name = repo.repo, number] = /^(?:([^/\s]+)\/([^#\s]+))?#(\d+)$/.exec(ref) ?? [];
      return number === undefined ? 'unknown' : readIssueToday({ owner, repo: name, number: Number(number) }, { experiment, caretaker });
    }
    case 'file': {
      const reading = await caretaker.host.reader.readText(repo, ref, null);
      return reading.kind === 'text' ? parseHypothesis(reading.text, { source, ref, file: ref }) : 'unknown';
    }
  }
}

/** An issue that everybody who reads the record may read: of the repository itself, or of a public one. Where it was moved, nobody knows who reads it there. */
async function readIssueToday({ owner, repo, number }: ChangeRef, { experiment, caretaker }: { readonly experiment: Experiment; readonly caretaker: Caretaker }): Promise<Parsed<Hypothesis> | null | 'unknown'> {
  const { reader } = caretaker.host;
  const place = { owner, repo };
  if (!sameRepo(place, experiment.repo) && (await reader.readAccess(place, null)).sight === null) return 'unknown';
  const reading = await reader.readIssue(place, number);
  if (reading.kind !== 'issue') return reading.kind === 'absent' ? null : 'unknown';
  const { ref } = experiment.hypothesis;
  return sameRepo(reading.issue.repo, place) ? parseHypothesis(reading.issue.body, { source: 'issue', ref, file: ref }) : 'unknown';
}
