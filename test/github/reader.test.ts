// Texts, artefacts and checks as GitHub hands them out, also the ones that can't be read.
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createForgeReader } from '../../src/github/reader.ts';
import type { ApiResponse, Transport } from '../../src/github/transport.ts';

const REPO = { owner: 'acme', repo: 'shop' };
const SHA = 'a'.repeat(40);

function readerOf(answers: Readonly<Record<string, Partial<ApiResponse>>>) {
  const transport: Transport = async ({ path }) => ({ status: 200, headers: {}, body: {}, ...(answers[path.replace('/repos/acme/shop', '')] ?? { status: 404 }) });
  return createForgeReader(transport, { home: REPO });
}

const blob = (bytes: Uint8Array | string) => ({ body: { type: 'file', encoding: 'base64', size: Buffer.from(bytes).length, content: Buffer.from(bytes).toString('base64') } });

describe('readText', () => {
  it.each<[string, Partial<ApiResponse>, object]>([
    ['text', blob('größer'), { kind: 'text', text: 'größer' }],
    ['empty', blob(''), { kind: 'text', text: '' }],
    ['byte order mark', blob('\ufeffa'), { kind: 'text', text: '\ufeffa' }],
    ['binary', blob(new Uint8Array([1, 0, 2])), { kind: 'unreadable', why: 'it is binary' }],
    ['latin-1', blob(new Uint8Array([0x67, 0xf6, 0x67])), { kind: 'unreadable', why: 'it is no UTF-8 text' }],
    ['too long', { body: { type: 'file', encoding: 'none', size: 5_000_000, content: '' } }, { kind: 'unreadable', why: 'it has 5000000 bytes, more than 1048576' }],
    ['folder', { body: [] }, { kind: 'unreadable', why: 'it is a folder' }],
    ['submodule', { body: { type: 'submodule' } }, { kind: 'unreadable', why: 'it is a link or a submodule' }],
    ['not there', { status: 404 }, { kind: 'absent' }],
    ['not permitted', { status: 403, body: { message: 'no' } }, { kind: 'forbidden', why: 'GitHub does not permit a.md in acme/shop (403: no)' }],
  ])('%s', async (_, answer, expected) => {
    expect(await readerOf({ '/contents/a.md': answer }).readText(REPO, 'a.md', null)).toEqual(expected);
  });

  it('tells of another repository that this token may not look there', async () => {
    expect(await readerOf({}).readText({ owner: 'acme', repo: 'secret' }, 'a.md', null)).toEqual({ kind: 'forbidden', why: "Cannot read acme/secret:a.md: this workflow's token reads only its own repository." });
  });
});

describe('readArtifact', () => {
  const listed = (...artifacts: readonly object[]) => ({ '/actions/artifacts': { body: { artifacts } } });
  const entry = (id: number, more: object = {}) => ({ id, size_in_bytes: 10, expired: false, workflow_run: { head_sha: SHA }, ...more });
  const zip = (files: Readonly<Record<string, string>>) => ({ body: zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]))) });

  it.each<[string, Record<string, Partial<ApiResponse>>, object]>([
    ['the newest at this head, its JSON', { ...listed(entry(1), entry(5), entry(9, { workflow_run: { head_sha: 'b' } })), '/actions/artifacts/5/zip': zip({ 'notes.txt': 'x', 'cost.json': '{"a":1}' }) }, { kind: 'text', text: '{"a":1}' }],
    ['a single file of any name', { ...listed(entry(5)), '/actions/artifacts/5/zip': zip({ infracost: '{}' }) }, { kind: 'text', text: '{}' }],
    ['none at this head', listed(entry(1, { workflow_run: { head_sha: 'b' } })), { kind: 'absent' }],
    ['expired', listed(entry(1, { expired: true })), { kind: 'absent' }],
    ['empty archive', { ...listed(entry(5)), '/actions/artifacts/5/zip': zip({}) }, { kind: 'unreadable', why: 'the archive is empty' }],
    ['too large', listed(entry(5, { size_in_bytes: 99_000_000 })), { kind: 'unreadable', why: 'it has 99000000 bytes, more than 10485760' }],
    ['a bomb', { ...listed(entry(5)), '/actions/artifacts/5/zip': zip({ 'a.json': ' '.repeat(11_000_000) }) }, { kind: 'unreadable', why: 'a.json has more than 10485760 bytes' }],
    ['no permission', { '/actions/artifacts': { status: 403 } }, { kind: 'forbidden', why: 'Cannot read artefact infracost of acme/shop: the token lacks the permission `actions: read`.' }],
  ])('%s', async (_, answers, expected) => {
    expect(await readerOf(answers).readArtifact(REPO, SHA, 'infracost')).toEqual(expected);
  });

  it('says that an archive is damaged', async () => {
    const reader = readerOf({ ...listed(entry(5)), '/actions/artifacts/5/zip': { body: new Uint8Array([1, 2, 3]) } });
    expect(await reader.readArtifact(REPO, SHA, 'infracost')).toMatchObject({ kind: 'unreadable', why: expect.stringContaining('the archive is damaged') });
  });
});

