// Every payload that GitHub publishes as an example gives a trigger or a reason; hostile ones too.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../src/github/events.ts';
import type { Trigger } from '../../src/model/trigger.ts';

const EXAMPLES = JSON.parse(readFileSync(new URL('../../node_modules/@octokit/webhooks-examples/api.github.com/index.json', import.meta.url), 'utf8')) as readonly { readonly name: string; readonly examples: readonly object[] }[];
const AT = '2026-05-05T10:00:00.000Z';
const SHA = 'a'.repeat(40);
const repository = { id: 7, name: 'shop', full_name: 'acme/shop', owner: { login: 'acme' }, default_branch: 'main' };

function parse(name: string, payload: unknown): Trigger {
  return parseEvent({ name, payload, at: AT, delivery: null });
}

function said(name: string, payload: object): string {
  const trigger = parse(name, { repository, ...payload });
  if (trigger.kind === 'ignored') return trigger.reason;
  const pressed = 'pressed' in trigger && trigger.pressed ? `, ${trigger.pressed.button} by ${trigger.pressed.by}` : '';
  if (trigger.kind === 'gate') return `gate #${trigger.change.number} ${trigger.ownCheck ? 'head' : 'elsewhere'}${pressed}`;
  if (trigger.kind === 'head') return `head ${trigger.headSha.slice(0, 7)}${pressed}${trigger.closed ? `, left by #${trigger.closed}` : ''}`;
  if (trigger.kind === 'tend') return `tend ${trigger.change ? `#${trigger.change.number}` : trigger.issue ? `issue #${trigger.issue}` : 'all'}${trigger.openChanges === 'swept' ? ' and sweep' : ''}: ${trigger.because}`;
  return trigger.kind === 'sweep' ? `sweep${trigger.base === null ? '' : ` into ${trigger.base}`}: ${trigger.because}` : `merge group ${trigger.headRef}`;
}

describe('published examples', () => {
  it.each(EXAMPLES.map(({ name, examples }) => [name, examples] as const))('%s', (name, examples) => {
    for (const payload of examples) {
      const trigger = parse(name, payload);
      expect(trigger).toMatchObject({ event: name, at: AT });
      if (trigger.kind === 'ignored') expect(trigger.reason).toMatch(/^[^\n]{5,200}$/);
    }
  });

  it('gates every pull request of them that was not closed', () => {
    const pulls = EXAMPLES.filter(({ name }) => name === 'pull_request').flatMap(({ examples }) => examples) as readonly { readonly action: string }[];
    const kinds = new Set(pulls.map((payload) => `${payload.action === 'closed' ? 'closed' : 'other'}: ${parse('pull_request', payload).kind}`));
    expect([...kinds].sort()).toEqual(['closed: head', 'other: gate']);
  });
});

