// Markdown as GitHub shows it: rendered, then cleaned of everything that could do something.
import { Marked } from 'marked';
import sanitize from 'sanitize-html';
import { renderChart } from './chart.ts';
import { Html } from './html.ts';

const TAGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'em', 'strong', 'b', 'i', 'del', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'br', 'hr', 'details', 'summary', 'sub', 'sup', 'kbd'];

const comments = new Marked({ gfm: true, breaks: true });
const documents = new Marked({ gfm: true });

/** A text of a conversation in a repository: `#3` leads there, a line is a line. */
export function renderComment(text: string, repository: string): Html {
  const charts: string[] = [];
  // The place of a chart is marked by characters of the private use area, which are dropped from the text first.
  const marked = text.replaceAll(/[\u{f0000}\u{f0001}]/gu, '').replaceAll(/^```mermaid\n([\s\S]*?)^```$/gm, (whole, source: string) => {
    const chart = renderChart(source);
    return chart === null ? whole : `\u{f0000}${charts.push(chart.text) - 1}\u{f0001}`;
  });
  const clean = sanitize(comments.parse(marked, { async: false }), {
    allowedTags: TAGS, allowedAttributes: { a: ['href', 'rel'], th: ['align'], td: ['align'], details: ['open'] }, allowedSchemes: ['http', 'https', 'mailto'],
    transformTags: { a: sanitize.simpleTransform('a', { rel: 'nofollow noreferrer' }) },
    textFilter: (words, tag) => (['a', 'code', 'pre'].includes(tag) ? words : words.replaceAll(/(?<=^|[\s(])#(\d{1,9})\b/g, `<a href="/${repository}/issues/$1">#$1</a>`)),
  });
  return new Html(tables(clean).replaceAll(/(?:<p>)?\u{f0000}(\d+)\u{f0001}(?:<\/p>)?/gu, (_, index: string) => charts[Number(index)] ?? ''));
}

/** One of the project's documents; its links lead to the others and to its headings, and its pictures are served beside it. */
export function renderDocument(text: string): Html {
  const clean = sanitize(withPlaces(documents.parse(text, { async: false })), {
    allowedTags: [...TAGS, 'img'], allowedAttributes: { h1: ['id'], h2: ['id'], h3: ['id'], h4: ['id'], a: ['href'], th: ['align'], td: ['align'], img: ['src', 'alt'] },
    transformTags: { a: (tag, attribs) => ({ tagName: tag, attribs: linkOf(attribs['href'] ?? '') }), img: (tag, attribs) => ({ tagName: tag, attribs: { ...attribs, src: `/_docs/img/${(attribs['src'] ?? '').split('/').at(-1)}` } }) },
  });
  return new Html(tables(clean));
}

/** Headings get the ids that GitHub gives them: letters, digits and hyphens of their text, and a number where it comes again. */
function withPlaces(html: string): string {
  const seen = new Map<string, number>();
  return html.replaceAll(/<(h[1-4])>(.*?)<\/\1>/gs, (_, tag: string, inner: string) => {
    const words = inner.replaceAll(/<[^>]*>|&[a-z0-9#]+;/g, '').toLowerCase();
    const place = words.replaceAll(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-');
    const times = seen.get(place) ?? 0;
    seen.set(place, times + 1);
    return `<${tag} id="${times === 0 ? place : `${place}-${times}`}">${inner}</${tag}>`;
  });
}

/** Other files of the project are not served: their names stay, without a link. */
function linkOf(href: string): Record<string, string> {
  if (/^(?:https?:|#)/.test(href)) return { href };
  const { name, place = '' } = /^(?:\.\.\/)?(?:docs\/)?(?<name>[\w-]+)\.md(?<place>#.*)?$/.exec(href)?.groups ?? {};
  return name === undefined ? {} : { href: `/_docs/${name}${place}` };
}

/** Wide tables scroll by themselves, and not the page. */
function tables(text: string): string {
  return text.replaceAll('<table>', '<div class="wide" tabindex="0" role="region" aria-label="A table"><table>').replaceAll('</table>', '</table></div>');
}
