// Export: what a person at a desk reads is what the workflow's bot has written, and nothing of anybody else.
import { describe, expect, test } from 'vitest';
import { actingAs } from '../../cli/acting-as.ts';
import { encodeLedger } from '../../src/experiment/ledger.ts';
import { encodeRecord } from '../../src/experiment/record-text.ts';
import { gatherExport } from '../../src/flows/export.ts';
import { renderExport } from '../../src/report/export.ts';
import { renderOutcomeMarker } from '../../src/report/outcome-marker.ts';
import { experiment } from '../experiment/sample.ts';
import { entry } from '../report/experiment-sample.ts';
import { createReader, createWorld } from './fake-forge.ts';
import { commentsOf, ME, REPO } from './fake-world.ts';

const AT = '2026-06-01T00:00:00Z';

describe('what is written down', () => {
  const world = createWorld();
  const bet = entry({ key: 'acme/infra#7', copy: { number: 500, commentId: 1, nodeId: 'IC_1' }, home: null });
  world.dashboard = { number: 500, body: encodeLedger({ entries: [bet], mergesSeenUntil: null }).text, editor: null };
  const body = `${renderOutcomeMarker({ kind: 'copy', key: 'acme/infra#7' })}\n${encodeRecord(experiment(), { audience: 'team', key: null }).text}`;
  commentsOf(world, 500).push({ id: 1, nodeId: 'IC_1', author: { login: ME, type: 'Bot' }, mine: true, body, createdAt: AT, editor: null });

  test('is exported with its criteria', async () => {
    const exported = await gatherExport(createReader(world), { repo: REPO, key: null, at: AT });
    expect(exported.experiments.get('acme/infra#7')).toMatchObject({ criteria: [{ text: 'p95(checkout) falls by 30%' }, {}] });
    const json = JSON.parse(renderExport('json', exported)) as { bets: { key: string; criteria: { text: string }[] }[] };
    expect(json.bets).toMatchObject([{ key: 'acme/infra#7' }]);
    expect(renderExport('csv', exported).split('\r\n').length).toBeGreaterThan(2);
  });

  test('is nothing without a dashboard', async () => {
    expect((await gatherExport(createReader(createWorld()), { repo: REPO, key: null, at: AT })).entries).toEqual([]);
  });
});

test('acting as the bot, its comments are one’s own, and a person’s no longer are', async () => {
  const nodes = [{ author: { login: 'github-actions', __typename: 'Bot' }, viewerDidAuthor: false }, { author: { login: 'ada', __typename: 'User' }, viewerDidAuthor: true }];
  const transport = actingAs(async () => ({ status: 200, headers: {}, body: { data: { viewer: { login: 'ada' }, nodes } } }), { login: 'github-actions[bot]', type: 'Bot' });
  expect((await transport({ method: 'POST', path: '/graphql' })).body).toEqual({
    data: { viewer: { login: 'github-actions', __typename: 'Bot' }, nodes: nodes.map((node) => ({ ...node, viewerDidAuthor: false })) },
  });
});
