// docs/outcomes.md keeps its word: every outcome, command and column it should name, and its picture.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/complete.ts';
import { parseCommands } from '../../src/gate/commands.ts';
import { renderExport } from '../../src/report/export.ts';
import { outcomeLabels } from '../../src/report/outcome-labels.ts';
import { DUE, experiment } from './experiment-sample.ts';

const docs = new URL('../../docs/', import.meta.url);
const page = readFileSync(new URL('outcomes.md', docs), 'utf8');

test('every outcome word is explained', () => {
  const { outcomePrefix } = defaultConfig().labels;
  const { add, remove } = outcomeLabels(experiment(), outcomePrefix);
  const words = [...add.map(({ name }) => name), ...remove].map((name) => name.slice(outcomePrefix.length));
  expect(words).toHaveLength(10);
  expect(words.filter((word) => !page.includes(`\`${word}\``) && !page.includes(`\`${outcomePrefix}${word}\``))).toEqual([]);
});

test('every column of the export is named, in order', () => {
  const [head = ''] = renderExport('csv', { entries: [], experiments: new Map(), at: DUE }).split('\r\n');
  const table = page.slice(page.indexOf('| column | is |'));
  expect([...table.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name)).toEqual(head.split(','));
});

test('every command it shows is read as one', () => {
  const shown = [...page.matchAll(/^\| `(\/yardstick [^`]+)` \|/gm)].map(([, line = '']) => line.replaceAll(/<(\w+)>/g, '$1').replace('METRIC VALUE', 'nps 41').replaceAll(/ \[[^\]]*\]/g, ''));
  expect(shown).toHaveLength(6);
  expect(shown.flatMap((line) => parseCommands(line)).map(({ name }) => name)).toEqual(['keep', 'undo', 'accept', 'outcome', 'deployed', 'withdraw']);
});

test('its picture and its links are there', () => {
  const links = [...page.matchAll(/\]\(([^)#:\s]+)\)/g)].map(([, target = '']) => target);
  expect(links.length).toBeGreaterThan(2);
  expect(links.filter((target) => !existsSync(new URL(target, docs)))).toEqual([]);
});
