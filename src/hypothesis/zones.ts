// The headings and labels inside a hypothesis, and what stands below them.

/** What the lines below a heading are. */
export type Zone = 'open' | 'claim' | 'because' | 'criteria' | 'guardrails' | 'measure' | 'odds' | 'intent' | 'until' | 'starts' | 'step' | 'hypothesis' | 'other';

const TITLES: readonly (readonly [Zone, RegExp])[] = [
  ['claim', /^(?:the )?(?:claim|what (?:do|did|will) (?:you|we) expect.{0,40}|expectation|expected effect|statement|bet|the bet|prediction)$/],
  ['because', /^(?:because|why|reason|rationale|reasoning|why (?:do )?(?:you|we) (?:think|believe|expect).{0,40})$/],
  ['guardrails', /^(?:guard ?rails?|guardrail criteria|do no harm|must not get worse|what must not (?:get worse|break|happen)|counter[- ]?metrics)$/],
  ['criteria', /^(?:(?:success|acceptance|exit|measurable|validation)? ?(?:criteria|criterion)(?: and guardrails| \/ guardrails| & guardrails)?|goals?|goals and guardrails|targets?|success(?: metrics?| measures?| looks like)?|metrics?|kpis?|objectives?|key results|expected (?:outcomes?|results?|impact)|outcomes?|how (?:do|will) (?:we|you) (?:know|measure).{0,40}|what success looks like|definition of (?:done|success)|evidence|measurements?|measured by)$/],
  ['measure', /^(?:measure|measurement (?:plan|window)|measuring|window|when (?:is it|will it be|to) measured?|observation window|schedule)$/],
  ['odds', /^(?:my |our )?(?:odds|confidence)$/],
  ['intent', /^intent$/],
  ['until', /^(?:until|scale back|when do we scale back|scale back (?:on|by|date))$/],
  ['starts', /^starts with$/],
  ['step', /^step of$/],
  ['hypothesis', /^(?:the |our )?hypothes[ie]s(?: and (?:success )?criteria| & (?:success )?criteria)?$/],
];

/** Headings that belong to the hypothesis above them, though they are of its level. Others of the same zone (`## Goals`, `## Acceptance criteria`) are often of the whole change. */
const OWN = /^(?:(?:success|measurable|validation) )?criteri|^success (?:metrics?|measures?)$|guard ?rail/i;

export function continuesHypothesis(title: string): boolean {
  return OWN.test(title.trim()) || ['measure', 'odds', 'until'].includes(zoneOf(title));
}

/** The zone that a list item alone announces for the items nested in it: `- Guardrails`; null for any other item. */
export function groupOf(item: string): Zone | null {
  const zone = /goal|criteri|guard ?rail|success/i.test(item) ? zoneOf(item.replaceAll(/[*_`]/g, '')) : 'other';
  return zone === 'criteria' || zone === 'guardrails' ? zone : null;
}

/** What a heading or label announces; `other` where it is none of ours. */
export function zoneOf(title: string): Zone {
  const plain = title.slice(0, 100).toLowerCase().replace(/\s*\([^()]{0,60}\)$/, '').replace(/[?!:*_\s]{1,9}$/, '').trim();
  return TITLES.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'other';
}
