// Reads formats with braces (HCL, JSON, jsonnet, YAML flow) in one pass over their tokens; hunks and broken files as far as they go.
import { blockOwner, empty, rawText, stepAt, type Statement } from './brace-statement.ts';
import { tokensOf, type Dialect, type Token } from './brace-tokens.ts';
import { newOwner, isLiteral, type Owner, type Setting, type Step, type Surroundings } from './setting.ts';
import type { Run, SourceLine } from './side.ts';

interface Frame {
  readonly open: string;
  readonly step: Step | null;
  readonly owner: Owner;
  /** The statement it stands in, taken up again when it closes. */
  readonly outer: Statement;
  /** Pushed because of a hunk's heading: blocks between it and the hunk are out of sight. */
  readonly assumed: boolean;
  readonly seen: Map<string, number>;
}

const TOP_BLOCK = new Set(['resource', 'data', 'module', 'variable', 'locals', 'output', 'provider', 'terraform', 'moved', 'import', 'check', 'inputs', 'job', 'source']);

/** A heredoc, which may be of another format. */
export interface EmbeddedText {
  readonly lines: readonly SourceLine[];
  readonly around: Surroundings;
}

/** What a brace format holds: settings, and texts for whoever knows the other formats. */
export interface BraceReadings {
  readonly settings: readonly Setting[];
  readonly texts: readonly EmbeddedText[];
}

/** Reads a run in a brace format; `start` says what stands around a nested text. */
export function readBraces(run: Run, dialect: Dialect, start: Surroundings | null = null): BraceReadings {
  return new BraceReading(run, dialect, start).read();
}

class BraceReading {
  private readonly settings: Setting[] = [];
  private readonly texts: EmbeddedText[] = [];
  private readonly frames: Frame[] = [];
  private readonly run: Run;
  private readonly dialect: Dialect;
  private readonly start: Surroundings | null;
  private readonly root: Owner;
  private readonly seen = new Map<string, number>();
  private rooted: boolean;
  private statement: Statement = empty();

  constructor(run: Run, dialect: Dialect, start: Surroundings | null) {
    this.run = run;
    this.dialect = dialect;
    this.start = start;
    this.root = start?.owner ?? newOwner();
    this.rooted = start?.rooted ?? run.fromTop;
  }

  read(): BraceReadings {
    if (this.dialect === 'hcl') this.assumeHeading();
    for (const token of tokensOf(this.run.lines, this.dialect)) this.take(token);
    this.finish();
    return { settings: this.settings, texts: this.texts };
  }

  private take(token: Token): void {
    switch (token.kind) {
      case 'open': return this.open(token);
      case 'close': return this.close(token);
      case 'comma': return this.finish();
      case 'newline': return this.newline();
      case 'separator': return this.separate(token);
      case 'heredoc': return this.heredoc(token);
      case 'word':
      case 'string':
        if (this.statement.key === null) this.statement.words.push(token);
        else this.statement.value.push(token);
    }
  }

  /** Only HCL ends a statement with its line, and only between braces. */
  private newline(): void {
    const open = this.frames.at(-1)?.open ?? '{';
    if (this.dialect !== 'hcl' || open !== '{') return;
    if (this.statement.key !== null && this.statement.value.length === 0 && !this.statement.compound) return;
    this.finish();
  }

  private separate(token: Token): void {
    const { words, key } = this.statement;
    const open = this.frames.at(-1)?.open ?? '{';
    const name = words.at(-1);
    const single = words.length === 1 || (words.length === 2 && words[0]?.text === 'local');
    if (key !== null) return void this.statement.value.push(token);
    if (open !== '{' || name === undefined || !single) return void this.statement.words.push(token);
    if (this.frames.length === 0 && name.column === 0 && this.dialect === 'hcl') this.rooted = true;
    this.statement.key = stepAt(name.text, null, name.line);
  }

  private open(token: Token): void {
    const outer = this.statement;
    const frame = token.text === '{' ? this.openBrace(outer, token) : this.openOther(outer, token);
    outer.compound = outer.compound || token.text === '{' || (token.text === '[' && outer.value.length === 0);
    if (outer.key !== null) outer.value.push(token);
    this.frames.push({ open: token.text, outer, assumed: false, seen: new Map(), ...frame });
    this.statement = empty();
  }

  private openOther(outer: Statement, token: Token): Pick<Frame, 'step' | 'owner'> {
    const nested = token.text === '[' && outer.key === null && this.frames.at(-1)?.open === '[';
    return { step: outer.key ?? (nested ? this.itemStep(token) : null), owner: this.owner() };
  }

  private openBrace(outer: Statement, token: Token): Pick<Frame, 'step' | 'owner'> {
    if (outer.key !== null) return { step: outer.key, owner: this.owner() };
    const head = outer.words[0];
    if (head !== undefined && this.dialect === 'hcl' && this.frames.at(-1)?.open !== '(' && this.frames.at(-1)?.open !== '[') return this.openBlock(outer.words, head);
    if (this.frames.at(-1)?.open === '[') return { step: this.itemStep(token), owner: this.owner() };
    return { step: null, owner: this.owner() };
  }

