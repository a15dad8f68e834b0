// When a knob's change takes effect: by its row, unless an attribute beside it says otherwise.
import type { EffectTiming } from '../model/change.ts';
import type { Turn } from './pair.ts';
import type { FileReading } from './read-file.ts';
import type { Owner, Setting } from './setting.ts';

const IMMEDIATELY = /^(?:db_)?apply_?immediately$/i;

/** A reader of timings. `apply_immediately` decides for managed databases and caches; the settings are looked through once. */
export function timingTest(readings: readonly FileReading[]): (turn: Turn) => EffectTiming {
  const said = new Map<Owner, string>();
  for (const reading of readings) {
    for (const side of [reading.before, reading.after]) for (const setting of side) if (IMMEDIATELY.test(setting.steps.at(-1)?.name ?? '')) said.set(setting.owner, setting.value);
  }
  return ({ knob, from, to }) => {
    const setting = (to ?? from) as Setting;
    const value = said.get(setting.owner)?.toLowerCase();
    if (value === 'true' || value === 'yes') return 'rollout';
    if (value === 'false' || value === 'no') return 'maintenance-window';
    // A user's server of a JupyterHub keeps its size until it is started anew.
    if (setting.steps.some((step) => step.name === 'singleuser')) return 'next-start';
    return knob.timing ?? 'rollout';
  };
}
