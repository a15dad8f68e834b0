// The frame of every page: no request leaves the machine, nothing foreign runs.
import type { Answer } from '../github/exchange.ts';
import { html, type Html } from './html.ts';

// Of the referrer a browser makes the Origin of a form: without any it would be null, and refused like a stranger's.
const REFERRER = 'same-origin';
const POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export interface Page {
  readonly title: string;
  readonly main: Html;
  readonly status?: number;
}

export function page({ title, main, status = 200 }: Page): Answer {
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title} · Yardstick sandbox</title>
<link rel="stylesheet" href="/_assets/style.css"><link rel="icon" href="/_assets/icon.svg"><script src="/_assets/live.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><a class="brand" href="/"><img src="/_assets/icon.svg" alt="" width="22" height="22">Yardstick <span>sandbox</span></a>
<nav aria-label="Pages"><a href="/#pulls">Pull requests</a><a href="/#try">Try it</a><a href="/_docs">Docs</a></nav></header>
<main id="main">${main}</main>
<footer>An emulated GitHub on your machine, and the real App. Nothing leaves it.</footer>
</body>
</html>
`;
  return { status, body: text.text, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff', 'referrer-policy': REFERRER, 'cache-control': 'no-store' } };
}

/** An instant as people read it. */
export function when(instant: string): string {
  const date = new Date(instant);
  const [day, time] = [date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }), date.toISOString().slice(11, 16)];
  return `${day.replace(',', '')}, ${time}`;
}
