// The README keeps its word: its workflow, its configuration, its links and its commands are what the project has.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { commands } from '../../cli/commands/table.ts';

const ROOT = join(import.meta.dirname, '../..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

function block(name: string): string {
  return new RegExp(`<!-- ${name} -->\\n\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';
}

describe('README', () => {
  test('its workflow listens to what gate and lock need and names the job for ever', () => {
    const workflow = load(block('workflow')) as { on: { pull_request_target: { types: string[] } }; jobs: Record<string, unknown>; concurrency: Record<string, unknown> };
    expect(workflow.on.pull_request_target.types).toEqual(['opened', 'reopened', 'synchronize', 'edited', 'labeled', 'unlabeled', 'ready_for_review', 'converted_to_draft', 'closed']);
    expect(Object.keys(workflow.jobs)).toEqual(['yardstick']);
    expect(workflow.concurrency['cancel-in-progress']).toBe(false);
  });

  test('its configuration is sound', () => {
    const parsed = parseConfig(block('configuration'), 'README.md');
    expect(parsed).toMatchObject({ ok: true });
  });

  test('every link leads somewhere', () => {
    const links = [...readme.matchAll(/\]\(([^)#:\s]+)\)/g)].map(([, target]) => target ?? '');
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
  });

  test('every command it names exists', () => {
    const named = [...readme.matchAll(/npx yardstick ([a-z]+)/g)].map(([, name]) => name);
    const known = commands.map(({ name }) => name);
    expect(named.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });

  test('its npm scripts exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test']));
  });
});
