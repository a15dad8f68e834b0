// Reads fields of JSON that others wrote: what isn't of the expected shape is null, never an exception.

export type Json = Readonly<Record<string, unknown>>;

/** The value as an object, or an empty one. */
export function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A whole number from 0 on that JavaScript holds exactly; ids and counts are nothing else. */
export function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** The member at a path of keys: `at(payload, 'pull_request', 'head', 'sha')`. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((found, key) => (Object.hasOwn(record(found), key) ? record(found)[key] : undefined), value);
}

/** The named text of each member: label names of a list of labels. */
export function texts(value: unknown, key: string): readonly string[] {
  return list(value).flatMap((member) => text(at(member, key)) ?? []);
}
