// One line of CSV to its cells: quotes may hold commas, and quotes themselves doubled.

/** Cells without their quotes. A line break inside quotes is not read: no metric has one. */
export function parseCsvRow(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(',').map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const character = line[i] ?? '';
    if (character === '"' && quoted && line[i + 1] === '"') i += 1;
    else if (character === '"') {
      quoted = !quoted;
      continue;
    }
    if (character === ',' && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return [...cells, cell.trim()];
}
