// Recognises a diff that moves versions and nothing else: engines, charts, images.
import type { FileDiff } from '../model/change.ts';

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
