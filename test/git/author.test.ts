// Who wrote a commit, from its name and address.
import { describe, expect, test } from 'vitest';
import { looksLikeBot, parseAuthor } from '../../src/git/author.ts';

describe('parseAuthor', () => {
  test.each([
    ['dependabot', 'dependabot[bot]', '49699333+dependabot[bot]@users.noreply.github.com', 'dependabot[bot]', 'Bot'],
    ['an app of the organisation', 'acme-updater[bot]', '123+acme-updater[bot]@users.noreply.github.com', 'acme-updater[bot]', 'Bot'],
    ['renovate by its own address', 'Renovate Bot', 'bot@renovateapp.com', 'renovate[bot]', 'Bot'],
    ['a person', 'Ann Ops', '99+ann-ops@users.noreply.github.com', 'ann-ops', 'User'],
    ['the old form without a number', 'Ann', 'ann-ops@users.noreply.github.com', 'ann-ops', 'User'],
    ['an address of their own', 'Ann Ops', 'ann@example.org', 'Ann Ops', 'User'],
    ['an address that only looks like it', 'Ann', 'x+dependabot[bot]@users.noreply.github.com.example.org', 'Ann', 'User'],
  ] as const)('%s', (...[, name, email, login, type]) => {
    expect(parseAuthor(name, email)).toEqual({ login, type });
  });

  test.each([
    ['acme-bot', true],
    ['Deploy Bot', true],
    ['Abbot', false],
    ['Ann Ops', false],
  ])('%s by the name it bears', (login, bot) => {
    expect(looksLikeBot({ login, type: 'User' })).toBe(bot);
  });
});
