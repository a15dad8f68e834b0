// A pull request of the sandbox: what it holds, and what Yardstick is expected to answer.

export interface PullSeed {
  /** Its branch. */
  readonly slug: string;
  /** What it shows, in one sentence for the terminal. */
  readonly story: string;
  readonly title: string;
  readonly body: string;
  /** A person's login, or an App's slug with `[bot]`. */
  readonly author: string;
  readonly labels: readonly string[];
  /** Files as the head has them; null deletes. */
  readonly files: Readonly<Record<string, string | null>>;
  /** Comments that are there before Yardstick runs. */
  readonly comments: readonly { readonly by: string; readonly body: string }[];
  readonly expects: Expectation;
}

export interface Expectation {
  readonly verdict: 'pass' | 'fail' | 'neutral';
  readonly inScope: boolean;
  readonly tier: string;
  /** Words that its comment has to hold, in this order; null: it says nothing on the pull request. */
  readonly comment: readonly RegExp[] | null;
  /** The labels afterwards, others' included. */
  readonly labels: readonly string[];
  /** Words of the first line of the job's summary. */
  readonly says: RegExp;
}
