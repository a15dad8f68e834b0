// Rule "exempt": who and what is never asked. An exemption wins over every reason that brings a change into scope.
import type { Account } from '../model/change.ts';
import type { ScopeReason } from '../model/decision.ts';
import type { CountedFiles } from './counted.ts';
import type { StakeInput } from './input.ts';
import { quote, shorten } from './quote.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';

/** The exemption that applies, the surest first; null where none does. */
export function evaluateExempt(input: StakeInput, files: CountedFiles): Ruling<ScopeReason | null> {
  const text = exemptBot(input) ?? exemptAuthor(input) ?? exemptLabel(input) ?? exemptRevert(input) ?? exemptContent(input, files);
  if (text === null) return ruling('exempt', { outcome: 'not-met', text: 'no exemption applies' }, null);
  const why = input.revert !== null && text === REVERT ? `${text}: ${shorten(input.revert, 120)}` : text;
  return ruling('exempt', { outcome: 'met', text: why }, { rule: 'exempt', text });
}

/** The authenticated login; a name with `[bot]` means an account of which GitHub says that it is a bot. */
function exemptBot({ change, config }: StakeInput): string | null {
  const { author } = change;
  if (author === null || !config.exempt.bots.some((login) => isAccount(login, author))) return null;
  return `opened by the dependency bot ${quote(author.login)}`;
}

function exemptAuthor({ change, config }: StakeInput): string | null {
  const { author } = change;
  if (author === null || !config.exempt.authors.some((login) => isAccount(login, author))) return null;
  return `the author ${quote(author.login)} is exempt in the configuration`;
}

function exemptLabel({ change, config }: StakeInput): string | null {
  const exempt = new Set(config.exempt.labels.map((label) => label.toLowerCase()));
  const label = change.labels.find((name) => exempt.has(name.toLowerCase()));
  return label === undefined ? null : `the label ${quote(label)} is exempt in the configuration`;
}

const REVERT = 'a revert';

function exemptRevert({ revert }: StakeInput): string | null {
  return revert === null ? null : REVERT;
}

/**
 * Exempt by what the files are. This holds against a scope label too: labels are mostly set by path, also on the
 * README of an infrastructure folder, and asking there is the bureaucracy that this tool is not. A cost report is
 * stronger than a path that looks like staging: that money is real.
 */
function exemptContent({ files, filesComplete, diff, cost, config }: StakeInput, { counted, reasons }: CountedFiles): string | null {
  if (!filesComplete || files.length === 0) return null;
  if (diff.formattingOnly && diff.facts.length === 0) return 'formatting and comments only';
  if (counted.length > 0) return null;
  const threshold = config.scope.costIncrease;
  if (reasons.includes('non-production path') && threshold !== null && (cost.report?.monthlyDelta ?? 0) >= threshold) return null;
  return `${reasons.map(plural).join(' and ')} only`;
}

function plural(reason: CountedFiles['reasons'][number]): string {
  return reason === 'documentation' ? reason : `${reason}s`;
}

/**
 * `name[bot]` means the bot, never the person who registered `name`, and `name` the person.
 * REST writes a bot's login `dependabot[bot]`, GraphQL `dependabot`: the same account.
 */
function isAccount(configured: string, { login, type }: Account): boolean {
  const wanted = configured.toLowerCase().replace(/^@/, '');
  const wantsBot = wanted.endsWith('[bot]');
  return (type === 'Bot') === wantsBot && bare(wanted) === bare(login.toLowerCase());
}

function bare(login: string): string {
  return login.replace(/\[bot\]$/, '');
}
