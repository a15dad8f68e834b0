// What a row of the knob table says.
import type { EffectTiming } from '../model/change.ts';

/**
 * How a knob's values are read and ordered: plain numbers, CPU, bytes, sizes on a ladder of classes, a JVM's `-Xmx`.
 * `bytes-with-unit` is for keys that are sizes only where `Gi` and the like say so.
 * `replicas-or-guard` is a count that is 0 or 1 where it only switches a thing on and off.
 */
export type ValueKind = 'count' | 'cpu' | 'bytes' | 'bytes-with-unit' | 'class' | 'heap' | 'replicas-or-guard';

/** One kind of thing that scales. Adding a knob is adding a row. */
export interface Knob {
  /** Stable kebab-case identifier, told as `knob` of a fact. */
  readonly id: string;
  /** What it scales, in words for people: "memory limit". */
  readonly scales: string;
  readonly value: ValueKind;
  /**
   * Where it is recognised, most of all by the words of the key: `replica count` is `replicaCount`, `replica_count`, `ReplicaCount`
   * and, as the last words, `web_replica_count`. Before it, parted by `/`: its nearest parents (`limits/cpu`), `**` for any number
   * of keys. `=` before a key: exactly these words. Before `:` the owners it is restricted to, parted by `|`, `*` for any ending:
   * Terraform resource types, Kubernetes kinds, CloudFormation and Pulumi types.
   */
  readonly keys: readonly string[];
  /** Steps of it are small and quickly undone, so that it may be an auto-bet when the cost is unknown. Default false. */
  readonly small?: true;
  /** False where it can't be taken back. Default true. */
  readonly reversible?: false;
  /** When it takes effect where no sibling attribute says otherwise. Default `rollout`. */
  readonly timing?: EffectTiming;
  /** What applies without it, where the platform defines that; told as a remark. */
  readonly unset?: string;
}
