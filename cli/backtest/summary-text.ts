// The summary of a backtest as tables.
import { renderTextTable } from '../text-table.ts';
import { plain, type Style } from '../style.ts';
import type { Counts, Summary } from './tally.ts';

/** Rows that are listed of tables without an end. */
const rowsShown = 15;

export function renderBacktestSummary(summary: Summary, style: Style): string {
  const { read, inScope, exempt, facts, cut, authors } = summary;
  const tables = [
    table('', [['pull requests', 'count', 'share'], ['read', read, ''], ['in scope', inScope, share(inScope, read)], ['exempt', exempt, share(exempt, read)], ['scaling facts', facts, ''], ...(cut > 0 ? [['cut: diff too long or files missing', cut, '']] : [])], style),
    table('By rule', counted('rule', summary.rules), style),
    table('By author', [['author', 'read', 'in scope', 'share'], ...[...authors].map(([kind, of]) => [kind, of.read, of.inScope, share(of.inScope, of.read)])], style),
    table('Tiers', counted('tier', summary.tiers), style),
    table('Intents', counted('intent', summary.intents), style),
    table('Verdicts', counted('verdict', summary.verdicts), style),
    table('Facts by knob', counted('knob', summary.knobs), style),
    table('Top paths', counted('folder', summary.paths), style),
  ];
  return `${tables.filter((text) => text !== '').join('\n\n')}\n`;
}

function table(title: string, rows: readonly (readonly (string | number)[])[], style: Style): string {
  if (rows.length < 2) return '';
  const text = plain(renderTextTable(rows));
  return title === '' ? text : `${style('bold', title)}\n${text}`;
}

function counted(head: string, counts: Counts): readonly (readonly (string | number)[])[] {
  const rows = [...counts].sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1));
  const rest = rows.slice(rowsShown).reduce((sum, [, value]) => sum + value, 0);
  return [[head, 'count'], ...rows.slice(0, rowsShown), ...(rest > 0 ? [[`${rows.length - rowsShown} others`, rest] as const] : [])];
}

function share(part: number, whole: number): string {
  return whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
}
