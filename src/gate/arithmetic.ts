// Rule "arithmetic": says when a goal follows from the change by division, and so would prove nothing.
import type { ScalingFact } from '../model/change.ts';
import type { Hypothesis } from '../model/hypothesis.ts';
import type { Note } from '../model/problem.ts';
import { quote, shorten } from './quote.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';

interface Arithmetic {
  readonly knob: RegExp;
  readonly metric: RegExp;
  readonly because: string;
}

/** Which metric a knob divides or multiplies by itself. A row says why. */
const ROWS: readonly Arithmetic[] = [
  { knob: /replicas?|count|capacity|nodes?|instances?|concurrency|workers?/i, metric: /(?:cpu|memory|mem|load|util|rps|requests|connections|queue|backlog)[\w.]{0,40}(?:per|by|each)_?(?:pod|replica|instance|node|worker|task|host)/i, because: 'the same load is shared by another number of replicas' },
  { knob: /replicas?|count|capacity|nodes?|instances?/i, metric: /^(?:pod|container|node|instance|host)?_?(?:cpu|memory|mem)(?:_?(?:util\w{0,9}|usage|used|percent|pct|load|saturation)){0,2}$/i, because: 'the same load is shared by another number of replicas' },
  { knob: /replicas?|count|capacity|nodes?|instances?/i, metric: /^(?:\w{0,20}_)?(?:replicas?|pods?|nodes?|instances?)(?:_(?:count|total|ready|available|running))?$/i, because: 'it only counts what this change adds' },
  { knob: /memory/i, metric: /^(?:\w{0,20}_)?mem(?:ory)?_?(?:util\w{0,9}|usage|used|percent|pct|saturation|headroom|free|limit\w{0,12})/i, because: 'the share changes with the limit it is a share of' },
  { knob: /cpu/i, metric: /^(?:\w{0,20}_)?cpu_?(?:util\w{0,9}|usage_?percent|percent|pct|saturation|headroom|limit\w{0,12})/i, because: 'the share changes with the limit it is a share of' },
  { knob: /storage|disk|volume/i, metric: /(?:disk|storage|volume)\w{0,20}(?:util\w{0,9}|usage|used|percent|pct|free|available)/i, because: 'the share changes with the size it is a share of' },
  { knob: /pool|connections/i, metric: /(?:pool|connections?)\w{0,20}(?:util\w{0,9}|usage|used|percent|pct|saturation)/i, because: 'the share changes with the size it is a share of' },
  { knob: /partitions?|shards?/i, metric: /per_?(?:partition|shard)|^(?:partitions?|shards?)$/i, because: 'the same load is shared by another number of parts' },
];

/** A note for each goal that follows from arithmetic. It is said, and blocks nothing: wanting it is no mistake, believing it proves something is. */
export function evaluateArithmetic(hypothesis: Hypothesis, facts: readonly ScalingFact[]): Ruling<readonly Note[]> {
  const goals = hypothesis.criteria.filter(({ role, kind }) => role === 'goal' && kind === 'metric');
  const notes = goals.flatMap((goal): readonly Note[] => {
    const name = goal.metric.name.slice(0, 120);
    const row = ROWS.find(({ knob, metric }) => metric.test(name) && facts.some((fact) => knob.test(`${fact.scales} ${fact.knob}`.slice(0, 120))));
    return row === undefined ? [] : [{ code: 'arithmetic-goal', text: `${quote(shorten(goal.text, 80), 80)} follows from arithmetic and proves nothing: ${row.because}. What users notice (latency, errors, waiting) would.` }];
  });
  if (notes.length === 0) return ruling('arithmetic', { outcome: 'not-met', text: 'no goal follows from the change by arithmetic' }, []);
  return ruling('arithmetic', { outcome: 'met', text: `${notes.length} of ${goals.length} goals follow from arithmetic` }, notes);
}
