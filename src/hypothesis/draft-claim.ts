// The claim of a draft: the author's own sentence with its *because*, else the title with what the diff scales.
import type { ScalingFact } from '../model/change.ts';
import type { Intent } from '../model/decision.ts';
import { headingTitle, scanLines } from './lines.ts';
import { cutSentences, findPlaceholder } from './prose.ts';
import { zoneOf } from './zones.ts';

interface ClaimInput {
  readonly facts: readonly ScalingFact[];
  readonly title: string;
  readonly body: string;
  readonly intent: Intent | null;
  /** What is promised, in the words of the first criterion. */
  readonly promise: string;
}

const LONGEST_SENTENCE = 300;
const MOST_FACTS = 3;

/** One line that ends with a full stop. Foreign text is flattened: no markup, no mentions, no blanks of a template. */
export function authorsClaim({ facts, title, body, intent, promise }: ClaimInput): string {
  const own = ownReason(body);
  if (own !== null) return own;
  const subject = flat(title).replace(/^(?:[a-z]{2,12}(?:\([^()]{0,40}\))?!?|\[[^\]]{0,40}\]):?\s{0,3}(?=\S)/, (prefix) => (/[:\]]/.test(prefix) ? '' : prefix)).replace(/[.:\s]{1,5}$/, '');
  const scaled = facts.slice(0, MOST_FACTS).map(renderFact).join(', ');
  const lead = capital(subject === '' ? scaled || 'this change' : scaled === '' ? subject : `${subject} (${scaled})`);
  if (/\bbecause\s{1,3}\S/i.test(subject) && !hasGap(title)) return `${lead}.`;
  const why = intent === 'oblige' ? '<reason, with a link>' : '<why you expect that>';
  return `${lead}: ${promise}, because ${why}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The first sentence of the body that gives a reason. */
function ownReason(body: string): string | null {
  const lines = scanLines(body.slice(0, 65_536)).filter((line) => line.fence === null && line.heading === null && !/^\s{0,9}[>|]/.test(line.text) && zoneOf(headingTitle(line)) === 'other');
  for (const line of lines) {
    if (!/\bbecause\b/i.test(line.text)) continue;
    const sentence = cutSentences(line.text.slice(0, 4000)).find(({ text }) => /\S\s+because\s+\S/i.test(text));
    const text = sentence === undefined || hasGap(sentence.text) ? '' : flat(sentence.text.replace(/^(?:[-*+]|[0-9]{1,3}[.)])\s{1,9}/, ''));
    if (text !== '' && text.length <= LONGEST_SENTENCE && !/^(?:measure|my odds|intent|until|step of|starts with|hypothesis)\b/i.test(text)) return `${text.replace(/[.\s]{1,5}$/, '')}.`;
  }
  return null;
}

/** Asked before a text is flattened: that takes its brackets from a gap, and the rest reads like a reason. One that goes on in the next line is one too. */
function hasGap(text: string): boolean {
  return findPlaceholder(`${text} >`) !== null;
}

function renderFact({ scales, from, to }: ScalingFact): string {
  const word = (value: string | null): string => (value === null ? 'default' : flat(value).slice(0, 40));
  return `${flat(scales)} ${word(from)} → ${word(to)}`;
}

/** One line without markup; `@` gets a gap, so that copying notifies nobody. */
function flat(text: string): string {
  return text.slice(0, 400).replaceAll(/[`<>|\\]|!?\[|\](?:\([^()]{0,300}\))?/g, '').replaceAll(/\s+/g, ' ').replaceAll(/@(?=\w)/g, '@\u200B').replace(/^[#>*+\s-]{1,20}/, '').trim();
}
