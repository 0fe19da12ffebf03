// Who may take the focus without being asked: a page that has just come, from nobody.

/** Whether a page at `root` may take the focus: it is nowhere, or on what `root` stands in. Whoever types elsewhere goes on. */
export function focusIsFree(root: Element): boolean {
  const at = document.activeElement;
  return !at || at === document.body || (at !== root && at.contains(root));
}
