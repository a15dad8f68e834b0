// Whether something came in since an instant, so that nobody asks the database for news where there can be none.
export interface Arrivals {
  /** Something was stored by this process. */
  readonly heard: () => void;
  /** So many processes store what comes in: of the others' this one does not hear. */
  readonly share: (processes: number) => void;
  /** Remembers this instant; the function says whether something may have come in since. */
  readonly watch: () => () => boolean;
}

export function createArrivals(): Arrivals {
  let heard = 0;
  let processes = 1;
  return {
    heard: () => void (heard += 1),
    share: (count) => void (processes = count),
    watch: () => {
      const before = heard;
      return () => processes > 1 || heard !== before;
    },
  };
}
