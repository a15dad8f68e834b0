// What a run tells the runner: outputs, summary, annotations, exit code. Data, written by tell.ts.
import type { Annotation } from '../src/model/effect.ts';

export interface Answer {
  /** Names as in action.yml. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown for the job summary; empty: none is written. */
  readonly summary: string;
  /** On a line of a file. */
  readonly annotations: readonly Annotation[];
  /** On the run as a whole; the first is its title. */
  readonly remarks: readonly { readonly level: 'error' | 'warning' | 'notice'; readonly text: string }[];
  /** Lines of the log. */
  readonly log: readonly string[];
  readonly exitCode: 0 | 1;
}
