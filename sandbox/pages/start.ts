// The start page: what happens now, the pull requests, how to try something, what is where, how to go on.
import type { Layer } from '../github/layer.ts';
import type { Answer } from '../github/exchange.ts';
import type { Chapter } from '../life/play.ts';
import { SERVICES } from './deeds.ts';
import { html, type Html } from './html.ts';
import { page, when } from './layout.ts';
import { badge, chooseWho, form, labels, linked, sign } from './parts.ts';
import { ORGANISATION } from '../seed/organisation.ts';
import { type Issue, readIssues, readRows, type Row } from './read.ts';
import type { World } from './world.ts';

export async function startPage(layer: Layer, world: World): Promise<Answer> {
  const names = [...layer.repositories.keys()].toReversed();
  const [rows, issues] = await Promise.all([Promise.all(names.map((name) => readRows(layer, name))), Promise.all(names.map((name) => readIssues(layer, name)))]);
  return page({
    title: 'Start',
    main: html`
<section class="hero">
  <h1>Every infrastructure pull request is a bet.</h1>
  <p>Yardstick asks what you expect, checks that it can be measured, and comes back on the same pull request with what happened. Here it does so, for real, on an emulated GitHub.</p>
</section>
<section class="now"><h2>Now</h2><p><b>${world.now}</b> <span class="quiet">The clock here shows ${when(new Date().toISOString())}.</span></p>${story(world.chapters)}</section>
<section id="pulls"><h2>Pull requests</h2>${names.map((name, index) => repositoryCard(name, rows[index] ?? [], issues[index] ?? []))}</section>
${trying(layer, world)}
${places(layer, world)}
<section id="on"><h2>Go on</h2><ul class="plain">
  <li><code>npm run setup -- https://your.host</code> makes the App on your GitHub by a form of GitHub’s own; then <code>npm start</code> is that App. <a href="/_docs/app">The App</a></li>
  <li>Without a server: <a href="/_docs/README">the Action, a workflow of ten lines</a></li>
  <li><code>npx yardstick backtest .</code> says what it would have said to your last pull requests. <a href="/_docs/cli">At the desk</a></li>
</ul></section>`,
  });
}

/** Where the story plays. */
const SHOP = `${ORGANISATION}/shop`;

function story(chapters: readonly Chapter[]): Html | null {
  const newest = chapters.toReversed();
  const item = ({ at, title, lines }: Chapter): Html => html`<li><time datetime="${at}">${when(at)}</time><div><b>${linked(title, SHOP)}</b>${lines.map((line) => html`<p>${linked(line, SHOP)}</p>`)}</div></li>`;
  if (newest.length === 0) return null;
  return html`<ol class="story">${newest.slice(0, 3).map(item)}</ol>${newest.length <= 3 ? null : html`<details id="earlier"><summary>Everything before</summary><ol class="story">${newest.slice(3).map(item)}</ol></details>`}`;
}

/** So many at once; what waits for its author comes first. */
const SHOWN = 6;

function list(rows: readonly Row[], repository: string): Html {
  return html`<ul class="rows">${rows.map((row) => html`<li>${sign(row.check?.conclusion)}<div><a href="/${repository}/pull/${row.number}">${row.title}</a> ${labels(row.labels)}<p>#${row.number} by ${row.author}${row.check === null ? null : html` · ${row.check.title}`}</p></div>${badge(row.state)}</li>`)}</ul>`;
}

function repositoryCard(repository: string, rows: readonly Row[], issues: readonly Issue[]): Html {
  const waits = (row: Row): number => (row.state === 'open' && row.check?.conclusion === 'failure' ? 0 : 1);
  const sorted = rows.toSorted((a, b) => waits(a) - waits(b));
  const [first, rest] = [sorted.slice(0, SHOWN), sorted.slice(SHOWN)];
  return html`<div class="card"><h3>${repository}</h3>
  ${rows.length === 0 ? html`<p class="quiet">None yet.</p>` : list(first, repository)}${rest.length === 0 ? null : html`<details id="more-${repository.split('/')[1] ?? ''}"><summary>${rest.length} more</summary>${list(rest, repository)}</details>`}
  ${issues.length === 0 ? null : html`<p class="issues">Issues: ${issues.map(({ number, title }) => html`<a href="/${repository}/issues/${number}">#${number} ${title}</a> `)}</p>`}</div>`;
}

function trying(layer: Layer, { app, free }: World): Html {
  // The shop is the story's until it is told; what it measures is known for a week more.
  const services = free ? SERVICES.toReversed() : SERVICES.slice(0, 1);
  return html`<section id="try"><h2>Try it</h2>
<div class="columns">
<div class="card"><h3>Open a pull request</h3>
${form('open', {}, html`
  <div class="pair"><div><label for="service">Scale</label><select id="service" name="service">${services.map(({ name, repository }) => html`<option value="${name}">${name} in ${repository.split('/')[1] ?? ''}</option>`)}</select></div>
  <div><label for="replicas">to so many pods</label><input id="replicas" name="replicas" type="number" min="1" max="400" value="16" required></div></div>
  <label for="title">Title</label><input id="title" name="title" placeholder="Scale … to 16 replicas" maxlength="256">
  <label for="body">Description <span class="quiet">(leave it empty, and see what is asked)</span></label><textarea id="body" name="body" rows="4"></textarea>
  <p class="deeds">${chooseWho('ana', 'open-by')}<button${app === null ? html` disabled` : null}>Open it</button></p>`)}
<p class="quiet">Or from a terminal:</p><pre><code>curl -d replicas=16 ${layer.url}/_do/open</code></pre></div>
<div class="card"><h3>Then</h3><ol>
  <li>Read the comment: it holds a draft. Open <b>Edit the description</b>, paste the draft, fill its gaps: the check turns green.</li>
  <li>Press a button of the check, or write <code>/yardstick help</code> as a comment. The answer takes about a second.</li>
  <li>As <b>ana</b>, who maintains, <code>/yardstick waive the load test is on Friday</code> lets it pass. As <b>eve</b>, who only reads, it does not.</li>
  <li>Merge it, deploy <code>main</code>, let a week pass: the outcome comes back. The services of <code>shop</code> are measured; what you change there they do not know of, so expect no miracle.</li></ol>
${form('leap', { days: 7 }, html`<button${free ? null : html` disabled`}>Let a week pass</button>`)}${free ? null : html`<p class="quiet">As soon as the story above has played to its end.</p>`}</div>
</div></section>`;
}

function places(layer: Layer, { app, source }: World): Html {
  const place = (name: string, what: Html): Html => html`<div><dt>${name}</dt><dd>${what}</dd></div>`;
  return html`<section id="where"><h2>What is where</h2><dl class="card places">
  ${place('GitHub’s API', html`<code>${layer.url}</code>, with tokens such as <code>ghp_ana</code>`)}
  ${app === null ? place('The App', html`is starting`) : html`${place('The App', html`<a href="${app.url}/healthz">/healthz</a> <a href="${app.url}/readyz">/readyz</a> <a href="${app.url}/metrics">/metrics</a> at <code>${app.url}</code>`)}${place('Its log and database', html`<code>${app.folder}</code>`)}`}
  ${place('The metrics', source === null ? html`are being made up` : source.url === '' ? html`${source.words}` : html`<a href="${source.url}">a real Prometheus</a> at <code>${source.url}</code>`)}
  ${place('The documents', html`<a href="/_docs">/_docs</a>`)}</dl></section>`;
}
