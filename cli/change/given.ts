// The options that stand in for a pull request, and the change as the engine observes it.
import type { Decided } from '../../src/flows/deliberate.ts';
import type { ObservedChange } from '../../src/flows/observed.ts';
import { parseCostReport } from '../../src/change/cost-report.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { SetupError } from '../../src/errors.ts';
import type { Account } from '../../src/model/change.ts';
import type { TextReading } from '../../src/ports/forge.ts';
import { directoryOption, type CliOption, type Invocation } from '../command.ts';
import { readGivenText } from '../desk.ts';
import { InputProblems } from '../problem-text.ts';

/** Decides a change wherever it is found. */
export type ChangeSource = (invocation: Invocation, place: string) => Promise<Decided>;

/** Where a repository keeps its configuration. */
export const configPath = '.github/yardstick.yml';

export const changeOptions: readonly CliOption[] = [
  { flags: '--base <ref>', text: 'take the diff and both files from the clone: REF, or REF...HEAD' },
  { flags: '--head <ref>', text: 'the head to compare with the base (default: HEAD)' },
  directoryOption,
  { flags: '--diff <file>', text: 'a unified diff; nothing else is read, and nothing of the network or the current folder ("-": standard input)' },
  { flags: '--body <file>', text: 'the pull request\'s body ("-": standard input)' },
  { flags: '--title <text>', text: "the pull request's title" },
  { flags: '--author <login>', text: "the author's login; a bot's ends in [bot]" },
  { flags: '--label <name>', text: 'a label of the pull request; may be repeated', repeats: true },
  { flags: '--cost <file>', text: 'a cost report (Infracost JSON)' },
  { flags: '--config <file>', text: "this configuration instead of the base branch's" },
];

/** What every way of giving a change shares: the words around the diff. */
export interface GivenWords {
  readonly title: string | null;
  readonly body: string | null;
  readonly author: Account | null;
  readonly labels: readonly string[];
  readonly cost: ObservedChange['cost'];
  /** null where no `--config` was given. */
  readonly config: { readonly reading: TextReading; readonly path: string } | null;
}

/** Reads the files that the options name. @throws SetupError for a file that can't be read or a configuration or cost report that is broken */
export async function readGivenWords({ options, desk }: Invocation): Promise<GivenWords> {
  const files = ['diff', 'body', 'cost', 'config'].filter((name) => options.text(name) === '-');
  if (files.length > 1) throw new SetupError(`--${files.join(' and --')} cannot both be standard input`, 'Give "-" to one of them.');
  const read = async (name: string): Promise<string | null> => {
    const path = options.text(name);
    return path === null ? null : readGivenText(desk, path);
  };
  const [body, cost, config] = [await read('body'), await read('cost'), await read('config')];
  const path = options.text('config') ?? configPath;
  if (config !== null) checkConfig(config, path);
  if (cost !== null) checkCost(cost, options.text('cost') ?? '');
  return {
    title: options.text('title'),
    body,
    author: parseLogin(options.text('author')),
    labels: options.all('label'),
    cost: cost === null ? null : { reading: { kind: 'text', text: cost }, source: options.text('cost') ?? '' },
    config: config === null ? null : { reading: { kind: 'text', text: config }, path },
  };
}

/** A configuration given by hand has to be right: falling back to an older one would answer another question. */
function checkConfig(text: string, path: string): void {
  const parsed = parseConfig(text, path);
  if (!parsed.ok) throw new InputProblems(`the configuration ${path} is broken`, parsed.problems);
}

/** On a pull request a report that can't be read is a note; given by hand it is bad input, and must not be left out in silence. */
function checkCost(text: string, path: string): void {
  const parsed = parseCostReport(text, path);
  if (!parsed.ok) throw new InputProblems(`the cost report ${path} can't be read`, parsed.problems);
}

function parseLogin(login: string | null): Account | null {
  return login === null ? null : { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
}

/** A change without a conversation, on a desk: what the hosts with a forge fill in is empty here. */
export function observeWords(words: GivenWords, at: string): Omit<ObservedChange, 'files'> {
  return {
    change: { ref: null, title: words.title ?? '', body: words.body ?? '', author: words.author, labels: words.labels, draft: false, headSha: null },
    repo: null,
    visibility: 'private',
    comments: [],
    config: words.config?.reading ?? { kind: 'absent' },
    configPath: words.config?.path ?? configPath,
    baseRef: null,
    labelers: new Map(),
    closing: [],
    pushedAt: null,
    cost: words.cost,
    unconfigured: 'defaults-apply',
    offer: null,
    at,
  };
}
