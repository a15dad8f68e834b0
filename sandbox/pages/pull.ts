// The page of a pull request: description, check with its buttons, conversation, diff, and what can be done with it.
import type { Answer } from '../github/exchange.ts';
import { html, type Html } from './html.ts';
import { page } from './layout.ts';
import { renderComment } from './markdown.ts';
import { badge, chooseWho, form, labels, opening, sign, words } from './parts.ts';
import type { Check } from '../read-check.ts';
import type { Whole } from './read.ts';

/** @param answered how long the App took for what was done last, milliseconds; null where nothing was */
export function pullPage(pull: Whole, answered: number | null): Answer {
  const { repository, number } = pull;
  const at = { repository, number };
  return page({
    title: `${pull.title} #${number}`,
    main: html`
<p class="trail"><a href="/">Start</a> / ${repository}</p>
<h1>${pull.title} <span class="quiet">#${number}</span></h1>
<p class="facts">${badge(pull.state)} ${pull.state === 'merged' ? html`<code>${pull.branch}</code> of ${pull.author} was merged into <code>main</code>` : html`${pull.author} wants to merge <code>${pull.branch}</code> into <code>main</code>`} ${labels(pull.labels)}</p>
${answered === null ? null : html`<p class="answered" role="status">Yardstick answered in ${(answered / 1000).toFixed(1)} s.</p>`}
${checkCard(pull.check, at)}
${opening(pull, repository)}
${pull.state === 'open' || pull.state === 'draft' ? html`<details class="edit" id="edit"><summary>Edit the description</summary>${form('edit', at, html`<label class="aside" for="description">Description</label><textarea id="description" name="body" rows="12">${pull.body}</textarea><p class="deeds">${chooseWho(pull.author, 'edit-by')}<button>Save</button></p>`)}</details>` : null}
<details class="card diff" id="diff"><summary>What changes</summary><pre tabindex="0">${diffLines(pull.diff)}</pre></details>
${pull.words.map((comment) => words(comment, repository))}
${form('comment', at, html`<label for="comment">Comment</label><textarea id="comment" name="body" rows="3" required placeholder="/yardstick help"></textarea><p class="deeds">${chooseWho('ana', 'comment-by')}<button>Comment</button></p>`)}
<div class="deeds">${pull.state === 'open' ? form('merge', at, html`<button class="plainly">Merge</button>`) : null}${pull.state === 'merged' ? form('deploy', at, html`<button class="plainly">Deploy main to production</button>`) : null}</div>`,
  });
}

function checkCard(check: Check | null, at: { readonly repository: string; readonly number: number }): Html {
  if (check === null) return html`<section class="card check"><h2 class="aside">Check</h2><p>${sign(undefined)} <b>yardstick</b> has not answered yet.</p></section>`;
  const press = (identifier: string, label: string, description: string): Html => form('press', { ...at, run: check.id, identifier }, html`<button class="plainly" title="${description}">${label}</button>`);
  return html`<section class="card check ${check.conclusion}"><h2 class="aside">Check</h2>
  <p class="line">${sign(check.conclusion)} <span><b>yardstick</b> ${check.title}</span></p>
  <details id="check"><summary>Details</summary><div class="text">${renderComment(check.summary, at.repository)}${check.text === '' ? null : renderComment(check.text, at.repository)}</div></details>
  <div class="deeds">${check.buttons.map(({ identifier, label, description }) => press(identifier, label, description))}${form('rerun', { ...at, run: check.id }, html`<button class="plainly">Re-run</button>`)}</div></section>`;
}

const KINDS: readonly (readonly [RegExp, string])[] = [[/^(?:diff|index|---|\+\+\+|new file|deleted|rename|similarity)/, 'meta'], [/^@@/, 'place'], [/^\+/, 'added'], [/^-/, 'removed']];

function diffLines(diff: string): readonly Html[] {
  return diff.trimEnd().split('\n').slice(0, 2000).map((line) => html`<span class="${KINDS.find(([pattern]) => pattern.test(line))?.[1] ?? ''}">${line}
</span>`);
}
