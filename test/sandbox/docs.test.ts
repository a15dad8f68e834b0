// The documents as pages: every link to a place in them leads there, as it does on GitHub.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { docPage } from '../../sandbox/pages/docs.ts';
import { renderDocument } from '../../sandbox/pages/markdown.ts';

const names = ['README', 'CONTRIBUTING', 'SECURITY', 'CHANGELOG', ...readdirSync(join(import.meta.dirname, '../../docs')).filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -'.md'.length))];
const pages = new Map(names.map((name) => [name, String(docPage(name).body)]));

test('headings are called as GitHub calls them', () => {
  const { text } = renderDocument('# The `App` & its way\n\n## Ümläute, 2 dots… and_more\n\n## Twice\n\n## Twice\n');
  expect([...text.matchAll(/<h\d id="([^"]*)"/g)].map(([, id]) => id)).toEqual(['the-app--its-way', 'ümläute-2-dots-and_more', 'twice', 'twice-1']);
});

test('every anchor is that of a heading', () => {
  const links = [...pages].flatMap(([name, text]) => [...text.matchAll(/href="(?:\/_docs\/([\w-]+))?#([^"]+)"/g)].map(([, to = name, place = '']) => ({ name, to, place })).filter(({ place }) => place !== 'main'));
  expect(links.length).toBeGreaterThan(5);
  const dead = links.filter(({ to, place }) => !pages.get(to)?.includes(` id="${decodeURIComponent(place)}"`));
  expect(dead.map(({ name, to, place }) => `${name}: ${to}#${place}`)).toEqual([]);
});
