// Events of a whole repository: pushes, the clock, a person who starts the workflow.
import type { EventParts, Why } from './event-parts.ts';
import { gate, parseNumber, parseWhy } from './event-parts.ts';
import { at, list, text } from './json.ts';

/** Names under which a workflow may ask for the number of a pull request. */
const NUMBER_INPUTS = ['number', 'pull-request', 'pull_request', 'pr'];
const BRANCH = 'refs/heads/';
/** Lists of files in a push end here, at GitHub's own limit of commits. */
const COMMITS_MAX = 2048;

/** A push may change the configuration: that of the default branch is looked at for every pull request, that of another one for those into it. */
export function onPush({ payload, repo }: EventParts): Why {
  const ref = text(at(payload, 'ref')) ?? '';
  const branch = ref.startsWith(BRANCH) ? ref.slice(BRANCH.length) : null;
  if (branch === null || at(payload, 'deleted') === true) return 'the push is of no branch';
  const base = branch === at(payload, 'repository', 'default_branch') ? null : branch.slice(0, 500);
  const commits = list(at(payload, 'commits')).slice(0, COMMITS_MAX);
  // A branch that was only made, or set back, lists none: most of them are nobody's base.
  if (base !== null && commits.length === 0) return 'the push brings nothing new, and is not to the default branch';
  if (!mayTouchConfiguration(commits)) return 'the push does not touch the configuration';
  return { kind: 'sweep', repo, because: `push to ${parseWhy(branch, 60)}`, issue: null, base };
}

/** Webhooks list the files, the payloads in workflows don't: there the workflow's own filter has looked. */
function mayTouchConfiguration(commits: readonly unknown[]): boolean {
  const files = commits.flatMap((commit) => ['added', 'modified', 'removed'].flatMap((key) => list(at(commit, key))));
  const told = commits.length > 0 && commits.every((commit) => Array.isArray(at(commit, 'modified')));
  return !told || files.some((file) => typeof file === 'string' && /yardstick/i.test(file));
}

export function onSchedule({ repo }: EventParts): Why {
  return { kind: 'tend', repo, change: null, issue: null, because: 'the clock', openChanges: 'swept' };
}

export function onDispatch({ payload, repo }: EventParts): Why {
  const given = NUMBER_INPUTS.map((name) => at(payload, 'inputs', name)).find((value) => value !== undefined && value !== null && value !== '');
  if (given === undefined) return { kind: 'sweep', repo, because: 'started by hand without a pull request number', issue: null, base: null };
  const number = parseNumber(typeof given === 'string' && /^#?\d{1,10}$/.test(given.trim()) ? Number(given.trim().replace('#', '')) : given);
  if (number === null) return 'the input "number" is no pull request number: give it as 123';
  return gate({ ...repo, number }, { hint: null, of: 'elsewhere' });
}