describe('what an event asks for', () => {
  const pull = { number: 42, base: { ref: 'main', sha: SHA }, head: { sha: SHA } };
  const comment = (body: string, type = 'User') => ({ action: 'created', issue: { number: 42, pull_request: {} }, comment: { body, user: { login: 'kim', type } } });
  const MERGED = { number: 42, pull_request: { merged_at: AT } };
  const on = (issue: object, payload: object): object => ({ ...payload, issue });
  const push = (modified: readonly string[]) => ({ ref: 'refs/heads/main', commits: [{ added: [], removed: [], modified }] });
  it.each<[string, string, object, string]>([
    ['opened', 'pull_request', { action: 'opened', pull_request: pull }, 'gate #42 head'],
    ['an action without meaning still is the head\'s check', 'pull_request_target', { action: 'assigned', pull_request: pull }, 'gate #42 head'],
    ['merged', 'pull_request_target', { action: 'closed', pull_request: { ...pull, merged: true } }, 'tend #42: pull request #42 was merged'],
    ['closed', 'pull_request', { action: 'closed', pull_request: pull }, 'head aaaaaaa, left by #42'],
    ['closed, of no commit', 'pull_request', { action: 'closed', pull_request: { ...pull, head: null } }, 'pull request #42 was closed: there is nothing left to gate'],
    ['command', 'issue_comment', comment('/yardstick check'), 'gate #42 elsewhere'],
    ['talk', 'issue_comment', comment('looks good'), 'the comment on #42 holds no command'],
    ['cost report', 'issue_comment', comment('Infracost report', 'Bot'), 'gate #42 elsewhere'],
    ['our own comment', 'issue_comment', { ...comment('<!-- yardstick:gate {} -->\nSay `/yardstick waive <reason>`', 'Bot'), sender: { login: 'kim' } }, 'the comment on #42 is what was said here'],
    ['our own edit of our comment', 'issue_comment', { ...comment('<!-- yardstick:gate {} -->', 'Bot'), action: 'edited', sender: { login: 'kim' } }, 'the comment on #42 is what was said here'],
    ["somebody's edit of our comment", 'issue_comment', { ...comment('<!-- yardstick:gate {} -->', 'Bot'), action: 'edited', sender: { login: 'mallory' } }, 'gate #42 elsewhere'],
    ['our comment, deleted', 'issue_comment', { ...comment('<!-- yardstick:gate {} -->', 'Bot'), action: 'deleted', sender: { login: 'kim' } }, 'gate #42 elsewhere'],
    ['command taken back', 'issue_comment', { ...comment('never mind'), action: 'edited', changes: { body: { from: '/yardstick waive x' } } }, 'gate #42 elsewhere'],
    ['command on an issue', 'issue_comment', { ...comment('/yardstick keep'), issue: { number: 9 } }, 'tend issue #9: comment on #9'],
    ['talk on an issue', 'issue_comment', { ...comment('nice'), issue: { number: 9 } }, 'the comment on issue #9 holds no command'],
    ['command on a merged one', 'issue_comment', on(MERGED, comment('/yardstick undo')), 'tend #42: comment on #42'],
    ['talk on a merged one', 'issue_comment', on(MERGED, comment('nice')), 'the comment on the merged #42 holds no command'],
    ['our own record', 'issue_comment', on(MERGED, { ...comment('record', 'Bot'), sender: { login: 'kim' } }), 'the comment on the merged #42 holds no command'],
    ['our own edit of it', 'issue_comment', on(MERGED, { ...comment('record', 'Bot'), action: 'edited', sender: { login: 'kim' } }), 'the comment on the merged #42 holds no command'],
    ["somebody's edit of it", 'issue_comment', on(MERGED, { ...comment('forged', 'Bot'), action: 'edited', sender: { login: 'mallory' } }), 'tend #42: comment on #42'],
    ['its deletion', 'issue_comment', on(MERGED, { ...comment('record', 'Bot'), action: 'deleted', sender: { login: 'mallory' } }), 'tend #42: comment on #42'],
    ['deletion of its second copy', 'issue_comment', { ...comment('record', 'Bot'), action: 'deleted', sender: { login: 'mallory' }, issue: { number: 9 } }, 'tend issue #9: comment on #9'],
    ['issue edited', 'issues', { action: 'edited', issue: { number: 9 } }, 'sweep: issue #9 was edited'],
    ['issue opened: it may have been named before', 'issues', { action: 'opened', issue: { number: 9 } }, 'sweep: issue #9 was opened'],
    ['issue pinned', 'issues', { action: 'pinned', issue: { number: 9 } }, '"pinned" of an issue changes no hypothesis'],
    ['merge queue', 'merge_group', { action: 'checks_requested', merge_group: { head_sha: SHA, head_ref: 'refs/heads/gh-readonly-queue/main/pr-42-abc' } }, 'merge group refs/heads/gh-readonly-queue/main/pr-42-abc'],
    ['push of the configuration', 'push', push(['.github/yardstick.yml']), 'sweep: push to main'],
    ['push of something else', 'push', push(['README.md']), 'the push does not touch the configuration'],
    ['push as a workflow sees it: no files are told', 'push', { ref: 'refs/heads/main', commits: [{ id: SHA }] }, 'sweep: push to main'],
    ['push of the configuration to another branch', 'push', { ...push(['.github/yardstick.yml']), ref: 'refs/heads/release/1' }, 'sweep into release/1: push to release/1'],
    ['push of something else to another branch', 'push', { ...push(['README.md']), ref: 'refs/heads/topic' }, 'the push does not touch the configuration'],
    ['a branch that is made', 'push', { ref: 'refs/heads/topic', created: true, commits: [] }, 'the push brings nothing new, and is not to the default branch'],
    ['push of a tag', 'push', { ref: 'refs/tags/v1' }, 'the push is of no branch'],
    ['clock', 'schedule', { schedule: '0 6 * * *' }, 'tend all and sweep: the clock'],
    ['by hand', 'workflow_dispatch', { inputs: { number: '42' } }, 'gate #42 elsewhere'],
    ['by hand with #', 'workflow_dispatch', { inputs: { 'pull-request': '#42' } }, 'gate #42 elsewhere'],
    ['by hand with words', 'workflow_dispatch', { inputs: { number: 'the last one' } }, 'the input "number" is no pull request number: give it as 123'],
    ['by hand for all', 'workflow_dispatch', { inputs: null }, 'sweep: started by hand without a pull request number'],
    ['re-run of a check', 'check_run', { action: 'rerequested', check_run: { head_sha: SHA, pull_requests: [{ number: 5, base: { repo: { id: 8 } } }, { number: 42, base: { repo: { id: 7 } } }] } }, 'gate #42 head'],
    ['re-run of a check of several', 'check_run', { action: 'rerequested', check_run: { head_sha: SHA, pull_requests: [{ number: 41, base: { repo: { id: 7 } } }, { number: 42, base: { repo: { id: 7 } } }] } }, 'head aaaaaaa'],
    ['the button of a check', 'check_run', { action: 'requested_action', requested_action: { identifier: 'check' }, check_run: { head_sha: SHA, pull_requests: [{ number: 42, base: { repo: { id: 7 } } }] } }, 'gate #42 head'],
    ['re-run of a fork\'s check', 'check_suite', { action: 'rerequested', check_suite: { head_sha: SHA, pull_requests: [] } }, 'head aaaaaaa'],
    ["re-run of a merge group's check", 'check_run', { action: 'rerequested', check_run: { head_sha: SHA, pull_requests: [], check_suite: { head_branch: 'gh-readonly-queue/main/pr-42-abc' } } }, 'merge group refs/heads/gh-readonly-queue/main/pr-42-abc'],
    ['the button for a draft', 'check_run', { action: 'requested_action', requested_action: { identifier: 'draft' }, sender: { login: 'ana' }, check_run: { head_sha: SHA, pull_requests: [{ number: 42, base: { repo: { id: 7 } } }] } }, 'gate #42 head, draft by ana'],
    ["the button for a waiver on a fork's check", 'check_run', { action: 'requested_action', requested_action: { identifier: 'waive' }, sender: { login: 'ana' }, check_run: { head_sha: SHA, pull_requests: [] } }, 'head aaaaaaa, waive by ana'],
    ['a button that is not ours', 'check_run', { action: 'requested_action', requested_action: { identifier: 'deploy' }, sender: { login: 'ana' }, check_run: { head_sha: SHA, pull_requests: [] } }, '"requested_action" of a check asks for nothing'],
    ['deployment', 'deployment_status', { deployment: { environment: 'production' }, deployment_status: { state: 'success' } }, 'tend all: deployment to production'],
    ['deployment under way', 'deployment_status', { deployment: {}, deployment_status: { state: 'in_progress' } }, 'a deployment that is "in_progress" starts nothing'],
    ['release', 'release', { action: 'published', release: { tag_name: 'v1.2' } }, 'tend all: release v1.2'],
    ['draft of a release', 'release', { action: 'created', release: { tag_name: 'v1.2' } }, 'a release that is "created" starts nothing'],
    ['stranger', 'watch', {}, 'the event watch is none of those that are worked on'],
  ])('%s', (_, name, payload, expected) => {
    expect(said(name, payload)).toBe(expected);
  });

  it('reads ahead with what the payload says', () => {
    const trigger = parse('pull_request', { repository, action: 'opened', pull_request: { ...pull, body: null, changed_files: 200, comments: 120 } });
    expect(trigger).toMatchObject({ hint: { headSha: SHA, baseRef: 'main', baseSha: SHA, body: null, changedFiles: 200, comments: 120 } });
  });
});

describe('hostile payloads', () => {
  const deep: unknown = JSON.parse('{"pull_request":'.repeat(500) + '1' + '}'.repeat(500));
  it.each<[string, string, unknown]>([
    ['nothing', 'pull_request', null],
    ['a list', 'pull_request', [1, 2]],
    ['a text', 'issue_comment', 'x'.repeat(1_000_000)],
    ['no number', 'pull_request', { repository, pull_request: {} }],
    ['a number of text', 'pull_request', { repository, pull_request: { number: '1; rm' } }],
    ['a fraction', 'issues', { repository, action: 'edited', issue: { number: 1.5 } }],
    ['a path as owner', 'pull_request', { repository: { name: '../..', owner: { login: 'acme' } }, pull_request: { number: 1 } }],
    ['a key of every object', 'constructor', { repository }],
    ['depth', 'pull_request', deep],
    ['lines in a name', 'push\n::error::x', { repository }],
  ])('%s is ignored with one line', (_, name, payload) => {
    const trigger = parse(name, payload);
    expect(trigger.kind).toBe('ignored');
    expect(trigger.kind === 'ignored' && trigger.reason).toMatch(/^[^\n]+$/);
    expect(trigger.event).not.toContain('\n');
  });
});
