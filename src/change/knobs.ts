// The knob table: everything that scales, one row each. docs/knobs.md is written from it.
import type { Knob } from './knob.ts';
import { PLATFORM_KNOBS } from './knobs-platform.ts';
import { WORKLOAD_KNOBS } from './knobs-workloads.ts';

/** All knobs. Where several rows know a setting, the one that says more about it (owner, parents, more words) wins. */
export const KNOBS: readonly Knob[] = [...WORKLOAD_KNOBS, ...PLATFORM_KNOBS];
