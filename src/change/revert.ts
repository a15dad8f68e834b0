// Recognises a change that takes an earlier one back, and says by which words.

/**
 * Why a change is a revert: `Revert "…"` (GitHub's button and `git revert`), `revert: …` (Conventional Commits), or `This reverts commit …`.
 * Null where it is none. A revert of a revert brings a change back in: it is a change like any other.
 */
export function isRevert({ title, body }: { readonly title: string; readonly body: string }): string | null {
  const head = title.slice(0, 500).trim();
  const again = /^(?:reapply|re-apply|unrevert)\b|^(?:\w{1,12}(?:\([^)]{0,60}\))?: {0,3})?revert:? {0,3}["'“”]?(?:revert|reapply)\b/i;
  if (again.test(head)) return null;
  if (/^(?:\[[^\]]{1,40}\] {0,3})?revert {1,3}["'“‘`]/i.test(head)) return `its title is a revert: ${quote(head)}`;
  if (/^revert(?:\([^)]{0,60}\))?!?: /i.test(head)) return `its title is a revert: ${quote(head)}`;
  const commit = /^(?:this )?reverts (?:commit ([0-9a-f]{7,40})|([\w.-]{1,100}\/[\w.-]{1,100}#[0-9]{1,9}|#[0-9]{1,9}))/im.exec(body.slice(0, 20_000));
  if (commit === null) return null;
  return `its text says that it reverts ${commit[1]?.slice(0, 12) ?? commit[2] ?? ''}`;
}

function quote(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
