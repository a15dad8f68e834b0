// The issues of the sandbox: a hypothesis thought of before any code, and a programme of several steps.

export interface IssueSeed {
  readonly title: string;
  readonly body: string;
}

/** Number 1: linked by a pull request. */
const QUEUE_HYPOTHESIS: IssueSeed = {
  title: 'Hypothesis: orders is short of CPU in the evening',
  body: `## Hypothesis
Doubling the CPU of the orders pods cuts the checkout's latency at peak, because they are throttled from 18:00 to 21:00.

- checkout_p95 falls by 15% at peak
- guardrail: error_rate stays below 0.5%
`,
};

/** Number 2: a programme, whose steps share one clock and one verdict. */
const PROGRAMME: IssueSeed = {
  title: 'Programme: orders to three zones',
  body: `## Hypothesis
With orders in three zones the checkout survives the loss of one, because two of three can take the whole load.

- checkout_p95 < 300 ms when orders_per_second > 500
- guardrail: error_rate stays below 0.5%

Measure over 14 days.
`,
};

/** In the order in which they are opened: the first is number 1. */
export const ISSUES: readonly IssueSeed[] = [QUEUE_HYPOTHESIS, PROGRAMME];
