// What the doctor found: one line each, and how to mend it.

export interface Finding {
  readonly what: string;
  readonly state: 'fine' | 'missing' | 'unknown';
  readonly text: string;
  readonly remedy: string | null;
}

export function fine(what: string, text: string): Finding {
  return { what, state: 'fine', text, remedy: null };
}

export function missing(what: string, text: string, remedy: string): Finding {
  return { what, state: 'missing', text, remedy };
}

/** It could not be found out, or is so only for now. */
export function unknown(what: string, text: string, remedy: string): Finding {
  return { what, state: 'unknown', text, remedy };
}
