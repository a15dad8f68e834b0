// Draws the one kind of Mermaid chart that Yardstick writes, which GitHub draws by itself: lines over days.
import { html, type Html } from './html.ts';

const WIDTH = 800;
const HEIGHT = 240;
const LEFT = 56;
const BOTTOM = 34;

interface Axis {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** null where it is another kind of chart. */
export function renderChart(source: string): Html | null {
  const across = parseAxis(source, 'x');
  const up = parseAxis(source, 'y');
  const lines = [...source.matchAll(/^\s*line \[(?<values>[\d.,\s-]+)\]$/gm)].map(({ groups }) => (groups?.['values'] ?? '').split(',').map(Number));
  if (across === null || up === null || lines.length === 0) return null;
  const [promised, measured] = lines.length > 1 ? lines : [null, lines[0] ?? []];
  const x = (days: number): number => LEFT + ((days - across.from) / (across.to - across.from || 1)) * (WIDTH - LEFT - 12);
  const y = (value: number): number => 10 + (1 - (value - up.from) / (up.to - up.from || 1)) * (HEIGHT - BOTTOM - 10);
  const path = (values: readonly number[]): string => values.map((value, index) => `${index === 0 ? 'M' : 'L'}${place(x(across.from + (index / Math.max(values.length - 1, 1)) * (across.to - across.from)))} ${place(y(value))}`).join('');
  const days = Array.from({ length: Math.floor(across.to) - Math.ceil(across.from) + 1 }, (_, index) => Math.ceil(across.from) + index);
  const every = Math.ceil(days.length / 8);
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${up.name} over ${across.name}; the figures stand in the table">
    ${[0, 0.5, 1].map((part) => up.from + part * (up.to - up.from)).map((value) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - 12}" y1="${place(y(value))}" y2="${place(y(value))}"/><text x="${LEFT - 8}" y="${place(y(value) + 4)}" text-anchor="end">${Number(value.toPrecision(3))}</text>`)}
    ${days.filter((day) => day % every === 0).map((day) => html`<text x="${place(x(day))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${day}</text>`)}
    <text x="${LEFT}" y="${HEIGHT - 2}">${across.name}</text><text x="4" y="14">${up.name}</text>
    <line class="effect" x1="${place(x(0))}" x2="${place(x(0))}" y1="10" y2="${HEIGHT - BOTTOM}"/>
    ${promised === null ? null : html`<path class="promised" d="${path(promised ?? [])}"/>`}<path class="measured" d="${path(measured ?? [])}"/>
  </svg>`;
}

function parseAxis(source: string, which: 'x' | 'y'): Axis | null {
  const found = new RegExp(`^\\s*${which}-axis "(?<name>[^"]*)" (?<from>-?[\\d.]+) --> (?<to>-?[\\d.]+)$`, 'm').exec(source)?.groups;
  return found === undefined ? null : { name: found['name'] ?? '', from: Number(found['from']), to: Number(found['to']) };
}

function place(value: number): string {
  return value.toFixed(1);
}
