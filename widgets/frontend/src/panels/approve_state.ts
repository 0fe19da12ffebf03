// Which items are shown and which one is open, as a value. No element is touched here.
import { inDigits, said, t, tn } from "../core/i18n.ts";
import type { Item, Proposed, Shelf } from "./approve_types.ts";

export interface Board {
  shelf: Shelf;
  items: Item[];
  /** The id of the item that the keys mean, or "" when there is none. */
  open: string;
}

export const EMPTY: Board = { shelf: "waiting", items: [], open: "" };

export function placeOf(board: Board): number {
  return board.items.findIndex((item) => item.id === board.open);
}

export function openItem(board: Board): Item | null {
  return board.items[placeOf(board)] ?? null;
}

/** Items as they are now: the open one stays open while it is there, else the one at its place opens. */
export function filled(board: Board, items: Item[]): Board {
  if (items.some((item) => item.id === board.open)) return { ...board, items };
  const at = Math.max(0, placeOf(board));
  return { ...board, items, open: items[Math.min(at, items.length - 1)]?.id ?? "" };
}

/** Down (1) or up (-1) the list, stopping at its ends. */
export function moved(board: Board, by: number): Board {
  const at = placeOf(board);
  const next = Math.min(Math.max(at < 0 ? 0 : at + by, 0), board.items.length - 1);
  return { ...board, open: board.items[next]?.id ?? "" };
}

export function opened(board: Board, id: string): Board {
  return board.items.some((item) => item.id === id) ? { ...board, open: id } : board;
}

/** Decided items leave; the one behind them opens. */
export function without(board: Board, ids: readonly string[]): Board {
  const gone = new Set(ids);
  const at = placeOf(board);
  const next = board.items.slice(Math.max(0, at)).find((item) => !gone.has(item.id));
  const items = board.items.filter((item) => !gone.has(item.id));
  return { ...board, items, open: next?.id ?? items.at(-1)?.id ?? "" };
}

/** The counts as they are once these are decided, before they are read again. */
export function counted(found: Proposed, ids: readonly string[], to: Shelf): Proposed {
  const { counts } = found;
  return { ...found, counts: { ...counts, waiting: counts.waiting - ids.length, [to]: counts[to] + ids.length } };
}

/** The same items with the same texts: nothing to draw. */
export function same(a: Item[], b: Item[]): boolean {
  return a.length === b.length && a.every((item, at) => item.id === b[at]!.id && item.state === b[at]!.state);
}

export function headline(found: Pick<Proposed, "counts" | "what">): string {
  const n = found.counts.waiting;
  if (n === 0) return t("Nothing to approve ({what})", { what: said(found.what) });
  return tn("{n} to approve ({what})", "{n} to approve ({what})", n, { what: said(found.what) });
}

export const SHELVES: Shelf[] = ["waiting", "ready", "used", "rejected"];

export function shelfName(shelf: Shelf): string {
  return { waiting: t("To approve"), ready: t("Approved"), used: t("Approved and used"), rejected: t("Rejected") }[shelf];
}

/** What stands where there is nothing on a shelf. */
export function nothingOn(shelf: Shelf, found: Pick<Proposed, "counts" | "what">, running: boolean): [string, string] {
  const { counts } = found;
  if (shelf === "waiting" && running) return [t("The run is at work"), t("What it proposes appears here one by one. You can approve the first while the others are still being made.")];
  if (shelf === "waiting" && counts.ready > 0) return [t("All are decided"), tn("{n} is approved. Start the next step below, or take a decision back with u.", "{n} are approved. Start the next step below, or take a decision back with u.", counts.ready)];
  if (shelf === "waiting" && counts.used > 0) return [t("All are decided"), t("The next step was started from what you approved; its drafts are in the runs above.")];
  if (shelf === "waiting" && counts.rejected > 0) return [t("All are decided"), t("Everything was rejected: the next step has nothing to go on from. Take a decision back with u, or start another run.")];
  if (shelf === "waiting") return [t("Nothing was proposed"), t("Every row of this run came to nothing. See what happened in the table of runs.")];
  return [t("Nothing here"), shelf === "rejected" ? t("What you reject is kept here with its reason.") : t("What you approve is kept here until the next step goes on from it.")];
}

/** "1 to 200 of 2,000": said where more items wait than are shown. */
export function moreInWords(shown: number, all: number): string {
  return t("These are the first {n} of {all}; the others follow as these are decided.", { n: inDigits(shown), all: inDigits(all) });
}
