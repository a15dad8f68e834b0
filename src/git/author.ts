// Who wrote a commit, as far as name and address tell: GitHub's login where the address holds one.
import type { Account } from '../model/change.ts';

/** Addresses under which bots commit without GitHub's no-reply form, as their own documentation and histories show them. */
const knownBots: ReadonlyMap<string, string> = new Map([
  ['support@dependabot.com', 'dependabot[bot]'],
  ['bot@renovateapp.com', 'renovate[bot]'],
  ['renovate@whitesourcesoftware.com', 'renovate[bot]'],
  ['support@greenkeeper.io', 'greenkeeper[bot]'],
  ['snyk-bot@snyk.io', 'snyk-bot'],
  ['github-bot@pyup.io', 'pyup-bot'],
]);

/** `49699333+dependabot[bot]@users.noreply.github.com`, and the older form without the number. */
const noReply = /^(?:\d{1,12}\+)?([A-Za-z0-9-]{1,100}(?:\[bot\])?)@users\.noreply\.github\.com$/;

/** A commit's author. The name stands in for a login that the address doesn't hold; `type` is `Bot` only for GitHub's own bot accounts. */
export function parseAuthor(name: string, email: string): Account {
  const login = knownBots.get(email.toLowerCase()) ?? noReply.exec(email)?.[1] ?? name;
  return { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
}

/** For the summary: a machine by its account or by the name it bears. It exempts nothing. */
export function looksLikeBot(author: Account): boolean {
  return author.type === 'Bot' || /(?:^|[-_ ])(?:bot|automation|ci)$/i.test(author.login.slice(-200));
}
