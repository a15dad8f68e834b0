// The page about knobs says what the table says.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KNOBS } from '../../src/change/knobs.ts';
import { renderKnobTable } from '../../src/change/knob-table.ts';

test('docs/knobs.md is the table (write it with `npm run schema`)', () => {
  expect(readFileSync(new URL('../../docs/knobs.md', import.meta.url), 'utf8')).toBe(renderKnobTable());
});

test('ids are unique and kebab-case', () => {
  const ids = KNOBS.map((knob) => knob.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+(?:-[a-z]+)*$/.test(id))).toEqual([]);
});
