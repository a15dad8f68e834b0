// Fills `${YARDSTICK_NAME}` into a source's address and headers, and keeps the values out of every message.
import { SetupError } from '../errors.ts';
import type { Source } from '../model/config.ts';

/** What is sent. Never printed: `redact` cuts it out of foreign text. */
export interface Secrets {
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly redact: (text: string) => string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Only variables named `YARDSTICK_…` are filled in: a configuration can't read other secrets of the runner. */
const VARIABLE = /\$\{(YARDSTICK_[A-Z0-9_]{1,80})\}/g;
/** `scheme://user:password@`: what stands there is part of an address, so that a secret in it has to be encoded. */
const LOGIN = /^([a-z][a-z0-9+.-]{0,20}:\/\/)([^/?#]{0,2000})@/i;
/** A shorter value would cut holes into ordinary words. */
const SHORTEST_REDACTED = 4;

/** Knows every secret that it has handed out. */
export interface Vault {
  /** @throws SetupError where the environment lacks a variable */
  readonly fill: (text: string) => string;
  readonly fillAddress: (address: string) => string;
  readonly hide: (value: string) => void;
  readonly redact: (text: string) => string;
}

export function createVault(source: Source, env: Environment): Vault {
  const values = new Set<string>();
  const fill = (text: string, encode: (value: string) => string = String): string => text.replaceAll(VARIABLE, (_, name: string) => {
    const value = env[name];
    if (value === undefined || value === '') throw new SetupError(`the source \`${source.name}\` needs ${name}, which is not set`, `Set ${name} in the environment: in a workflow by \`env:\`, from a secret.`);
    values.add(value);
    return encode(value);
  });
  return {
    fill,
    fillAddress: (address) => fill(address.replace(LOGIN, (_, scheme: string, login: string) => `${scheme}${fill(login, encodeURIComponent)}@`)),
    hide: (value) => void values.add(value),
    redact: (text) => [...values].filter((value) => value.length >= SHORTEST_REDACTED).sort((a, b) => b.length - a.length)
      .reduce((shown, value) => shown.replaceAll(value, '[secret]').replaceAll(encodeURIComponent(value), '[secret]'), text),
  };
}

/** @throws SetupError where the environment lacks a variable, or the address is none */
export function fillSecrets(source: Source, env: Environment, hidden: readonly string[] = []): Secrets {
  const vault = createVault(source, env);
  hidden.forEach(vault.hide);
  const { address, login } = splitLogin(vault.fillAddress(source.url ?? ''), source.name);
  const headers = new Map([...login, ...[...source.headers].map(([name, value]) => [name.toLowerCase(), vault.fill(value)] as const)]);
  // What is sent in a header is secret however it came there: `Bearer x`, and x alone.
  for (const value of headers.values()) for (const part of [value, value.slice(value.indexOf(' ') + 1)]) vault.hide(part);
  return { url: address, headers, redact: vault.redact };
}

/** `https://user:password@host` is sent as a header, as browsers and curl do. */
function splitLogin(text: string, name: string): { readonly address: string; readonly login: readonly (readonly [string, string])[] } {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw new SetupError(`the source \`${name}\` has no address that starts with http:// or https://`, 'Write it in `url` of the source, with its scheme.');
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { address: url.href, login: username === '' ? [] : [['authorization', `Basic ${Buffer.from(pair).toString('base64')}`]] };
}
