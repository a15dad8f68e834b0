// A pull request on GitHub, read and decided as the Action would; nothing is written.
import { SetupError } from '../../src/errors.ts';
import { runGate } from '../../src/flows/gate.ts';
import { Answered } from '../../src/flows/needs.ts';
import { createNeedReader } from '../../src/flows/reader.ts';
import { tellAlone } from '../../src/flows/same-head.ts';
import { createForgeReader } from '../../src/github/reader.ts';
import { connect, parsePull } from '../github-connection.ts';
import { configPath, readGivenWords, type ChangeSource } from './given.ts';

/** What GitHub itself knows of the pull request: giving it by hand would answer another question. */
const knownThere = ['body', 'title', 'author', 'label', 'cost', 'head', 'directory'];

/** @throws SetupError for a bad URL, without a token, on 401, 403 and 404; TransientError where GitHub does not answer */
export const decidePull: ChangeSource = async (invocation, url) => {
  const { options, desk } = invocation;
  const ref = parsePull(url);
  const given = knownThere.filter((name) => options.has(name));
  if (given.length > 0) throw new SetupError(`--${given[0]} does not go with a pull request's URL`, 'Leave it out: it is read from GitHub. To try other words, use --base or --diff.');
  const { config } = await readGivenWords(invocation);
  const forge = createForgeReader(connect(desk, ref.host), { home: null });
  const change = { owner: ref.owner, repo: ref.repo, number: ref.number };
  const page = await forge.readChange(change, { configPath, hint: null });
  return runGate({
    page: config === null ? page : { ...page, config: config.reading },
    configPath: config?.path ?? configPath,
    unconfigured: 'defaults-apply',
    offer: null,
    check: 'job',
    at: desk.now(),
    metrics: null,
    tellHead: async (decision) => tellAlone(decision, change.number),
    seen: undefined,
    known: new Answered(),
    read: createNeedReader(forge, page),
  });
};
