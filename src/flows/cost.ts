// The cost report of a change: in a file of it, an artefact of its run, or a comment of the cost bot.
import { parseCostComment } from '../change/cost-comment.ts';
import { parseCostReport } from '../change/cost-report.ts';
import type { CostReport } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import type { Problem } from '../model/problem.ts';
import type { TextReading } from '../ports/forge.ts';
import type { Inquiry } from './inquiry.ts';
import type { ObservedChange } from './observed.ts';

export interface Cost {
  readonly report: CostReport | null;
  readonly problems: readonly Problem[];
}

const NONE: Cost = { report: null, problems: [] };

/** The newest report there is; undefined while it has to be read. A comment of the bot counts wherever one is. */
export function readCost(inquiry: Inquiry, observed: ObservedChange, config: Config): Cost | undefined {
  if (observed.cost) return fromText(observed.cost.reading, observed.cost.source);
  const expected = expectedReport(inquiry, observed, config.cost);
  if (expected === undefined) return undefined;
  if (expected !== null && expected.reading.kind !== 'absent') return fromText(expected.reading, expected.source);
  return fromComments(observed, config.cost.bot);
}

/** Reads where the configuration expects a report, and nowhere else: an unexpected one is no reason for a request. */
function expectedReport(inquiry: Inquiry, { change }: ObservedChange, { expected, file, artifact }: Config['cost']): { readonly reading: TextReading; readonly source: string } | null | undefined {
  if (expected === 'artifact' && artifact !== null) {
    const reading = inquiry.ask({ kind: 'artifact', name: artifact });
    return reading && { reading, source: `artefact ${artifact}` };
  }
  if (expected === 'file' && file !== null && change.headSha !== null) {
    const reading = inquiry.ask({ kind: 'text', repo: null, path: file, ref: change.headSha });
    return reading && { reading, source: file };
  }
  return null;
}

function fromText(reading: TextReading, source: string): Cost {
  if (reading.kind !== 'text') return NONE;
  const parsed = parseCostReport(reading.text, source);
  return parsed.ok ? { report: parsed.value, problems: [] } : { report: null, problems: parsed.problems };
}

/** The bot is known by its authenticated login; anybody else's table is just text. */
function fromComments({ comments }: ObservedChange, bot: string): Cost {
  const login = bot.toLowerCase();
  const reports = comments
    .filter(({ author }) => author?.login.toLowerCase() === login)
    .map((comment) => parseCostComment(comment.body, `comment by ${bot}`))
    .filter((report) => report !== null);
  return { report: reports.at(-1) ?? null, problems: [] };
}
