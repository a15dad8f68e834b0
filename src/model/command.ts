// What people tell Yardstick in a comment: `/yardstick waive …`.

/** One command of a comment; the text after its name is kept as written, control characters removed and cut short. */
export type Command =
  | { readonly name: 'check' | 'undo' | 'help' }
  /** `until` is an ISO date, the last day on which the waiver holds; null: until new commits widen the scope. */
  | { readonly name: 'waive'; readonly reason: string; readonly until: string | null }
  /** What was deployed: a commit, an instant, or null for "now". */
  | { readonly name: 'deployed'; readonly what: string | null }
  | { readonly name: 'outcome'; readonly metric: string; readonly value: string; readonly note: string | null }
  | { readonly name: 'keep' | 'accept' | 'withdraw'; readonly reason: string }
  /** It begins like a command and isn't one; `found` is what was written, `remedy` the nearest right form. */
  | { readonly name: 'unknown'; readonly found: string; readonly remedy: string };
