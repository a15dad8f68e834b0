// Calls from one thread to another: a name and its arguments go over, and what became of it comes back.
import type { MessagePort, Worker } from 'node:worker_threads';
import { InternalError } from '../../src/errors.ts';
import { within } from '../patience.ts';

type Port = Pick<MessagePort | Worker, 'postMessage' | 'on'>;
type Callable = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

interface Call {
  readonly call: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

interface Answer {
  readonly answer: number;
  readonly value?: unknown;
  readonly error?: unknown;
}

/** Answers calls by the functions of `target`. */
export function serveCalls(port: Port, target: object): void {
  port.on('message', ({ call, name, args }: Call) => {
    const work = (target as Record<string, (...given: readonly unknown[]) => Promise<unknown>>)[name];
    // Nobody waits for ever for what there is not.
    (work?.(...args) ?? Promise.reject(new InternalError(`nothing is called ${name}`))).then(
      (value) => port.postMessage({ answer: call, value } satisfies Answer),
      (error: unknown) => port.postMessage({ answer: call, error } satisfies Answer),
    );
  });
}

/**
 * Functions of these names whose work is done on the other side; `gone` rejects what will never be answered.
 * @param names each with its patience, ms: who waits longer is told with a TransientError that nobody answers. Infinity: it takes as long as it takes
 */
export function callThrough<T extends { readonly [K in keyof T]: Callable[string] }>(port: Port, names: Readonly<Record<keyof T & string, number>>): { readonly target: T; readonly gone: (error: Error) => void } {
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let count = 0;
  port.on('message', ({ answer, value, error }: Answer) => {
    const waiting = open.get(answer);
    open.delete(answer);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(error);
  });
  const callOf = (name: string, patienceMs: number) => (...args: readonly unknown[]) => {
    const waiting = Promise.withResolvers<unknown>();
    count += 1;
    const call = count;
    open.set(call, waiting);
    port.postMessage({ call, name, args } satisfies Call);
    if (patienceMs === Infinity) return waiting.promise;
    return within(patienceMs, name, waiting.promise).finally(() => open.delete(call));
  };
  return {
    target: Object.fromEntries(Object.entries<number>(names).map(([name, patienceMs]) => [name, callOf(name, patienceMs)])) as unknown as T,
    gone: (error) => {
      for (const { reject } of open.values()) reject(error);
      open.clear();
    },
  };
}
