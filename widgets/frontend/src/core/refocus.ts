// What had the focus in a place has it again, and the caret when the same is drawn anew: found by what it is called, not by where it is.

/** Draw anew with `draw`. The focus stays on the control of the same name, and nothing is scrolled for it. */
export function keepFocus(root: Element, draw: () => void): void {
  const again = focusIn(root);
  draw();
  again();
}

/** Where the focus is in `root`, as a way back there once it was drawn anew; nobody is called back from elsewhere. */
export function focusIn(root: Element): () => void {
  const had = document.activeElement;
  if (!had || had === root || !root.contains(had)) return () => {};
  const name = nameOf(had, root);
  const at = named(root, had, name).indexOf(had);
  const caret = had instanceof HTMLTextAreaElement ? ([had.selectionStart, had.selectionEnd] as const) : null;
  return () => {
    const now = document.activeElement;
    if (now && now !== document.body) return;
    const again = root.contains(had) ? had : named(root, had, name)[Math.max(0, at)];
    (again as HTMLElement | undefined)?.focus({ preventScroll: true });
    if (caret && again instanceof HTMLTextAreaElement) again.setSelectionRange(...caret);
  };
}

function named(root: Element, like: Element, name: string): Element[] {
  return [...root.querySelectorAll(like.localName)].filter((one) => nameOf(one, root) === name);
}

/** Its own marks, or else its words; and the marks of what it stands in, for what is there once in every row. */
function nameOf(element: Element, root: Element): string {
  const own = marksOf(element);
  const words = element.getAttribute("aria-label") ?? (own ? "" : element.textContent);
  let around = element.parentElement;
  while (around && around !== root && !marksOf(around)) around = around.parentElement;
  return JSON.stringify([own, words, around && around !== root ? marksOf(around) : ""]);
}

function marksOf(element: Element): string {
  const marks = Object.entries((element as HTMLElement).dataset ?? {}).filter(([name]) => name !== "lmSuppressShortcuts");
  return marks.length > 0 ? JSON.stringify(marks) : "";
}
