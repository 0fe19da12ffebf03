// What a page shows now, as commands that nobody has pressed yet: the code drawer asks the pages in view for them.

export interface Act {
  name: string;
  args: Record<string, unknown>;
}

const pages = new Set<{ root: HTMLElement; acts: () => Act[] }>();

/** A page says what its screen is as commands; returns the function that takes it back. */
export function onScreen(root: HTMLElement, acts: () => Act[]): () => void {
  const page = { root, acts };
  pages.add(page);
  return () => void pages.delete(page);
}

/** What the pages inside `widget` that are in view say. */
export function shownIn(widget: HTMLElement): Act[] {
  return inView(widget).flatMap((page) => page.acts());
}

/** Whether a page in view speaks for itself; else it shows what the query finds. */
export function saysItself(widget: HTMLElement): boolean {
  return inView(widget).length > 0;
}

function inView(widget: HTMLElement): { acts: () => Act[] }[] {
  return [...pages].filter((page) => widget.contains(page.root) && !page.root.hidden && page.root.offsetParent !== null);
}
