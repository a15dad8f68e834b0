// Reads `key = value` lines and dictionary entries: environment files, and the ini-like texts that values and manifests carry (postgresql.conf, jupyterhub_config.py).
import { isLiteral, newOwner, type Setting, type Step, type Surroundings } from './setting.ts';
import type { Run } from './side.ts';

/** `key = value`, the entries of a dictionary in a program's text (`'mem_limit': '12G',`), and nginx's `worker_processes 4;`. */
const LINE = /^\s{0,60}(?:(?:export )?([A-Za-z_][\w.-]{0,80})(?:\s{0,20}=|\s{1,20}(?=[^\s=;]{1,40};\s{0,20}$))|["']([A-Za-z_][\w.-]{0,80})["']\s{0,20}:)\s{0,20}(.{1,300})$/;

/** Settings of a run of assignments. Other lines are passed over, and so are values that are no single word or quoted text. */
export function readAssignments(run: Run, start: Surroundings | null = null): readonly Setting[] {
  const owner = start?.owner ?? newOwner();
  let item: Step | null = null;
  return run.lines.flatMap((line) => {
    // An entry of a list in a program's text begins with its bracket; where that is new, the entry is.
    if (/^\s{0,60}\{\s{0,20}$/.test(line.text)) item = { name: '', label: null, index: (item?.index ?? -1) + 1, line: line.number, changed: line.changed };
    const match = line.text.length > 500 ? null : LINE.exec(line.text);
    const value = match === null ? null : bareValue(match[3] ?? '');
    if (match === null || value === null) return [];
    const step: Step = { name: match[1] ?? match[2] ?? '', label: null, index: null, line: line.number, changed: line.changed };
    const steps = [...(start?.steps ?? []), ...(item !== null && match[2] !== undefined ? [item] : []), step];
    return [{ line: line.number, changed: line.changed, steps, value, literal: isLiteral(value, false), rooted: start?.rooted ?? true, owner }];
  });
}

/** The value without quotes, comment and a closing semicolon; null where it is more than one. */
function bareValue(text: string): string | null {
  const quoted = /^(["'])([^"']{0,280})\1\s{0,20}[;,]?\s{0,20}(?:#.{0,280})?$/.exec(text);
  if (quoted !== null) return quoted[2] ?? '';
  return /^([^\s"'#;,]{1,120})\s{0,20}[;,]?\s{0,20}(?:#.{0,280})?$/.exec(text)?.[1] ?? null;
}