  private openBlock(words: readonly Token[], head: Token): Pick<Frame, 'step' | 'owner'> {
    const labels = words.slice(1).map((word) => word.text);
    const atRoot = head.column === 0 || (this.frames.length === 0 && this.run.fromTop);
    if (this.start === null && atRoot && TOP_BLOCK.has(head.text)) {
      // A block of this kind at the margin begins anew, whatever braces were left open above it.
      this.frames.length = 0;
      this.rooted = true;
      return { step: null, owner: blockOwner(head.text, labels, head.line.changed) };
    }
    if (head.text === 'content' && labels.length === 0) return { step: null, owner: this.owner() };
    const name = head.text === 'dynamic' ? (labels[0] ?? head.text) : head.text;
    const step = stepAt(name, this.count(name), head.line);
    step.label = head.text === 'dynamic' ? null : (labels[0] ?? null);
    return { step, owner: this.owner() };
  }

  private itemStep(token: Token): Step {
    return stepAt('', this.count(''), token.line);
  }

  private count(name: string): number {
    const seen = this.frames.at(-1)?.seen ?? this.seen;
    const index = seen.get(name) ?? 0;
    seen.set(name, index + 1);
    return index;
  }

  private close(token: Token): void {
    this.finish();
    const top = this.frames.at(-1);
    if (top?.assumed === true && token.column > 0) {
      this.rooted = token.column <= 2;
      return;
    }
    if (top !== undefined) {
      this.frames.pop();
      this.statement = top.outer;
      if (this.statement.key !== null) this.statement.value.push(token);
      if (top.assumed) this.rooted = true;
    } else if (token.column === 0 && this.dialect === 'hcl') this.rooted = true;
    // A block without `=` is over with its brace, whatever follows on the line.
    if (this.dialect === 'hcl' && token.text === '}' && this.statement.key === null && this.frames.at(-1)?.open !== '[') this.statement = empty();
  }

  private finish(): void {
    const { key, value, words, compound } = this.statement;
    this.statement = empty();
    if (compound) return;
    if (key !== null && value.length > 0) this.emit(key, value);
    else if (key === null && words.length > 0 && this.frames.at(-1)?.open === '[') this.emit(stepAt('', this.count(''), (words[0] as Token).line), words);
  }

  private emit(step: Step, tokens: readonly Token[]): void {
    const only = tokens.length === 1 ? tokens[0] : undefined;
    const quoted = only?.kind === 'string';
    const value = quoted ? only.text : rawText(tokens);
    if (!quoted && (value === 'null' || value === '')) return;
    this.learn(step, value);
    const first = (tokens[0] as Token).line;
    const line = first.changed ? first : (tokens.find((token) => token.line.changed)?.line ?? first);
    const literal = (quoted || tokens.length === 1 || /^[-+\d."\w]*$/.test(value)) && isLiteral(value, quoted);
    this.settings.push({ line: line.number, changed: line.changed, steps: [...this.steps(), step], value, literal, rooted: this.rooted, owner: this.owner() });
  }

  private heredoc(token: Token): void {
    const key = this.statement.key;
    const steps = key === null ? this.steps() : [...this.steps(), key];
    this.texts.push({ lines: token.body ?? [], around: { steps, owner: this.owner(), rooted: this.rooted } });
    this.statement.compound = true;
  }

  /** Names items and repeated blocks by their `name`, and JSON documents by `kind` and `metadata.name`. */
  private learn(step: Step, value: string): void {
    const holder = this.frames.at(-1)?.step;
    if (holder !== null && holder !== undefined && holder.index !== null && (step.name === 'name' || (step.name === 'path' && value.startsWith('/')))) holder.label = value;
    if (this.dialect === 'hcl' || this.start !== null) return;
    const steps = this.steps();
    if (steps.length === 0 && step.name === 'kind') {
      this.root.type = value;
      this.root.fresh = this.root.fresh || step.changed;
    }
    if (steps.length === 1 && steps[0]?.name === 'metadata' && step.name === 'name') this.root.name = value;
  }

  private steps(): readonly Step[] {
    const own = this.frames.flatMap((frame) => (frame.step === null ? [] : [frame.step]));
    return this.start === null ? own : [...this.start.steps, ...own];
  }

  private owner(): Owner {
    return this.frames.at(-1)?.owner ?? this.root;
  }

  /** Takes the block that git names behind the range as the one the hunk is in, if the hunk begins indented. */
  private assumeHeading(): void {
    const first = this.run.lines.find((line) => line.text.trim() !== '');
    const block = /^(\w{1,20})((?: "[^"]{1,200}")*) \{/.exec(this.run.heading ?? '');
    if (first === undefined || this.run.fromTop || block === null || !/^\s/.test(first.text)) return;
    const labels = [...(block[2] ?? '').matchAll(/"([^"]*)"/g)].map((label) => label[1] ?? '');
    this.frames.push({ open: '{', step: null, owner: blockOwner(block[1] ?? '', labels, false), outer: empty(), assumed: true, seen: new Map() });
    this.rooted = /^(?: {1,2}|\t)\S/.test(first.text);
  }
}
