// What the hypothesis says today, wherever it is written, against what was locked.
import { noteEdit } from '../experiment/amend.ts';
import { findHypothesis } from '../hypothesis/find.ts';
import { parseHypothesis } from '../hypothesis/parse.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Hypothesis } from '../model/hypothesis.ts';
import type { Parsed } from '../model/problem.ts';
import type { Caretaker, Visited } from './caretaker.ts';

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
async function readToday({ hypothesis, repo, intent }: Experiment, { caretaker, body }: { readonly caretaker: Caretaker; readonly body: string }): Promise<Parsed<Hypothesis> | null | 'unknown'> {
  const { source, ref } = hypothesis;
  switch (source) {
    case 'inline': {
      const { inline } = findHypothesis(body, 'pull request body');
      // Small changes and obligations are measured without a written hypothesis: there is nothing to edit.
      return inline ?? (intent === 'improve' || intent === 'insure' ? null : 'unknown');
    }
    case 'issue': {
      const match = /^(?:([^/\s]+)\/([^#\s]+))?#(\d+)$/.exec(ref);
      if (match === null) return 'unknown';
      const reading = await caretaker.host.reader.readIssue(match[1] === undefined || match[2] === undefined ? repo : { owner: match[1], repo: match[2] }, Number(match[3]));
      return reading.kind === 'issue' ? parseHypothesis(reading.issue.body, { source, ref, file: ref }) : reading.kind === 'absent' ? null : 'unknown';
    }
    case 'file': {
      const reading = await caretaker.host.reader.readText(repo, ref, null);
      return reading.kind === 'text' ? parseHypothesis(reading.text, { source, ref, file: ref }) : 'unknown';
    }
  }
}
