// An open question: what is known is used, what is missing is noted, so that one round reads all that is asked.
import type { AnswerTo, Known, Need } from './needs.ts';
import { needKey } from './needs.ts';

/** Collects the needs that a decision could not go on without. */
export class Inquiry {
  readonly #known: Known;
  readonly #missing = new Map<string, Need>();

  constructor(known: Known) {
    this.#known = known;
  }

  /** The answer; undefined when it has to be read first (and is noted). */
  ask<N extends Need>(need: N): AnswerTo<N> | undefined {
    const answer = this.#known.get(need);
    if (answer === undefined) this.#missing.set(needKey(need), need);
    return answer;
  }

  /** The answers to all needs, or undefined while one of them is missing; all missing ones are noted at once. */
  askAll<N extends Need>(needs: readonly N[]): readonly AnswerTo<N>[] | undefined {
    const answers = needs.map((need) => this.ask(need));
    return answers.includes(undefined) ? undefined : (answers as AnswerTo<N>[]);
  }

  get missing(): readonly Need[] {
    return [...this.#missing.values()];
  }
}
