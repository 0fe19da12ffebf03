// What the rule would change, one draft after the other, as word diffs.
import { h, type Child } from "../core/dom.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import type { Finding } from "../panels/generate_types.ts";
import { placeView, TickedRows } from "../replace/rows.ts";
import { line } from "../text/body.ts";
import { diffView } from "../text/diffview.ts";
import type { Fit } from "./types.ts";

export function fitRows(onChange: () => void, onMore: (offset: number) => void): TickedRows<Fit> {
  return new TickedRows<Fit>({
    list: "wb-same-list",
    row: "wb-same-row",
    focusable: true,
    title: titleOf,
    places: (row) => [...marks(row), ...row.turns.map((turn) => placeView(turn.turn, turn.role, diffView(turn.parts, true)))],
    onChange,
    onMore,
  });
}

function titleOf(row: Fit): Child[] {
  return [
    row.kind === "sample" ? line(row.title) : h("span", {}, t("{recipe} · row {n}", { recipe: row.recipe, n: inDigits(row.row + 1) })),
    row.kind === "sample" ? h("span", { class: "wb-chip" }, t("accepted")) : null,
    row.hits > 1 ? h("span", { class: "wb-quiet wb-numbers" }, tn("{n} place", "{n} places", row.hits)) : null,
    row.stale ? h("span", { class: "wb-chip wb-chip-warn" }, t("changed or decided since")) : null,
  ];
}

/** What speaks against it, and what no longer does. */
function marks(row: Fit): Child[] {
  const mark = (tone: string, chip: string, words: string): HTMLElement => h("p", { class: "wb-same-mark" }, h("span", { class: `wb-chip wb-chip-${tone}` }, chip), line(words));
  const worse = (found: Finding): HTMLElement => mark(found.severity === "problem" ? "bad" : "warn", t("then: {check}", { check: said(found.title ?? found.check) }), said(found.message));
  return [
    ...row.worse.map(worse),
    ...row.better.map((found) => mark("good", t("no longer: {check}", { check: said(found.title ?? found.check) }), said(found.message))),
    row.emptied > 0 ? h("p", { class: "wb-same-mark wb-quiet" }, tn("{n} turn would be left empty and stays as it is", "{n} turns would be left empty and stay as they are", row.emptied)) : null,
    row.checked || row.kind === "sample" ? null : h("p", { class: "wb-same-mark wb-quiet" }, t("Its checks could not be asked again: its recipe is another one by now.")),
  ];
}
