// What the pages know beside the emulated GitHub: the App, the story so far, and whose turn it is.
import type { AppProcess } from '../app-process.ts';
import type { Chapter } from '../life/play.ts';

export interface World {
  /** null while it starts. */
  app: AppProcess | null;
  /** Where the metrics come from, in words; its address, or empty; null while it starts. */
  source: { readonly words: string; readonly url: string } | null;
  readonly chapters: Chapter[];
  /** What happens now, in a sentence. */
  now: string;
  /** Whether the story is over and people may let time pass. */
  free: boolean;
}
