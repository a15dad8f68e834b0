// What stands before a criterion and isn't part of it: box, label (`AC-5:`), role (`guardrail:`), `manual:`.
import type { Role } from '../../model/hypothesis.ts';

export interface Prefixed {
  /** Where the statement begins in the line. */
  readonly start: number;
  readonly role: Role | null;
  readonly manual: boolean;
}

const DECORATION = '[\\s*_`\\u00a0]{0,12}';
const BOX = /^\s{0,9}(?:[-*+•]\s{1,9})?(?:\[[ xX]\]\s{1,9})?/;
const EMOJI = /^[\s*_]{0,9}(?:\p{Extended_Pictographic}[\uFE0F\u200D]{0,2}){1,3}\s{0,9}/u;
const ROLE = new RegExp(`^${DECORATION}[([]?(guard[- ]?rail|goal)s?(?:\\s{0,3}#?[0-9]{1,3})?[)\\]]?${DECORATION}(?::|—|–|-(?=\\s)|(?<=[)\\]]))${DECORATION}`, 'i');
const MANUAL = new RegExp(`^${DECORATION}manual${DECORATION}:${DECORATION}`, 'i');
/** A number in a list of requirements; any other word before a colon could be a condition and stays. */
const IDENTIFIER = new RegExp(`^${DECORATION}[([]?[A-Za-z]{1,6}[- ]?#?[0-9]{1,4}(?:\\.[0-9]{1,3})?[)\\]]?${DECORATION}(?::|\\.(?=\\s)|\\)(?=\\s)|—|–|-(?=\\s)|(?<=[)\\]]))${DECORATION}`);
const TOPICS = 'criterion|criteria|metric|target|kpi|objective|requirement|success(?: criterion| metric)?|acceptance(?: criterion)?|expected(?: outcome| result)?|outcome|measure|check|slo|sli|primary|secondary|main'
  + '|latency|cost|costs|performance|reliability|availability|errors|throughput|capacity|saturation|speed|safety|stability|utili[sz]ation|efficiency|traffic|memory|cpu|then|and';
const TOPIC = new RegExp(`^${DECORATION}(?:${TOPICS})(?:\\s{0,3}#?[0-9]{1,3})?${DECORATION}(?::|—|–|-(?=\\s))${DECORATION}`, 'i');

/** Each once, in this order: after `AC-5: Latency:` a `p95:` is the metric's own name. */
const LABELS: readonly RegExp[] = [IDENTIFIER, TOPIC];

/** Takes box, role and `manual:`; `label` says whether a label is taken too. The metric's own `name:` is tried before labels are. */
export function takePrefix(line: string, label: 'with-label' | 'without-label'): Prefixed {
  let start = BOX.exec(line)?.[0].length ?? 0;
  start += EMOJI.exec(line.slice(start))?.[0].length ?? 0;
  let role: Role | null = null;
  let manual = false;
  let labels = label === 'with-label' ? LABELS : [];
  for (let turn = 0; turn < 4; turn++) {
    const rest = line.slice(start, start + 120);
    const said = ROLE.exec(rest) ?? MANUAL.exec(rest);
    const kind = said === null ? labels.findIndex((pattern) => pattern.test(rest)) : -1;
    const named = said ?? labels[kind]?.exec(rest) ?? null;
    if (named === null) break;
    if (kind >= 0) labels = labels.slice(kind + 1);
    if (said?.[1] !== undefined) role = said[1].toLowerCase() === 'goal' ? 'goal' : 'guardrail';
    else if (said !== null) manual = true;
    start += named[0].length;
  }
  return { start, role, manual };
}
