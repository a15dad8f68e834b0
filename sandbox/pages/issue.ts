// The page of an issue: its text and the comments on it.
import type { Answer } from '../github/exchange.ts';
import { html } from './html.ts';
import { page } from './layout.ts';
import { badge, chooseWho, form, labels, opening, words } from './parts.ts';
import type { Issue, Words } from './read.ts';

export function issuePage(repository: string, issue: Issue, comments: readonly Words[]): Answer {
  const { number, title, state, labels: names } = issue;
  return page({
    title: `${title} #${number}`,
    main: html`
<p class="trail"><a href="/">Start</a> / ${repository}</p>
<h1>${title} <span class="quiet">#${number}</span></h1>
<p class="facts">${badge(state)} ${labels(names)}</p>
${opening(issue, repository)}
${comments.map((comment) => words(comment, repository))}
${form('comment', { repository, number }, html`<label for="comment">Comment</label><textarea id="comment" name="body" rows="3" required></textarea><p class="deeds">${chooseWho('ana', 'comment-by')}<button>Comment</button></p>`)}`,
  });
}
