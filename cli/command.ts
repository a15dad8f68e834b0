// What a command is: its name, its options, its help, and the function that runs it.
import { SetupError } from '../src/errors.ts';
import type { Desk } from './desk.ts';
import type { ExitCode } from './exit-code.ts';

/** One option of a command. */
export interface CliOption {
  /** As commander writes them: `--base <ref>`, `-C, --directory <dir>`, `--json`. */
  readonly flags: string;
  readonly text: string;
  /** May be given several times. */
  readonly repeats?: true;
}

export interface Invocation {
  readonly args: readonly string[];
  readonly options: GivenOptions;
  readonly desk: Desk;
}

export interface CliCommand {
  readonly name: string;
  /** `[pull-request]`, `<files...>`; empty for none. */
  readonly arguments: string;
  readonly summary: string;
  /** Whole command lines; each is shown in the help, and a test runs through their syntax. */
  readonly examples: readonly string[];
  readonly options: readonly CliOption[];
  readonly run: (invocation: Invocation) => Promise<ExitCode>;
}

export const jsonOption: CliOption = { flags: '--json', text: 'print JSON instead of text' };
export const directoryOption: CliOption = { flags: '-C, --directory <dir>', text: 'the clone to work in (default: the current folder)' };

/** The options as they were given, by their long name in camel case. */
export class GivenOptions {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== false;
  }

  text(name: string): string | null {
    const value = this.#values[name];
    return typeof value === 'string' ? value : null;
  }

  all(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** A whole number of at least 1; null if not given. @throws SetupError otherwise */
  count(name: string): number | null {
    const text = this.text(name);
    if (text === null) return null;
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new SetupError(`--${name} takes a whole number, not "${text.slice(0, 40)}"`, `Write for example --${name} 200.`);
    return Number(text);
  }

  /** A day or an instant, ISO 8601; null if not given. Git would take any word for a date. @throws SetupError otherwise */
  date(name: string): string | null {
    const text = this.text(name);
    if (text === null || (/^\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]{1,30})?$/.test(text) && !Number.isNaN(Date.parse(text)))) return text;
    throw new SetupError(`--${name} takes a date, not "${text.slice(0, 40)}"`, `Write for example --${name} 2026-01-31.`);
  }
}
