// What else is worth knowing of a fact: an autoscaler that overrides the number, the default that applies instead.
import type { FileDiff } from '../model/change.ts';
import type { Turn } from './pair.ts';
import type { FileReading } from './read-file.ts';
import type { Setting } from './setting.ts';

const WORKLOAD = /^\+?\s*kind: "?(?:Deployment|StatefulSet|Rollout|DaemonSet|Service)"?\s*$|resource "(?:aws_ecs_service|aws_autoscaling_group|aws_dynamodb_table|aws_rds_cluster|google_compute_instance_group_manager|kubernetes_deployment\w*|aws_lambda_function)"/m;
const AUTOSCALER = /^(?:HorizontalPodAutoscaler|ScaledObject|aws_appautoscaling_target)$/;

/** A new autoscaler that comes with its new workload, in the same folder, scales nothing that was there before. */
export function createdAlongside(file: FileDiff, turn: Turn, files: readonly FileDiff[]): boolean {
  const status = turn.from === null ? 'added' : turn.to === null ? 'removed' : null;
  if (status === null || file.status !== status) return false;
  const folder = folderOf(file.path);
  return files.some((other) => other.status === status && folderOf(other.path) === folder && other.patch !== null && WORKLOAD.test(other.patch.replaceAll(/^[-+]/gm, '')));
}

/**
 * A test of a count: does an autoscaler beside it in the same file, or one for the same name in the same change, set it?
 * The settings are looked through once, however many facts ask.
 */
export function autoscaledTest(readings: readonly FileReading[]): (turn: Turn, reading: FileReading) => boolean {
  const targets = new Set(readings.flatMap((reading) => reading.after.filter(isTarget).map((setting) => setting.value)));
  const enabled = new Map(readings.map((reading) => [reading, new Set(reading.after.filter(isEnabled).map((setting) => parentPath(setting, 2)))]));
  return ({ knob, from, to }, reading) => {
    const setting = to ?? from;
    if (knob.id !== 'replicas' || setting === null) return false;
    return enabled.get(reading)?.has(parentPath(setting, 1)) === true || (setting.owner.name !== null && targets.has(setting.owner.name));
  };
}

function isEnabled(setting: Setting): boolean {
  return setting.steps.at(-1)?.name === 'enabled' && setting.value === 'true' && /^(?:autoscaling|hpa|autoscaler|horizontalpodautoscaler)$/i.test(setting.steps.at(-2)?.name ?? '');
}

function isTarget(setting: Setting): boolean {
  return setting.steps.at(-1)?.name === 'name' && setting.steps.at(-2)?.name === 'scaleTargetRef' && AUTOSCALER.test(setting.owner.type ?? '');
}

/** The path without its last `levels` keys. */
function parentPath(setting: Setting, levels: number): string {
  return setting.steps.slice(0, -levels).map((step) => step.label ?? step.name).join('\n');
}

/** Remarks, each a short clause. */
export function remarksOf({ knob, to }: Turn, autoscaled: boolean): readonly string[] {
  const remarks: string[] = [];
  if (autoscaled) remarks.push('an autoscaler sets this count');
  if (to === null && knob.unset !== undefined) remarks.push(knob.unset);
  return remarks;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
