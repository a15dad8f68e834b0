// The line that asks a person for what the token may not do: to run the head's own check again.
const LINE = '\n\nThe check `yardstick` still shows an earlier answer. Press **Re-run** on it: this token may not (`actions: write`).';

/** The comment with the line at its end. */
export function askForRerun(body: string): string {
  return body + LINE;
}

/** Whether a comment asks already. */
export function asksForRerun(body: string): boolean {
  return body.trimEnd().endsWith(LINE.trim());
}
