// Reads JSON that a source answered with, without trusting its shape.
import { SetupError } from '../errors.ts';

/** @throws SetupError where the text is no JSON: most often a log-in page */
export function parseAnswer(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new SetupError(`${what} answered with something that is not JSON: ${text.slice(0, 80).replaceAll(/\s{1,80}/g, ' ')}`, 'Check `url` of the source: is it the server itself, or a page before it that asks to log in?');
  }
}

/** The value at a path of names, or undefined. */
export function at(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>)[name] : undefined), value);
}

export function listAt(value: unknown, ...names: readonly string[]): readonly unknown[] {
  const found = at(value, ...names);
  return Array.isArray(found) ? found : [];
}

export function textAt(value: unknown, ...names: readonly string[]): string {
  const found = at(value, ...names);
  return typeof found === 'string' ? found : '';
}
