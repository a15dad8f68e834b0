// The hidden first line of what we write after the merge: a record, its copy, a verdict, a question; each about one experiment.

export type OutcomeKind = 'record' | 'copy' | 'verdict' | 'question' | 'reminder';

export interface OutcomeMarker {
  readonly kind: OutcomeKind;
  /** The experiment's key. */
  readonly key: string;
}

const MARKER = /^<!-- yardstick:(record|copy|verdict|question|reminder) "((?:[^"\\]|\\.){1,600})" -->/;

/** One HTML comment that its key can't end. */
export function renderOutcomeMarker({ kind, key }: OutcomeMarker): string {
  return `<!-- yardstick:${kind} ${JSON.stringify(key).replaceAll('--', '\\u002d\\u002d').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')} -->`;
}

/** The marker at the very start of a comment; null where there is none. */
export function parseOutcomeMarker(body: string): OutcomeMarker | null {
  const match = MARKER.exec(body.slice(0, 1_000));
  if (match === null) return null;
  try {
    return { kind: match[1] as OutcomeKind, key: JSON.parse(`"${match[2] ?? ''}"`) as string };
  } catch {
    return null;
  }
}
