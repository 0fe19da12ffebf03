// A list that is drawn anew: what would say the same stays the element it was, where it was. So nothing that a person
// selected, unfolded or is just pressing there is lost to what came beside it.

/** One element of a list: what it is called, all that it says, and how it is made. */
export interface Row {
  key: string;
  says: unknown;
  make: () => HTMLElement;
}

export class Rows {
  private drawn = new Map<string, { says: string; element: HTMLElement }>();

  /** The elements of these rows: the ones of before where they say the same. */
  of(rows: Row[]): HTMLElement[] {
    const next = rows.map(({ key, says, make }) => {
      const text = JSON.stringify(says) ?? "";
      const before = this.drawn.get(key);
      this.drawn.delete(key); // a second one under this key is made
      return { key, says: text, element: before?.says === text ? before.element : make() };
    });
    this.drawn = new Map(next.map((one) => [one.key, one]));
    return next.map((one) => one.element);
  }
}

/** Make `wanted` the children of `element` without moving the ones that stand in their place. */
export function arrange(element: Element, wanted: (Element | null | undefined)[]): void {
  const children = wanted.filter((child) => child != null);
  const kept = new Set<unknown>(children);
  for (const child of [...element.childNodes]) if (!kept.has(child)) child.remove();
  children.forEach((child, at) => {
    if (element.childNodes[at] !== child) element.insertBefore(child, element.childNodes[at] ?? null);
  });
}
