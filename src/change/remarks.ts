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

/** Whether an autoscaler in the same file, or one for the same name in the same change, sets this count. */
export function scaledByAutoscaler({ knob }: Turn, setting: Setting, reading: FileReading, readings: readonly FileReading[]): boolean {
  if (knob.id !== 'replicas') return false;
  const beside = setting.steps.slice(0, -1);
  const enabled = reading.after.some(
    (other) => /^(?:autoscaling|hpa|autoscaler|horizontalpodautoscaler)$/i.test(other.steps.at(-2)?.name ?? '') && other.steps.at(-1)?.name === 'enabled' && other.value === 'true'
      && other.steps.length === beside.length + 2 && beside.every((step, index) => step.name === other.steps[index]?.name),
  );
  if (enabled) return true;
  const name = setting.owner.name;
  return readings.some((one) => one.after.some((other) => AUTOSCALER.test(other.owner.type ?? '') && namesTarget(other, name)));
}

function namesTarget(setting: Setting, name: string | null): boolean {
  return name !== null && setting.value === name && setting.steps.at(-2)?.name === 'scaleTargetRef' && setting.steps.at(-1)?.name === 'name';
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
