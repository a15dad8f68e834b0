// What a run that looked after records tells: a line each, a warning for what waits on something.
import type { Outcome } from '../src/flows/handle.ts';
import type { Tended } from '../src/flows/tend.ts';
import { code } from '../src/report/escape.ts';
import type { Answer } from './answer.ts';
import { refusals } from './effects-text.ts';

/** Green in any case: an outcome is news, never a failed job. */
export function answerTended({ because, result }: Outcome & { kind: 'tended' }): Answer {
  const { tended, nothing, applied } = result;
  const counted = tended.length === 1 ? 'one record' : `${tended.length} records`;
  return {
    outputs: { verdict: 'neutral' },
    summary: tended.length === 0 ? '' : renderTable(tended),
    annotations: [],
    remarks: [
      { level: 'notice', text: `looked after ${counted}: ${because}` },
      ...tended.filter(({ waits }) => waits !== null).map(({ changes, waits }) => ({ level: 'warning' as const, text: `#${changes.join(', #')} waits for ${waits ?? ''}` })),
      ...refusals(applied).map((text) => ({ level: 'warning' as const, text })),
    ],
    log: [...nothing.map((reason) => `nothing to measure: ${reason}`), ...tended.map(describe)],
    exitCode: 0,
  };
}

function describe({ key, from, to, outcome }: Tended): string {
  return `${key}: ${from === null ? `locked, ${to}` : from === to ? to : `${from} → ${to}`}${outcome === null ? '' : `, ${outcome}`}`;
}

function renderTable(tended: readonly Tended[]): string {
  const rows = tended.map(({ changes, from, to, outcome, waits }) => `| ${changes.map((number) => `#${number}`).join(', ')} | ${from ?? 'new'} | ${to} | ${outcome ?? ''} | ${waits === null ? '' : code(waits.slice(0, 200)).replaceAll('|', '\\|')} |`);
  return ['### Measured outcomes', '', '| pull request | was | is | outcome | waits for |', '|---|---|---|---|---|', ...rows, ''].join('\n');
}
