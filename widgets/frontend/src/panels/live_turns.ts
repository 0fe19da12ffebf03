// The turns of a conversation that is run turn by turn: each with its checks, whose words it is, and whether it is stale.
import { h, type Child } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { bubble } from "../work/bubbles.ts";
import type { Shown } from "./live_state.ts";

export interface TurnsView {
  turns: Shown[];
  current: string;
  /** What stands in the place of the turn that is being rewritten. */
  editor: { turn: string; element: HTMLElement } | null;
  choose: (turn: string) => void;
}

export function turnsView(view: TurnsView): HTMLElement {
  return h("ol", { class: "wb-live-turns", "aria-label": t("Turns") }, ...view.turns.map((item, at) => row(view, item, at)));
}

function row(view: TurnsView, item: Shown, at: number): HTMLElement {
  const id = item.turn.id;
  const on = id === view.current && !item.stale;
  const editing = view.editor?.turn === id;
  return h(
    "li",
    {
      class: `wb-live-turn${item.stale ? " wb-live-stale" : ""}${on ? " wb-live-on" : ""}${item.pauses && !item.stale ? " wb-live-pause" : ""}`,
      "aria-current": on ? "true" : undefined,
      data: { liveTurn: id, stale: item.stale ? "yes" : "no" },
      on: { click: () => !item.stale && !editing && view.choose(id) },
    },
    h("span", { class: "wb-live-number wb-numbers" }, at + 1),
    h("div", { class: "wb-live-said" }, editing ? view.editor!.element : bubble(item.turn), marks(item)),
  );
}

function marks(item: Shown): HTMLElement | null {
  const told: Child[] = [
    item.stale ? h("span", { class: "wb-chip wb-live-mark" }, t("stale")) : null,
    item.by === "opening" ? h("span", { class: "wb-chip" }, t("opening")) : null,
    item.by === "person" ? h("span", { class: "wb-chip wb-chip-accent" }, t("rewritten")) : null,
    ...(item.findings ?? []).map((found) =>
      h("span", { class: "wb-live-finding" }, h("span", { class: `wb-chip ${found.severity === "problem" ? "wb-chip-bad" : "wb-chip-warn"}` }, said(found.title ?? found.check)), line(said(found.message))),
    ),
  ];
  return told.some(Boolean) ? h("div", { class: "wb-live-marks" }, ...told) : null;
}
