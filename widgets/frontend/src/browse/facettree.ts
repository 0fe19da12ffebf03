// The values of a tree's facet as the lines that are drawn: children under their parents, open where a person looks.
import type { FacetValue } from "../core/nouns.ts";

export interface Node {
  item: FacetValue;
  level: number;
  /** null: nothing below it. */
  open: boolean | null;
}

/** Lines in drawing order. `isOpen` says which nodes show what is below them. */
export function linesOf(values: FacetValue[], isOpen: (value: string) => boolean): Node[] {
  const children = new Map<string, FacetValue[]>();
  const known = new Set(values.map((item) => item.value));
  for (const item of values) {
    const parent = parentOf(item.value, known);
    children.set(parent, [...(children.get(parent) ?? []), item]);
  }
  const walk = (parent: string, level: number): Node[] =>
    (children.get(parent) ?? []).flatMap((item) => {
      const inner = children.has(item.value);
      const open = inner && isOpen(item.value);
      return [{ item, level, open: inner ? open : null }, ...(open ? walk(item.value, level + 1) : [])];
    });
  return walk("", 0);
}

/** Whether one value stands above another: `health` above `health/lab`. */
export function above(parent: string, child: string): boolean {
  return child.startsWith(`${parent}/`);
}

export function isTree(values: FacetValue[]): boolean {
  const known = new Set(values.map((item) => item.value));
  return values.some((item) => parentOf(item.value, known) !== "");
}

function parentOf(value: string, known: Set<string>): string {
  let at = value.lastIndexOf("/");
  while (at > 0) {
    if (known.has(value.slice(0, at))) return value.slice(0, at);
    at = value.lastIndexOf("/", at - 1);
  }
  return "";
}
