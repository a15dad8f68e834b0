// Recognises a diff that moves versions and nothing else: engines, charts, images.
import type { FileDiff } from '../model/change.ts';
import { shorten } from './quote.ts';

const VERSION_KEY = /^[-\s]{0,80}["']?[\w.-]{0,60}(?:version|tag|image|release|runtime|ami|revision|digest)[\w.-]{0,20}["']?\s{0,20}[:=]/i;
const PATCH_LENGTH = 100_000;
const LINE_LENGTH = 400;

/** True when the files hold changed lines, and each is an assignment to a version-like key (`engine_version = "16.3"`). */
export function changesVersionsOnly(files: readonly FileDiff[]): boolean {
  let seen = 0;
  for (const { patch } of files) {
    if (patch === null || patch.length > PATCH_LENGTH) return false;
    for (const line of patch.split('\n')) {
      if (!isChanged(line)) continue;
      if (!VERSION_KEY.test(line.slice(1, LINE_LENGTH))) return false;
      seen += 1;
    }
  }
  return seen > 0;
}

function isChanged(line: string): boolean {
  return (line.startsWith('+') || line.startsWith('-')) && line.slice(1).trim() !== '';
}

/** The version that the change moves, `engine_version 13.4 → 16.3`, with a count of the others; null where no key holds two values. */
export function versionStep(files: readonly FileDiff[]): string | null {
  const steps = files.flatMap(({ patch }) => (patch === null || patch.length > PATCH_LENGTH ? [] : stepsOf(patch)));
  const distinct = [...new Set(steps)];
  const [first] = distinct;
  if (first === undefined) return null;
  return distinct.length === 1 ? first : `${first} (and ${distinct.length - 1} more)`;
}

/** A key that is taken away with one version and comes back with another, side by side: across unchanged lines nobody knows what belongs together. */
function stepsOf(patch: string): readonly string[] {
  let removed: Setting[] = [];
  return patch.split('\n').flatMap((line) => {
    if (!line.startsWith('+') && !line.startsWith('-')) removed = [];
    const setting = isChanged(line) ? settingOf(line.slice(1, LINE_LENGTH)) : null;
    if (setting === null) return [];
    if (line.startsWith('-')) {
      removed.push(setting);
      return [];
    }
    const at = removed.findIndex(({ key }) => key === setting.key);
    const [old] = at === -1 ? [] : removed.splice(at, 1);
    return old === undefined || old.value === setting.value ? [] : [`${setting.key} ${shorten(old.value, 30)} → ${shorten(setting.value, 30)}`];
  });
}

interface Setting {
  readonly key: string;
  readonly value: string;
}

/** Key and value of an assignment to a version-like key, without quotes and the comment behind. */
function settingOf(line: string): Setting | null {
  if (!VERSION_KEY.test(line)) return null;
  const [, key = '', written = ''] = /^[-\s]*["']?([\w.-]+)["']?\s*[:=]\s*(.*)$/.exec(line) ?? [];
  const value = /^"([^"]*)"|^'([^']*)'|^([^\s,#]+)/.exec(written);
  const text = value?.[1] ?? value?.[2] ?? value?.[3] ?? '';
  return key === '' || text === '' ? null : { key, value: text };
}