describe('readOwnCheck', () => {
  const run = (id: number, more: object) => ({ id, status: 'completed', conclusion: 'success', details_url: `https://github.com/acme/shop/actions/runs/1/job/${id}`, app: { slug: 'github-actions' }, ...more });
  it.each<[string, readonly object[], object | null]>([
    ['none', [], null],
    ['the newest of several', [run(1, { conclusion: 'failure' }), run(3, {}), run(2, { conclusion: 'failure' })], { conclusion: 'success', jobId: 3 }],
    ['still running', [run(1, { status: 'in_progress', conclusion: null })], { conclusion: 'running', jobId: 1 }],
    ['neutral lets pass', [run(1, { conclusion: 'neutral' })], { conclusion: 'success', jobId: 1 }],
    ['cancelled does not', [run(1, { conclusion: 'cancelled' })], { conclusion: 'failure', jobId: 1 }],
    ['another app has no job', [run(1, { details_url: 'https://ci.example', app: { slug: 'ci' } })], { conclusion: 'success', jobId: null }],
  ])('%s', async (_, runs, expected) => {
    expect(await readerOf({ [`/commits/${SHA}/check-runs`]: { body: { check_runs: runs } } }).readOwnCheck(REPO, SHA, 'yardstick')).toEqual(expected);
  });
});

describe('readOlderText', () => {
  it('reads the file as the older commit left it', async () => {
    const reader = readerOf({ '/commits': { body: [{ sha: SHA }] }, '/contents/a.yml': blob('old') });
    expect(await reader.readOlderText(REPO, 'a.yml', { ref: 'main', nth: 1 })).toEqual({ kind: 'text', text: 'old' });
  });

  it('is absent where the history ends', async () => {
    expect(await readerOf({ '/commits': { body: [] } }).readOlderText(REPO, 'a.yml', { ref: 'main', nth: 1 })).toEqual({ kind: 'absent' });
  });
});

describe('readMembership', () => {
  const read = (body: unknown) => createForgeReader(async () => ({ status: 200, headers: {}, body }), { home: REPO }).readMembership('acme/platform', 'kim');
  const hidden = { data: { organization: { team: null } } };
  it.each<[string, unknown, string]>([
    ['a member', { data: { organization: { team: { members: { nodes: [{ login: 'Kim' }] } } } } }, 'member'],
    ['a namesake', { data: { organization: { team: { members: { nodes: [{ login: 'kimberly' }] } } } } }, 'none'],
    ['a team that is hidden', hidden, 'unreadable'],
    ['a token without the scope', { ...hidden, errors: [{ type: 'INSUFFICIENT_SCOPES', message: 'x' }] }, 'unreadable'],
  ])('%s', async (_, body, expected) => {
    expect(await read(body)).toBe(expected);
  });

  it('a rate limit passes, and is thrown', async () => {
    await expect(read({ errors: [{ type: 'RATE_LIMITED', message: 'x' }] })).rejects.toThrow("GitHub's rate limit is used up while reading the members of @acme/platform");
  });
});

describe('readPermission', () => {
  it.each<[string, Partial<ApiResponse>, string]>([
    ['role of GitHub', { body: { permission: 'write', role_name: 'maintain' } }, 'maintain'],
    ['custom role', { body: { permission: 'write', role_name: 'release manager' } }, 'write'],
    ['nobody', { status: 404 }, 'none'],
  ])('%s', async (_, answer, expected) => {
    expect(await readerOf({ '/collaborators/kim/permission': answer }).readPermission(REPO, 'kim')).toBe(expected);
  });
});

describe('what only a look into the history tells', () => {
  const refused = (type: string) => readerOf({ '/graphql': { body: { data: { repository: null, nodes: null }, errors: [{ type, message: 'Resource not accessible by integration' }] } } });

  it('is not told to a token that may not see it, which stops nothing', async () => {
    const reader = refused('FORBIDDEN');
    expect([await reader.readApproval({ ...REPO, number: 1 }), await reader.readRevisions(REPO, ['IC_1', 'IC_2'])]).toEqual([null, [null, null]]);
  });

  it('is asked again where a limit was reached', async () => {
    const reader = refused('RATE_LIMITED');
    await expect(reader.readApproval({ ...REPO, number: 1 })).rejects.toThrow('rate limit');
    await expect(reader.readRevisions(REPO, ['IC_1'])).rejects.toThrow('rate limit');
  });

  it('is not guessed where the text of the approval was deleted from the history', async () => {
    const pullRequest = { body: 'now', reviews: { nodes: [{ submittedAt: '2026-05-05T09:00:00Z', author: null }] }, userContentEdits: { nodes: [{ editedAt: '2026-05-05T10:00:00Z', diff: 'now' }, { editedAt: '2026-05-05T08:00:00Z', diff: null }] } };
    const reader = readerOf({ '/graphql': { body: { data: { repository: { pullRequest } } } } });
    expect(await reader.readApproval({ ...REPO, number: 1 })).toBeNull();
  });
});
