// Reads what a change costs from the comment that the Infracost bot leaves on a pull request.
import type { CostReport } from '../model/change.ts';

/** ISO codes of the signs that Infracost prints; codes themselves are printed too (`INR 1,200`). */
const SIGNS: ReadonlyMap<string, string> = new Map([['$', 'USD'], ['US$', 'USD'], ['€', 'EUR'], ['£', 'GBP'], ['¥', 'JPY'], ['A$', 'AUD'], ['C$', 'CAD'], ['CA$', 'CAD'], ['₹', 'INR'], ['R$', 'BRL']]);

const SENTENCES = [
  /monthly (?:cost|estimate|bill)s?\b[^.\n|]{0,30}?\b(increase|decrease|rise|fall|grow|drop)[ds]? by (?:about )?([^\s*_`]{1,24}(?: [0-9][0-9.,]{0,20}k?)?)/i,
  /(?:this change|these changes|this pull request)[^.\n]{0,60}?(increase|decrease)s? [^.\n]{0,40}?by (?:about )?([^\s*_`]{1,24})/i,
];
const UNCHANGED = /monthly (?:cost|estimate)s?(?: estimate)? (?:will|would)? ?(?:not change|remain the same|is unchanged|be unchanged)|no (?:monthly )?cost (?:change|difference|estimate change)s?/i;
/** Heads of the column that says what the change makes. */
const CHANGE = /difference|\bdiff\b|\bchange\b/i;
/** Longest comment GitHub allows. */
const LIMIT = 65_536;

/**
 * Reads the comment of the Infracost bot, in the sentence ("monthly cost will increase by $743 📈") or the table of projects, old or new
 * form. Null where the text holds no cost, so that any comment may be offered. The caller checks who wrote it.
 */
export function parseCostComment(markdown: string, source: string): CostReport | null {
  const text = markdown.slice(0, LIMIT);
  if (!/infracost|monthly cost|cost estimate/i.test(text)) return null;
  const lines = text.replace(/<\/t(?:r|head)>/gi, '\n').split('\n').slice(0, 2000);
  const said = lines.map(sentence).find((found) => found !== null) ?? null;
  const table = tableTotals(lines);
  const delta = said ?? table.delta;
  if (delta !== null) return { currency: delta.currency, monthlyDelta: delta.value, monthlyTotal: table.total?.value ?? null, source };
  if (!UNCHANGED.test(text)) return null;
  return { currency: table.total?.currency ?? 'USD', monthlyDelta: 0, monthlyTotal: table.total?.value ?? null, source };
}

interface Money {
  readonly value: number;
  readonly currency: string;
}

function sentence(line: string): Money | null {
  const bare = line.slice(0, 1000).replace(/<[^>]{0,200}>/g, '').replace(/[*_]{1,3}/g, '');
  for (const form of SENTENCES) {
    const match = form.exec(bare);
    const money = match === null ? null : parseMoney(match[2] ?? '');
    if (money !== null) return { ...money, value: /decrease|fall|drop/i.test(match?.[1] ?? '') ? -Math.abs(money.value) : money.value };
  }
  return null;
}

/** The table's last line of all projects, else the sum of its projects; the column headed "difference", "diff", "monthly change" or "cost change". */
function tableTotals(lines: readonly string[]): { readonly delta: Money | null; readonly total: Money | null } {
  const rows = lines.filter((line) => line.includes('|') || /<t[dh]/i.test(line)).map(cellsOf);
  const head = rows.find((row) => row.some((cell) => CHANGE.test(cell)));
  if (head === undefined) return { delta: null, total: null };
  const change = head.findIndex((cell) => CHANGE.test(cell));
  const total = head.findIndex((cell) => /new monthly cost|^new\b|new cost/i.test(cell));
  const body = rows.slice(rows.indexOf(head) + 1).filter((row) => parseMoney(row[change] ?? '') !== null);
  const all = body.find((row) => /^(?:all projects|total)/i.test(row[0] ?? ''));
  const used = all === undefined ? body : [all];
  return { delta: sum(used.map((row) => row[change] ?? '')), total: total < 0 ? null : sum(used.map((row) => row[total] ?? '')) };
}

function cellsOf(line: string): readonly string[] {
  const bare = line.slice(0, 4000).replace(/<\/t[dh]>\s{0,20}<t[dh][^>]{0,100}>/gi, '|').replace(/<[^>]{0,200}>/g, '').replace(/[*_`]{1,3}/g, '');
  const cells = bare.split('|').map((cell) => cell.trim());
  return cells[0] === '' ? cells.slice(1) : cells;
}

function sum(cells: readonly string[]): Money | null {
  const amounts = cells.map(parseMoney).filter((money) => money !== null);
  const first = amounts[0];
  return first === undefined ? null : { currency: first.currency, value: amounts.reduce((total, money) => total + money.value, 0) };
}

/** `$1,234.50`, `+$12 (+3%)`, `-€5`, `$1.2k`, `INR 1,200`; null if there is no amount. */
function parseMoney(text: string): Money | null {
  const match = /^([+-]?)\s{0,2}([A-Z]{0,3}[$€£¥₹]|[A-Z]{3} ?)\s{0,2}([+-]?)([0-9][0-9,]{0,20}(?:\.[0-9]{1,6})?)(k?)/.exec(text.trim());
  if (match === null) return null;
  const sign = match[1] === '-' || match[3] === '-' ? -1 : 1;
  const value = sign * Number((match[4] ?? '').replaceAll(',', '')) * (match[5] === 'k' ? 1000 : 1);
  const unit = (match[2] ?? '').trim();
  return { value, currency: SIGNS.get(unit) ?? (unit.length === 3 ? unit : 'USD') };
}
