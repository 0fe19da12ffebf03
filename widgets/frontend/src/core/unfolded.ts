// What a person unfolded in a place stays unfolded when the same is drawn anew: details, and messages shown to their end.

/** On what is cut: "" while it is, "all" once the rest was asked for, by the first button in it. */
export const WHOLE = "data-whole";

/** On what folds, or on what it stands in: a name of its own, where its place among others of its kind may change. */
const NAMES = ["turnId", "fold", "chart", "question", "check"];

/** Remember what is unfolded in `root`, draw it anew with `draw`, and unfold the same again. */
export function keepUnfolded(root: Element, draw: () => void): void {
  const again = unfoldedIn(root);
  draw();
  again();
}

/** What is unfolded in `root` now, as a way to unfold the same once it was drawn anew. */
export function unfoldedIn(root: Element): () => void {
  const open = new Set(folds(root).flatMap(([name, fold]) => (isOpen(fold) ? [name] : [])));
  // What is unfolded may hold others that fold.
  const closed = (): [string, Element] | undefined => folds(root).find(([name, fold]) => open.has(name) && !isOpen(fold));
  return () => {
    for (let found = closed(); found; found = closed()) {
      open.delete(found[0]);
      unfold(found[1]);
    }
  };
}

/** Everything that folds, each under a name that a new drawing gives again: its place, its kind, and which of these it is. */
function folds(root: Element): [name: string, fold: Element][] {
  const seen = new Map<string, number>();
  return [...root.querySelectorAll(`details, [${WHOLE}]`)].map((fold) => {
    const kind = `${placeOf(fold, root)} ${fold.localName} ${fold.className}`;
    const before = seen.get(kind) ?? 0;
    seen.set(kind, before + 1);
    return [`${kind} ${before}`, fold];
  });
}

/** The names of what it stands in, its own included. */
function placeOf(fold: Element, root: Element): string {
  const names: string[] = [];
  for (let at: Element | null = fold; at && at !== root; at = at.parentElement)
    for (const name of NAMES) names.push((at as HTMLElement).dataset[name] ?? "");
  return names.filter(Boolean).join(" ");
}

function isOpen(fold: Element): boolean {
  return fold.localName === "details" ? fold.hasAttribute("open") : fold.getAttribute(WHOLE) === "all";
}

function unfold(fold: Element): void {
  if (fold.localName === "details") fold.setAttribute("open", "");
  else fold.querySelector<HTMLElement>("button")?.click();
}
