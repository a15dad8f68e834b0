// What a change does: the scaling facts of a whole diff, told for people and rules.
import type { DiffReading, FileDiff, FileEnds, ScalingFact } from '../model/change.ts';
import type { Preset } from '../model/config.ts';
import { valueText } from './compare.ts';
import { isEnvironmentName, productionTest } from './environment.ts';
import { isFormattingOnly } from './formatting.ts';
import { compareTurn, readFile, readWholeFile } from './read-file.ts';
import { withoutMoves, type Told } from './moves.ts';
import { autoscaledTest, createdAlongside, remarksOf } from './remarks.ts';
import { serviceMap, serviceOfPath } from './service.ts';
import { renderPath, type Setting } from './setting.ts';
import { timingTest } from './timing.ts';

/** What a diff is read with: switched-on formats, what is production, the services' paths, whole files where they were read. */
export interface DiffOptions {
  readonly presets: readonly Preset[];
  readonly production: readonly string[];
  readonly nonProduction: readonly string[];
  readonly services: ReadonlyMap<string, readonly string[]>;
  /** Path in the new tree → the file at both ends. */
  readonly ends: ReadonlyMap<string, FileEnds>;
}

/** Reads the scaling facts of a change. Linear in the diff; never throws on what a file holds. */
export function readDiff(files: readonly FileDiff[], options: DiffOptions): DiffReading {
  const readings = files.flatMap((file) => readFile(file, options.presets, options.ends.get(file.path) ?? null) ?? []);
  const told = withoutMoves(readings, (status) => files.filter((file) => file.status === status).flatMap((file) => readWholeFile(file, options.presets)));
  const isProduction = productionTest(options);
  const mapped = serviceMap(options.services);
  const isAutoscaled = autoscaledTest(readings);
  const timingOf = timingTest(readings);
  const facts = told
    .filter(({ reading, turn }) => !createdAlongside(reading.file, turn, files))
    .map(({ reading, turn }) => {
      const setting = (turn.to ?? turn.from) as Setting;
      const names = [setting.owner.namespace ?? '', setting.owner.name ?? '', ...environmentKeys(setting)];
      const service = mapped(reading.file.path) ?? ownName(setting) ?? serviceOfPath(reading.file.path);
      return factOf({ reading, turn }, { service, production: isProduction(reading.file.path, names), timing: timingOf(turn), remarks: remarksOf(turn, isAutoscaled(turn, reading)) });
    });
  return {
    facts,
    needsEnds: readings.filter((reading) => reading.needsEnds).map((reading) => reading.file.path),
    formattingOnly: isFormattingOnly(files),
  };
}

function factOf({ reading, turn }: Told, known: Pick<ScalingFact, 'service' | 'production' | 'timing' | 'remarks'>): ScalingFact {
  const { knob, from, to } = turn;
  const setting = (to ?? from) as Setting;
  const difference = compareTurn(turn);
  return {
    file: to === null ? (reading.file.previousPath ?? reading.file.path) : reading.file.path,
    line: setting.line,
    knob: knob.id,
    path: renderPath(setting),
    from: from === null ? null : valueText(knob.value, from.value),
    to: to === null ? null : valueText(knob.value, to.value),
    factor: difference?.factor ?? null,
    direction: difference?.direction ?? (from === null ? 'added' : 'removed'),
    scales: knob.scales,
    small: knob.small ?? false,
    reversible: knob.reversible ?? true,
    ...known,
  };
}

/** The name a file gives to what it scales: a manifest's, a resource's; a module's or a nested service's is too general to be sure. */
function ownName(setting: Setting): string | null {
  const { type, name } = setting.owner;
  if (type === null && (setting.steps[0]?.name === 'services' || setting.steps[0]?.name === 'functions')) return setting.steps[1]?.name ?? null;
  if (name === null || name.includes('{{') || type === 'variable') return null;
  return ['this', 'main', 'default'].includes(name) ? null : name;
}

/** Keys and labels on the way to the value; its own name says nothing of an environment unless it is nothing else. */
function environmentKeys(setting: Setting): readonly string[] {
  const keys = setting.steps.map((step) => step.label ?? step.name);
  return isEnvironmentName(keys.at(-1) ?? '') ? keys : keys.slice(0, -1);
}
