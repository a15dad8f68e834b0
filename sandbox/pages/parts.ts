// What several pages show: a check's sign, labels, who wrote what, and forms.
import { PEOPLE } from '../seed/organisation.ts';
import { html, type Html } from './html.ts';
import { when } from './layout.ts';
import { renderComment } from './markdown.ts';
import type { Words } from './read.ts';

const SIGNS: Readonly<Record<string, readonly [string, string]>> = { success: ['✓', 'passed'], failure: ['✕', 'failed'], neutral: ['–', 'neutral'], pending: ['•', 'running'] };

export function sign(conclusion: string | undefined): Html {
  const [mark, words] = SIGNS[conclusion ?? 'pending'] ?? ['•', 'running'];
  return html`<span class="sign ${conclusion ?? 'pending'}" title="${conclusion === undefined ? 'not answered yet' : words}" aria-hidden="true">${mark}</span><span class="aside">check ${conclusion === undefined ? 'not there yet' : words}</span>`;
}

/** The tone of a label; others' are plain. */
const TONES: readonly (readonly [RegExp, string])[] = [[/^outcome: validated|^hypothesis: linked/, 'good'], [/^outcome: refuted|^hypothesis: needed/, 'bad'], [/^outcome: pending/, 'info'], [/^outcome|^hypothesis|^yardstick/, 'warn']];

export function labels(names: readonly string[]): Html {
  return html`${names.map((name) => html`<span class="label ${TONES.find(([pattern]) => pattern.test(name))?.[1] ?? ''}">${name}</span>`)}`;
}

export function badge(state: string): Html {
  return html`<span class="badge ${state}">${state}</span>`;
}

const FACES: Readonly<Record<string, string>> = { '+1': '👍', '-1': '👎', laugh: '😄', confused: '😕', heart: '❤️', hooray: '🎉', rocket: '🚀', eyes: '👀' };

/** A comment, or a description. */
export function words({ id, author, at, edited, reactions, body }: Words, repository: string, did = 'commented'): Html {
  const bot = author.endsWith('[bot]');
  return html`<article class="words${bot ? ' bot' : ''}" id="issuecomment-${id}">
    <header><span class="face" aria-hidden="true">${author.slice(0, 1)}</span><b>${author.replace('[bot]', '')}</b>${bot ? html`<span class="tag">bot</span>` : null} ${did}<time datetime="${at}">${when(at)}${edited === null ? null : `, edited ${when(edited)}`}</time></header>
    <div class="text">${body.trim() === '' ? html`<p class="quiet">No description.</p>` : renderComment(body, repository)}</div>
    ${reactions.length === 0 ? null : html`<p class="reactions">${reactions.map((content) => html`<span class="label" title="${content}">${FACES[content] ?? content}</span>`)}</p>`}
  </article>`;
}

/** A line in which `#3` leads to that number of a repository. */
export function linked(line: string, repository: string): Html {
  return html`${line.split(/(?<=^|[\s(])(#\d{1,9})\b/).map((part, index) => (index % 2 === 0 ? part : html`<a href="/${repository}/issues/${part.slice(1)}">${part}</a>`))}`;
}

/** Who does it, with what they may do. */
export function chooseWho(first: string, id: string): Html {
  return html`<label class="who" for="${id}">as <select name="by" id="${id}">${[...PEOPLE].map(([login, role]) => html`<option value="${login}"${login === first ? html` selected` : null}>${login} (${role})</option>`)}</select></label>`;
}

/** A description, which nobody reacts to here. */
export function opening({ author, at, body }: Pick<Words, 'author' | 'at' | 'body'>, repository: string): Html {
  return words({ id: 0, author, at, edited: null, reactions: [], body }, repository, 'opened this');
}

/** A form that does one thing to one pull request or issue. */
export function form(deed: string, fields: Readonly<Record<string, string | number>>, inside: Html): Html {
  return html`<form method="post" action="/_do/${deed}">${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}${inside}</form>`;
}
