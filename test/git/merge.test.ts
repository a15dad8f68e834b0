// Which commit messages are merged pull requests, in the forms that forges write.
import { describe, expect, test } from 'vitest';
import { parseMerge } from '../../src/git/merge.ts';

const merged: readonly (readonly [string, string, number, string, string, string | null])[] = [
  ['github merge', 'Merge pull request #12 from acme/more-replicas\n\nScale orders to 6\n\n## Hypothesis\nbecause', 12, 'Scale orders to 6', '## Hypothesis\nbecause', 'acme/more-replicas'],
  ['github merge with a slash in the branch', 'Merge pull request #9 from acme/dependabot/npm/lodash-4\n\nBump lodash', 9, 'Bump lodash', '', 'acme/dependabot/npm/lodash-4'],
  ['github merge without a body', 'Merge pull request #3 from acme/x', 3, '', '', 'acme/x'],
  ['github squash', 'Scale orders to 6 (#12)\n\n* first\n\n* second', 12, 'Scale orders to 6', '* first\n\n* second', null],
  ['squash of a revert', 'Revert "Scale orders (#12)" (#13)', 13, 'Revert "Scale orders (#12)"', '', null],
  ['a backport names two; the last is its own', 'Scale orders (#12) (#40)', 40, 'Scale orders (#12)', '', null],
  ['windows line ends', 'Scale orders (#7)\r\n\r\nbody\r\n', 7, 'Scale orders', 'body', null],
  ['gitlab merge', "Merge branch 'more-replicas' into 'main'\n\nScale orders\n\nSee merge request acme/infra!31", 31, 'Scale orders', 'See merge request acme/infra!31', 'more-replicas'],
  ['bitbucket cloud merge', 'Merged in more-replicas (pull request #5)\n\nScale orders', 5, 'Scale orders', '', 'more-replicas'],
  ['bitbucket cloud squash', 'Scale orders (pull request #5)', 5, 'Scale orders', '', null],
  ['bitbucket server merge', 'Merge pull request #8 in OPS/infra from more-replicas to master\n\n* commit', 8, '* commit', '', 'more-replicas'],
  ['bitbucket server merge with title', 'Pull request #8: Scale orders\n\nMerge in OPS/infra', 8, 'Scale orders', 'Merge in OPS/infra', null],
  ['azure', 'Merged PR 77: Scale orders\n\nwhy', 77, 'Scale orders', 'why', null],
  ['homu', 'Auto merge of #155 - acme:branch, r=lead\n\nScale orders', 155, 'Scale orders', '', 'acme:branch'],
];

describe('parseMerge', () => {
  test.each(merged)('%s', (...[, message, number, title, body, branch]) => {
    expect(parseMerge(message)).toMatchObject({ number, title, body, branch });
  });

  test.each([
    ['a direct push', 'Scale orders to 6'],
    ['a mention of another', 'Follow-up of (#12) for orders'],
    ['a revert by hand', 'Revert "Scale orders (#12)"'],
    ['a merge of the main branch', "Merge branch 'main' into feature"],
    ['nothing', ''],
    ['a number that no forge gives', `Scale (#${'9'.repeat(30)})`],
  ])('%s is none', (_, message) => {
    expect(parseMerge(message)).toBeNull();
  });

  test('a hostile subject takes no time', () => {
    const started = performance.now();
    for (const text of ['('.repeat(65_536), `${' '.repeat(65_536)}(#1`, `Merge branch '${"' into ".repeat(9_000)}`, '(#1'.repeat(20_000)]) parseMerge(text);
    expect(performance.now() - started).toBeLessThan(100);
  });
});
