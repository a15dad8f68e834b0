// The errors that are thrown: what may pass (retry), what is set up wrongly (mend), what is our bug (loud).

/** A fault that may pass: time-out, 5xx, rate limit. The whole run may be repeated. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  /** When to try again, seconds from now; null if unknown. */
  readonly retryAfter: number | null;

  constructor(message: string, retryAfter: number | null = null) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/** Something a person has to set right: no token, 401, 403, 404, a bad argument. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** A bug of ours. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** Closes a union: a new member that nobody handles is a type error here. */
export function assertNever(value: never): never {
  throw new InternalError(`unhandled case: ${JSON.stringify(value)}`);
}
