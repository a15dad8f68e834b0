// Colours, where the output is a terminal that shows them.
import type { Desk } from './desk.ts';

export type Paint = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';
export type Style = (paint: Paint, text: string) => string;

const codes: Readonly<Record<Paint, readonly [number, number]>> = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], cyan: [36, 39] };

/** FORCE_COLOR says yes, NO_COLOR says no (no-color.org), in this order; unsaid, the terminal decides. */
export function createStyle(desk: Pick<Desk, 'env' | 'outIsTerminal'>): Style {
  return wantsColour(desk) ? (paint, text) => `\u001B[${codes[paint][0]}m${text}\u001B[${codes[paint][1]}m` : (_, text) => text;
}

function wantsColour({ env, outIsTerminal }: Pick<Desk, 'env' | 'outIsTerminal'>): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return outIsTerminal && env['TERM'] !== 'dumb';
}

/** Text of strangers on a terminal: control characters would move the cursor or worse. Line breaks and tabs stay. */
export function plain(text: string): string {
  return text.replace(/(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '');
}
