// What find and replace would change, place by place.
import { h } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import { line, plain } from "../text/body.ts";
import { placeView, TickedRows } from "./rows.ts";

export interface Place {
  turn: number;
  role: string;
  before: string;
  found: string;
  by: string;
  after: string;
}

export interface FoundRow {
  id: string;
  title: string;
  stale: boolean;
  hits: number;
  places: Place[];
}

export function foundRows(onChange: () => void, onMore: (offset: number) => void): TickedRows<FoundRow> {
  return new TickedRows({
    list: "wb-replace-list",
    row: "wb-replace-row",
    tick: t("Replace in this conversation"),
    title: (row) => [
      line(row.title),
      h("span", { class: "wb-quiet wb-numbers" }, tn("{n} place", "{n} places", row.hits)),
      row.stale ? h("span", { class: "wb-chip wb-chip-warn" }, t("saved by somebody since")) : null,
    ],
    places: (row) => [...row.places.map((place) => placeView(place.turn, place.role, wordsOf(place))), moreHere(row.hits - row.places.length)],
    onChange,
    onMore,
  });
}

/** How many places were taken out with their conversations, as far as they are shown. */
export function hitsOut({ rows, without }: TickedRows<FoundRow>): number {
  return rows.filter((row) => without.has(row.id)).reduce((sum, row) => sum + row.hits, 0);
}

function moreHere(n: number): HTMLElement | null {
  return n > 0 ? h("p", { class: "wb-quiet" }, tn("and {n} more place here", "and {n} more places here", n)) : null;
}

function wordsOf(place: Place): HTMLElement {
  return h(
    "div",
    { class: "wb-diff wb-text", dir: "auto" },
    ...plain(place.before),
    h("del", {}, ...plain(place.found)),
    place.by ? h("ins", {}, ...plain(place.by)) : null,
    ...plain(place.after),
  );
}
