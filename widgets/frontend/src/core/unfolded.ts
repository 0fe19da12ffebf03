// What a person unfolded in a place stays unfolded when the same is drawn anew: details, and messages shown to their end.

/** On a message that is cut: "" while it is, "all" once the rest was asked for. */
export const WHOLE = "data-whole";

/** Remember what is unfolded in `root`, draw it anew with `draw`, and unfold the same again. */
export function keepUnfolded(root: Element, draw: () => void): void {
  const open = new Set(folds(root).flatMap(([name, fold]) => (isOpen(fold) ? [name] : [])));
  draw();
  if (open.size > 0) for (const [name, fold] of folds(root)) if (open.has(name) && !isOpen(fold)) unfold(fold);
}

/** Everything that folds, each under a name that a new drawing gives again: its turn, its kind, and which of these it is. */
function folds(root: Element): [name: string, fold: Element][] {
  const seen = new Map<string, number>();
  return [...root.querySelectorAll(`details, [${WHOLE}]`)].map((fold) => {
    const turn = fold.closest<HTMLElement>("[data-turn-id]")?.dataset.turnId ?? "";
    const kind = `${turn} ${fold.localName} ${fold.className}`;
    const before = seen.get(kind) ?? 0;
    seen.set(kind, before + 1);
    return [`${kind} ${before}`, fold];
  });
}

function isOpen(fold: Element): boolean {
  return fold.localName === "details" ? fold.hasAttribute("open") : fold.getAttribute(WHOLE) === "all";
}

function unfold(fold: Element): void {
  if (fold.localName === "details") fold.setAttribute("open", "");
  else fold.querySelector<HTMLElement>(":scope > button")?.click();
}
