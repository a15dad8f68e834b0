// Parts of a round that must not keep each other from being done: what fails is noted, and the rest goes on.

/** Resolves with what the part found, or with `otherwise` where it failed. */
export type Isolate = <T>(what: string, part: () => Promise<T>, otherwise: T) => Promise<T>;

export interface Isolation {
  readonly isolate: Isolate;
  /** What failed and why, in words. */
  readonly failed: readonly string[];
}

export function createIsolation(): Isolation {
  const failed: string[] = [];
  return {
    failed,
    isolate: async (what, part, otherwise) => {
      try {
        return await part();
      } catch (error) {
        failed.push(`${what}: ${error instanceof Error ? error.message : 'unknown'}`);
        return otherwise;
      }
    },
  };
}
