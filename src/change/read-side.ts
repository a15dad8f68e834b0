// Reads one side of a changed file into settings, whatever its format, and finds the parts that own them.
import { readAssignments } from './assignment-reader.ts';
import { readBraces, type EmbeddedText } from './brace-reader.ts';
import type { Dialect } from './brace-tokens.ts';
import type { Format } from './format.ts';
import { newOwner, type Owner, type Setting, type Step } from './setting.ts';
import type { Run } from './side.ts';
import { readYaml } from './yaml-reader.ts';

/** All settings of a side; runs are read one by one, since what lies between them is out of sight. */
export function readSide(runs: readonly Run[], format: Format, path: string): readonly (readonly Setting[])[] {
  return runs.map((run) => ownParts(readRun(run, format, path)));
}

function readRun(run: Run, format: Format, path: string): readonly Setting[] {
  switch (format.reader) {
    case 'yaml':
      return readYaml(run);
    case 'assignments':
      return readAssignments(run);
    case 'hcl': {
      const settings = readWithTexts(run, 'hcl');
      if (path.endsWith('.tfvars')) for (const setting of settings) setting.owner.type ??= 'tfvars';
      return settings;
    }
    default:
      return readWithTexts(run, format.reader);
  }
}

/** A brace format with the YAML and JSON in its heredocs. */
function readWithTexts(run: Run, dialect: Dialect): readonly Setting[] {
  const { settings, texts } = readBraces(run, dialect);
  return [...settings, ...texts.flatMap(readText)];
}

function readText({ lines, around }: EmbeddedText): readonly Setting[] {
  const first = lines.find((line) => line.text.trim() !== '')?.text.trim() ?? '';
  const run: Run = { lines, fromTop: true, heading: null };
  if (first.startsWith('{')) return readBraces(run, 'json', around).settings;
  if (/^(?:---|- |[\w."'/-]{1,80}:)/.test(first)) return readYaml(run, around);
  return first.startsWith('#!') ? [] : readAssignments(run, around);
}

/**
 * Gives the settings of a template's resource (CloudFormation, Pulumi, ARM) an owner of their own: the key above `Properties`,
 * with the `Type` beside it. Settings of other documents come back as they are.
 */
function ownParts(settings: readonly Setting[]): readonly Setting[] {
  const parts = new Map<Step, Owner>();
  if (settings.some((setting) => setting.steps.some((step) => step.name === 'containerDefinitions'))) for (const setting of settings) setting.owner.type ??= 'ecs-task-definition';
  return settings
    .map((setting) => {
      const at = setting.steps.findIndex((step, index) => index > 0 && (step.name === 'Properties' || step.name === 'properties'));
      const typed = setting.steps.at(-1)?.name.toLowerCase() === 'type' && /::|^[a-z-]+:[a-z]/.test(setting.value);
      const holder = typed ? setting.steps.at(-2) : setting.steps[at - 1];
      if (holder === undefined || (at < 0 && !typed)) return setting;
      const owner = parts.get(holder) ?? { ...newOwner(), name: holder.name, fresh: holder.changed, within: setting.owner };
      parts.set(holder, owner);
      if (typed) owner.type = setting.value;
      return { ...setting, owner };
    });
}
