// Cuts secrets out of what leaves the process as text, wherever they stand in it.
import type { Settings } from './settings.ts';

export type Redact = (text: string) => string;

/** Secrets that are known by their form alone: GitHub's tokens, JSON web tokens, what stands in an address before its host. */
const FORMS = [/\b(?:gh[pousr]|github_pat)_[\w.-]{16,1000}/g, /\beyJ[\w-]{8,2000}\.[\w-]{8,4000}\.[\w-]{8,2000}/g, /(?<=:\/\/)[^\s/"'@]{1,500}@/g];
/** A shorter value would cut holes into ordinary words. */
const SHORTEST = 8;
const CUT = '[secret]';

/** @param values secrets as they are; they are also found as a JSON string or an address writes them */
export function createRedaction(values: readonly string[]): Redact {
  const written = new Set(values.filter((value) => value.length >= SHORTEST).flatMap((value) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]));
  const known = [...written].sort((a, b) => b.length - a.length);
  return (text) => FORMS.reduce((shown, form) => shown.replace(form, CUT), known.reduce((shown, value) => shown.replaceAll(value, CUT), text));
}

type Told = Pick<Settings, 'webhookSecret' | 'webhookSecretOld' | 'privateKey' | 'signingKey' | 'databaseUrl' | 'hidden'>;

/** What the App was told and must never tell. */
export function secretsOf({ webhookSecret, webhookSecretOld, privateKey, signingKey, databaseUrl, hidden }: Told): readonly string[] {
  const lines = privateKey.split('\n').filter((line) => !line.startsWith('-----'));
  return [webhookSecret, webhookSecretOld ?? '', signingKey ?? '', passwordOf(databaseUrl ?? ''), ...lines, ...hidden];
}

/** Also of an address that is none: that is when it ends up in a message. */
function passwordOf(url: string): string {
  const password = /:\/\/[^:@/]*:(.*)@/.exec(url)?.[1] ?? '';
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
