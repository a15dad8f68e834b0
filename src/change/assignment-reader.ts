// Reads `key = value` lines: environment files, and the ini-like texts that values and manifests carry (postgresql.conf, jupyterhub_config.py).
import { isLiteral, newOwner, type Setting, type Step, type Surroundings } from './setting.ts';
import type { Run } from './side.ts';

const LINE = /^\s{0,40}(?:export )?([A-Za-z_][\w.-]{0,80})\s{0,20}=\s{0,20}(.{1,300})$/;

/** Settings of a run of assignments. Other lines are passed over, and so are values that are no single word or quoted text. */
export function readAssignments(run: Run, start: Surroundings | null = null): readonly Setting[] {
  const owner = start?.owner ?? newOwner();
  return run.lines.flatMap((line) => {
    const match = line.text.length > 500 ? null : LINE.exec(line.text);
    const value = match === null ? null : bareValue(match[2] ?? '');
    if (match === null || value === null) return [];
    const step: Step = { name: match[1] ?? '', label: null, index: null, line: line.number, changed: line.changed };
    const steps = [...(start?.steps ?? []), step];
    return [{ line: line.number, changed: line.changed, steps, value, literal: isLiteral(value, false), rooted: start?.rooted ?? true, owner }];
  });
}

/** The value without quotes, comment and a closing semicolon; null where it is more than one. */
function bareValue(text: string): string | null {
  const quoted = /^(["'])([^"']{0,280})\1\s{0,20}[;,]?\s{0,20}(?:#.{0,280})?$/.exec(text);
  if (quoted !== null) return quoted[2] ?? '';
  return /^([^\s"'#;,]{1,120})\s{0,20}[;,]?\s{0,20}(?:#.{0,280})?$/.exec(text)?.[1] ?? null;
}
