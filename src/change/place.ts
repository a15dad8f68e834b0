// A setting as the knob table looks at it: names of keys, with labels and maps of environments seen through.
import { isEnvironmentName } from './environment.ts';
import { classOf, knobOfValue } from './compare.ts';
import { knobById, matchKnob, type KnobMatch } from './knob-match.ts';
import { wordsOf } from './words.ts';
import type { Setting } from './setting.ts';

/** Keys below which nothing scales: probes, roll-out strategy, alarms, selectors, schemas. */
const NEVER_BELOW = new Set([
  'status', 'livenessprobe', 'readinessprobe', 'startupprobe', 'strategy', 'updatestrategy', 'rollingupdate', 'poddisruptionbudget', 'pdb',
  'canary', 'analysis', 'alerts', 'alert', 'alarms', 'alarm', 'prometheusrule', 'prometheusrules', 'openapiv3schema', 'labels', 'matchlabels', 'nodeselector',
  'affinity', 'nodeaffinity', 'tolerations', 'validation', 'tags', 'updateconfig', 'rollbackconfig', 'retry', 'retries', 'backoff', 'logging', 'lifecycle', 'log', 'logs',
]);

/** Words of keys that only look like a knob: log sizes, thresholds, time-outs, pages and bodies. */
const NEVER_IN = new Set([
  'log', 'logs', 'alarm', 'alert', 'threshold', 'thresholds', 'timeout', 'retry', 'retries', 'page', 'body', 'upload', 'file', 'files', 'header', 'headers', 'message', 'payload', 'weight',
  'priority', 'port', 'surge', 'unavailable', 'retention', 'version', 'history', 'interval', 'period', 'seconds', 'backup', 'warning', 'critical', 'error', 'rate', 'ratio', 'batch', 'buffer', 'response',
]);

/** Owners that hold no knob: what watches, describes, or only reads. */
const NEVER_OF = /alarm|alert|dashboard|budget|prometheusrule|customresourcedefinition|^(?:data|output|provider|terraform|moved|import|check)$|poddisruptionbudget|servicemonitor|networkpolicy|^aws_(?:s3|iam|route53|cloudfront|lb|alb|sns|sqs|kms|security)|clusterpolicy|constraint/i;

/** Looks a setting up in the knob table. */
export function knobOf(setting: Setting): KnobMatch {
  const type = setting.owner.type;
  if (type !== null && NEVER_OF.test(type)) return null;
  const names = namesOf(setting);
  if (names.slice(0, -1).some((name) => NEVER_BELOW.has(name.toLowerCase().replace(/[_-]/g, '')))) return null;
  // A label that selects machines of a type; it buys none.
  if (setting.steps.at(-1)?.name.endsWith('/instance-type') === true) return null;
  // What a parameter may be, not what it is.
  if (names.at(-1) === 'AllowedValues') return null;
  if (wordsOf(names.at(-1) ?? '').some((word) => NEVER_IN.has(word))) return null;
  const complete = setting.rooted;
  const direct = matchKnob({ names, ownerType: type, complete });
  const match = direct?.kind === 'found' ? direct : (byEnvironment(setting, names) ?? direct);
  // `instance_type = "db.m5.large"` is a database, whatever the key says.
  const isMachine = match?.kind === 'found' && match.knob.id === 'instance-type';
  return match?.kind === 'found' && !isMachine ? match : (byValue(setting) ?? match);
}

/** `sizes = { prod = "m5.large" }`, `MAVEN_OPTS: -Xmx2g`: the value alone says what it is. */
function byValue(setting: Setting): KnobMatch {
  const id = setting.literal ? knobOfValue(setting.value) : null;
  return id === null ? null : knobById(id);
}

/** `instance_types = { prod = "m5.large" }`: the knob's name stands above the key. */
function byEnvironment(setting: Setting, names: readonly string[]): KnobMatch {
  if (!isMapEntry(setting, names)) return null;
  const parent = (names.at(-2) ?? '').replace(/([a-z])s$/i, '$1');
  const match = matchKnob({ names: [...names.slice(0, -2), parent], ownerType: setting.owner.type, complete: setting.rooted });
  return match?.kind === 'found' ? match : null;
}

function isMapEntry(setting: Setting, names: readonly string[]): boolean {
  if (names.length < 2) return false;
  const leaf = names.at(-1) ?? '';
  if (isEnvironmentName(leaf) || leaf === 'default') return true;
  return (setting.owner.type === 'variable' || setting.owner.type === 'locals' || setting.owner.type === 'tfvars') && (classOf(setting.value) !== null || /^[0-9]{1,9}$/.test(setting.value));
}

/**
 * The keys' names: list items fall away, but where an item is a pair of name and value (Helm parameters, environment variables,
 * JSON patches) its name takes the place of `value`. A variable's `default` stands for the variable.
 */
export function namesOf(setting: Setting): readonly string[] {
  const steps = setting.steps;
  const last = steps.at(-1);
  const item = steps.at(-2);
  const names = steps.filter((step) => step.name !== '').map((step) => step.name);
  if (last?.name.toLowerCase() === 'value' && item?.label != null) {
    const above = steps.slice(0, -2).filter((step) => step.name !== '').map((step) => step.name);
    return [...above, ...partsOf(item.label)];
  }
  if (setting.owner.type === 'variable' && names[0] === 'default') return [setting.owner.name ?? '', ...names.slice(1)];
  // A CloudFormation parameter: `Parameters.InstanceType.Default`.
  if (names[0] === 'Parameters' && names[2] === 'Default') return names.slice(0, 2);
  return names.flatMap((name) => (name.includes('/') ? [name.slice(name.lastIndexOf('/') + 1)] : name.includes('.') ? partsOf(name) : [name]));
}

/** `resources.limits.cpu` and `/spec/replicas` as keys. */
function partsOf(label: string): readonly string[] {
  const parts = label.startsWith('/') ? label.split('/') : label.split('.');
  const keys = parts.filter((part) => part !== '' && !/^[0-9]+$/.test(part)).map((part) => part.replaceAll('~1', '/'));
  return keys.length === 0 ? [label] : keys;
}
