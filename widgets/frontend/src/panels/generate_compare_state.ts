// What the compare view shows of one request, as a value: its candidates, their order, and what is looked at.
import * as o from "./generate_compare_order.ts";

export interface Comparison {
  /** Null until the candidates are there: no key decides on the request before. */
  now: o.Compared | null;
  order: o.Order;
  /** Who wrote what, once it was asked for. */
  makers: ReadonlyMap<string, o.Maker> | null;
  /** The candidate the others are compared with word by word, or "". */
  base: string;
  focused: string;
}

export const UNKNOWN: Comparison = { now: null, order: o.orderOf([]), makers: null, base: "", focused: "" };

export function comparisonOf(found: o.Compared): Comparison {
  return { ...UNKNOWN, now: found, order: o.orderOf(found.candidates), focused: found.candidates[0]?.id ?? "" };
}

/** What came or was decided meanwhile; places that are not saved yet stay. Null when nothing is different. */
export function renewed(at: Comparison, found: o.Compared): Comparison | null {
  if (!at.now) return null;
  const now = o.joinedBy(at.now, found);
  if (places(now) === places(at.now)) return null;
  const order = Object.entries(o.changes(at.order)).reduce((all, [id, place]) => o.placed(all, id, place), o.orderOf(now.candidates));
  const there = now.candidates.some((one) => one.id === at.focused);
  return { ...at, now, order, focused: there ? at.focused : (now.candidates[0]?.id ?? "") };
}

/** The candidate to the right (1) or to the left (-1), stopping at the ends. */
export function beside(at: Comparison, by: number): string {
  const ids = at.now?.candidates.map((one) => one.id) ?? [];
  const here = ids.indexOf(at.focused);
  return ids[Math.min(Math.max(here + by, 0), ids.length - 1)] ?? "";
}

function places(compared: o.Compared): string {
  return compared.candidates.map((one) => `${one.id} ${one.rank}`).join();
}
