// What changed in one turn between two texts, as Python compares them.
import { h } from "../core/dom.ts";
import { key, t } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import type { DiffPart } from "../text/diff.ts";
import { diffView } from "../text/diffview.ts";
import { roleName } from "../text/names.ts";

export interface TurnDiff {
  turn: string;
  role: string;
  kind: "same" | "changed" | "added" | "removed";
  parts?: DiffPart[];
}

const KINDS: Record<TurnDiff["kind"], string> = {
  same: key("same"),
  changed: key("changed"),
  added: key("added"),
  removed: key("removed"),
};

export function turnDiff(diff: TurnDiff): HTMLElement {
  const same = diff.kind === "same";
  return h(
    "article",
    { class: same ? "wb-diff-turn wb-diff-same" : "wb-diff-turn" },
    h(
      "div",
      { class: "wb-turn-role" },
      line(roleName(diff.role)),
      same ? null : h("span", { class: "wb-chip" }, t(KINDS[diff.kind])),
    ),
    diffView(diff.parts ?? [], same),
  );
}
