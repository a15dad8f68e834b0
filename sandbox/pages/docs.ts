// The project's documents, as they lie in the folder, to be read beside the sandbox.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, Refusal } from '../github/exchange.ts';
import { html } from './html.ts';
import { page } from './layout.ts';
import { renderDocument } from './markdown.ts';

const ROOT = join(import.meta.dirname, '../..');
const ROOT_NAMES = ['README', 'CONTRIBUTING', 'SECURITY', 'CHANGELOG'];
const names = [...ROOT_NAMES, ...readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -'.md'.length))];
const pictures = readdirSync(join(ROOT, 'docs/img'));

const read = (name: string): string => readFileSync(join(ROOT, ROOT_NAMES.includes(name) ? '' : 'docs', `${name}.md`), 'utf8');

export function docsPage(): Answer {
  const titled = names.map((name) => ({ name, title: /^# (?<title>.+)$/m.exec(read(name))?.groups?.['title'] ?? name }));
  return page({ title: 'Documents', main: html`<h1>Documents</h1><ul class="plain">${titled.map(({ name, title }) => html`<li><a href="/_docs/${name}">${title}</a></li>`)}</ul>` });
}

export function docPage(name: string): Answer {
  if (!names.includes(name)) throw new Refusal(404, 'Not Found');
  return page({ title: name, main: html`<p class="trail"><a href="/">Start</a> / <a href="/_docs">Documents</a></p><article class="text document">${renderDocument(read(name))}</article>` });
}

export function picture(name: string): Answer {
  if (!pictures.includes(name)) throw new Refusal(404, 'Not Found');
  return { status: 200, body: readFileSync(join(ROOT, 'docs/img', name)), headers: { 'content-type': 'image/png' } };
}
