// The rules of the gate that can be rolled out one by one, by mode and by date.

/** Name → what the rule asks. */
export const RULES = {
  label: 'A label brings a pull request into scope.',
  path: 'A path brings a pull request into scope.',
  cost: 'A cost increase brings a pull request into scope.',
  diff: 'What the diff scales brings a pull request into scope.',
  linked: 'A pull request in scope has a hypothesis.',
  complete: 'The hypothesis says as much as its tier asks.',
  measurable: 'A costly change has goals that a source can show, or evidence.',
  reason: 'A change that is forced (end of life, compliance) gives its reason and a link.',
} as const;

export type RuleName = keyof typeof RULES;
