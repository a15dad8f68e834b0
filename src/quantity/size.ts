// Reads the sizes that infrastructure files write: `256Mi`, `500m`, `4 GB`, `"2"`, `1 vCPU`.

/** What a size is a size of; `plain` is a number without a unit, which may stand for either. */
export type SizeDimension = 'plain' | 'cpu' | 'bytes';

/** A size in base units: bytes, CPU cores, or the bare number. */
export interface Size {
  readonly value: number;
  readonly dimension: SizeDimension;
}

const WRITTEN = /^([+-]?[0-9]{1,24}(?:\.[0-9]{1,24})?(?:[eE][+-]?[0-9]{1,2})?) ?([A-Za-z]{0,10})$/;

/**
 * Byte suffixes: Kubernetes' binary and decimal ones and the cloud consoles' spelling of them
 * (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).
 * A single lower-case `k`, `g`, `t`, `b` and `kb`, `mb`, `gb` are powers of 1024, as Docker, the JVM and PostgreSQL read them.
 */
const BYTES: ReadonlyMap<string, number> = new Map([
  ['k', 2 ** 10], ['g', 2 ** 30], ['t', 2 ** 40], ['b', 1],
  ['kb', 2 ** 10], ['mb', 2 ** 20], ['gb', 2 ** 30], ['tb', 2 ** 40],
  ['K', 1e3], ['M', 1e6], ['G', 1e9], ['T', 1e12], ['P', 1e15],
  ['KB', 1e3], ['MB', 1e6], ['GB', 1e9], ['TB', 1e12], ['B', 1],
  ['Ki', 2 ** 10], ['Mi', 2 ** 20], ['Gi', 2 ** 30], ['Ti', 2 ** 40], ['Pi', 2 ** 50],
  ['KiB', 2 ** 10], ['MiB', 2 ** 20], ['GiB', 2 ** 30], ['TiB', 2 ** 40],
]);

const CPU: ReadonlyMap<string, number> = new Map([
  ['m', 1e-3], ['vcpu', 1], ['vcpus', 1], ['cpu', 1], ['cpus', 1], ['core', 1], ['cores', 1],
]);

/** Reads one size; null where the text is none (an expression, a name, an unknown unit). `m` is milli, as Kubernetes has it. */
export function parseSize(text: string): Size | null {
  const match = WRITTEN.exec(unquoted(text));
  if (match === null) return null;
  const value = Number(match[1]);
  const unit = match[2] ?? '';
  if (unit === '') return { value, dimension: 'plain' };
  const cpu = CPU.get(unit.length === 1 ? unit : unit.toLowerCase());
  if (cpu !== undefined) return { value: unit === 'm' ? value / 1000 : value * cpu, dimension: 'cpu' };
  const bytes = BYTES.get(unit);
  return bytes === undefined ? null : { value: value * bytes, dimension: 'bytes' };
}

/** Reads a size where it is known to be one of memory or storage: there Docker's and the JVM's `512m` are mebibytes. */
export function parseBytes(text: string): Size | null {
  const bare = unquoted(text);
  const mebi = /^([0-9]{1,15}(?:\.[0-9]{1,15})?)m$/.exec(bare);
  if (mebi !== null) return { value: Number(mebi[1]) * 2 ** 20, dimension: 'bytes' };
  return parseSize(bare);
}

/** The text without the pair of quotes around it, if there is one. */
function unquoted(text: string): string {
  const trimmed = text.length > 80 ? text : text.trim();
  const first = trimmed[0];
  return trimmed.length > 1 && (first === '"' || first === "'") && trimmed.endsWith(first) ? trimmed.slice(1, -1).trim() : trimmed;
}
