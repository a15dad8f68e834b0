// Accounts as GitHub writes them, in one form: REST says `x[bot]`, GraphQL says `x` and calls it a Bot.
import type { Account } from '../model/change.ts';
import { at, text } from './json.ts';

const BOT = '[bot]';

/** Reads a REST user or a GraphQL actor; null for a deleted account. A bot's login always ends in `[bot]`. */
export function parseAccount(value: unknown): Account | null {
  const login = text(at(value, 'login'));
  if (login === null || login === '') return null;
  const type = typeOf(text(at(value, '__typename')) ?? text(at(value, 'type')), login);
  return { login: type === 'Bot' && !login.endsWith(BOT) ? login + BOT : login, type };
}

/** Square brackets are not allowed in the name of a person, so the ending alone proves a bot. */
function typeOf(named: string | null, login: string): Account['type'] {
  if (login.endsWith(BOT)) return 'Bot';
  if (named === 'Bot' || named === 'Organization' || named === 'Mannequin') return named;
  return 'User';
}

/** Whether two logins name the same account, in either form. */
export function sameLogin(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

function bare(login: string): string {
  const lower = login.toLowerCase();
  return lower.endsWith(BOT) ? lower.slice(0, -BOT.length) : lower;
}
