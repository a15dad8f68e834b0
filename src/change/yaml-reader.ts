// Reads YAML line by line by its indentation, so that templates, hunks and broken files read as far as they make sense.
import { readAssignments } from './assignment-reader.ts';
import { readBraces } from './brace-reader.ts';
import { isLiteral, newOwner, type Owner, type Setting, type Step, type Surroundings } from './setting.ts';
import type { Run, SourceLine } from './side.ts';
import { contentStart, splitKey, splitValue } from './yaml-line.ts';

interface Level {
  readonly indent: number;
  readonly step: Step;
  items: number;
}

/** How a text in a block scalar begins when it is YAML itself: Helm values in an Argo application, a patch, configuration as code. */
const NESTED = /^(?:---|- |(?:["']?[\w./-]{1,80}["']?|\{\{.{1,80}\}\}):(?:\s|$))/;
/** How one begins that is folded from options, one a line: `-Xmx2g`. */
const OPTION = /^--?[A-Za-z]/;

/** Settings of a run of YAML. Documents (`---`) have an owner each. */
export function readYaml(run: Run, start: Surroundings | null = null): readonly Setting[] {
  return new YamlReading(run, start).read();
}

class YamlReading {
  private readonly settings: Setting[] = [];
  private levels: Level[] = [];
  private owner: Owner;
  private rooted: boolean;
  private documents = 0;
  private readonly run: Run;
  private readonly start: Surroundings | null;
  private topItems = 0;
  /** A list item that is only a flag: the next item of that list is its value. */
  private flag: { readonly name: string; readonly list: Level | undefined } | null = null;

  constructor(run: Run, start: Surroundings | null) {
    this.run = run;
    this.start = start;
    this.owner = start?.owner ?? newOwner();
    this.rooted = start?.rooted ?? run.fromTop;
  }

  read(): readonly Setting[] {
    const lines = this.run.lines;
    for (let at = 0; at < lines.length; at += 1) {
      const line = lines[at] as SourceLine;
      const indent = contentStart(line.text);
      if (indent < 0) continue;
      if (line.text.startsWith('---')) this.newDocument(line);
      else at += this.readLine(line, indent, at);
    }
    return this.settings;
  }

  private newDocument(line: SourceLine): void {
    this.levels = [];
    this.topItems = 0;
    this.documents += 1;
    this.rooted = this.start?.rooted ?? true;
    if (this.start === null && (this.documents > 1 || this.settings.length > 0)) this.owner = newOwner();
    if (line.changed && this.settings.length > 0) this.owner.fresh = true;
  }

  /** Reads one line; gives the number of further lines it took. */
  private readLine(line: SourceLine, indent: number, at: number): number {
    let column = indent;
    let text = line.text;
    while (text[column] === '-' && (text[column + 1] === ' ' || column + 1 === text.length)) {
      this.openItem(column, line);
      const next = contentStart(text, column + 1);
      if (next < 0) return 0;
      column = next;
    }
    const pair = splitKey(text, column);
    if (pair === null) {
      if (this.levels.length === 0 && !this.rooted) this.settings.push(...readAssignments({ lines: [line], fromTop: false, heading: null }, this.surroundings()));
      else this.readScalarItem(text.slice(column), line);
      return 0;
    }
    const step = this.openKey(pair.key, column, line);
    return this.readValue(step, text.slice(pair.valueAt), at);
  }

  private openItem(column: number, line: SourceLine): void {
    this.closeTo(column + 0.5);
    const parent = this.levels.at(-1);
    const index = parent === undefined ? this.topItems++ : parent.items++;
    this.levels.push({ indent: column + 0.5, step: { name: '', label: null, index, line: line.number, changed: line.changed }, items: 0 });
  }

  private openKey(key: string, column: number, line: SourceLine): Step {
    this.closeTo(column);
    const step: Step = { name: key, label: null, index: null, line: line.number, changed: line.changed };
    this.levels.push({ indent: column, step, items: 0 });
    return step;
  }

  private closeTo(indent: number): void {
    while ((this.levels.at(-1)?.indent ?? -1) >= indent) this.levels.pop();
    if (this.levels.length === 0 && indent < 1 && this.start === null) this.rooted = true;
  }

  /** An item without a key: `- MAX_CONNECTIONS=100`, `- --workers=4`, `- m5.large`. */
  private readScalarItem(text: string, line: SourceLine): void {
    if (this.levels.at(-1)?.step.index === undefined || this.levels.at(-1)?.step.index === null) return;
    const { value, quoted } = splitValue(text);
    if (value.startsWith('{') || value.startsWith('[')) return void this.readFlow(value, line);
    const list = this.levels.at(-2);
    const flag = this.flag?.list === list ? this.flag : null;
    this.flag = /^--?[A-Za-z][\w-]{1,60}$/.test(value) ? { name: value.replace(/^--?/, ''), list } : null;
    const assignment = /^(?:--?)?([A-Za-z_][\w.-]{1,60})=([^=]{0,200})$/.exec(value);
    const name = assignment?.[1] ?? (this.flag === null ? flag?.name : undefined);
    if (name === undefined) return this.emit(line, { value, quoted }, []);
    this.emit(line, { value: assignment?.[2] ?? value, quoted }, [{ name, label: null, index: null, line: line.number, changed: line.changed }]);
  }

  private readValue(step: Step, text: string, at: number): number {
    const line = this.run.lines[at] as SourceLine;
    const { value, quoted } = splitValue(text);
    if (!quoted && (value.startsWith('|') || value.startsWith('>'))) return this.readBlock(at);
    if (!quoted && (value.startsWith('{') || value.startsWith('[')) && !value.startsWith('{{')) this.readFlow(value, line);
    else if (value !== '' || quoted) {
      this.learn(step, value, line);
      this.emit(line, { value, quoted }, []);
    }
    return 0;
  }

  /** Passes over a block scalar, or reads it as YAML where it begins like some. Gives the lines taken. */
  private readBlock(at: number): number {
    const indent = this.levels.at(-1)?.indent ?? 0;
    let end = at + 1;
    for (; end < this.run.lines.length; end += 1) {
      const from = (this.run.lines[end] as SourceLine).text.search(/\S/);
      if (from >= 0 && from <= indent) break;
    }
    const lines = this.run.lines.slice(at + 1, end);
    const first = lines.find((line) => contentStart(line.text) >= 0)?.text.trim() ?? '';
    const read = NESTED.test(first) ? readYaml : readAssignments;
    if (OPTION.test(first)) for (const line of lines) this.emit(line, { value: line.text.trim(), quoted: true }, []);
    else if (!first.startsWith('#!')) this.settings.push(...read({ lines, fromTop: true, heading: null }, this.surroundings()));
    return end - at - 1;
  }

  private readFlow(value: string, line: SourceLine): void {
    const run: Run = { lines: [{ ...line, text: value }], fromTop: true, heading: null };
    this.settings.push(...readBraces(run, 'flow', this.surroundings()).settings);
  }

  private surroundings(): Surroundings {
    return { steps: this.steps(), owner: this.owner, rooted: this.rooted };
  }

  private steps(): readonly Step[] {
    return [...(this.start?.steps ?? []), ...this.levels.map((level) => level.step)];
  }

  private emit(line: SourceLine, { value, quoted }: ReturnType<typeof splitValue>, more: readonly Step[]): void {
    const literal = isLiteral(value, quoted);
    this.settings.push({ line: line.number, changed: line.changed, steps: [...this.steps(), ...more], value, literal, rooted: this.rooted, owner: this.owner });
  }

  /** Takes what names things: the item's label, and a document's kind, name and namespace. */
  private learn(step: Step, value: string, line: SourceLine): void {
    const parent = this.levels.at(-2);
    if (parent?.step.index !== null && parent?.step.index !== undefined && parent.step.name === '') labelItem(parent.step, step.name, value);
    if (this.start !== null || !this.rooted) return;
    if (this.levels.length === 1 && step.name === 'kind') {
      this.owner.type = value;
      if (line.changed) this.owner.fresh = true;
    } else if (this.levels.length === 2 && this.levels[0]?.step.name === 'metadata') {
      if (step.name === 'name') {
        this.owner.name = value;
        if (line.changed) this.owner.fresh = true;
      }
      if (step.name === 'namespace') this.owner.namespace = value;
    }
  }
}

/** JSON patches are named by their `path`, everything else by `name`, then by the next best. */
function labelItem(item: Step, key: string, value: string): void {
  if (value.includes('{{')) return;
  if (key === 'name' || (key === 'path' && value.startsWith('/'))) item.label = value;
  else if (item.label === null && (key === 'id' || key === 'key' || key === 'slug' || key === 'display_name')) item.label = value;
}
