// The line above the drafts: how many there are, and what can be done with the open one, each with its key.
import { h } from "../core/dom.ts";
import { inDigits, t, tn } from "../core/i18n.ts";
import { button, keyed, type ButtonOptions } from "../work/parts.ts";
import type { DecideActions } from "./generate_keys.ts";

export function decideBar(waiting: number, more: boolean, open: boolean, act: DecideActions, live = false): HTMLElement {
  const does = (text: string, name: string, run: () => void, options: ButtonOptions): HTMLElement =>
    button(keyed(text, name), run, { ...options, disabled: !open && options.name !== "undo" });
  return h(
    "header",
    { class: "wb-decide-head" },
    h("h2", { class: "wb-grow wb-clip" }, headline(waiting, more)),
    does(t("Accept"), "a", act.accept, { tone: "primary", name: "accept" }),
    live ? null : does(t("Edit"), "e", act.edit, { name: "edit", title: t("Edit, then accept") }),
    does(t("Reject"), "x", act.reject, { tone: "danger", name: "reject" }),
    does(t("Skip"), "Space", act.skip, { tone: "quiet", name: "skip" }),
    does(t("Undo"), "u", act.undo, { tone: "quiet", name: "undo" }),
    h("button", { class: "wb-icon-button", "aria-label": t("All keys"), title: t("All keys (?)"), on: { click: act.help } }, "?"),
  );
}

export function headline(waiting: number, more: boolean): string {
  if (waiting === 0) return t("Nothing to decide");
  return more ? t("more than {n} drafts to decide", { n: inDigits(waiting) }) : tn("{n} draft to decide", "{n} drafts to decide", waiting);
}

export function editBar(on: { accept: () => void; cancel: () => void }, told: HTMLElement): HTMLElement {
  return h(
    "header",
    { class: "wb-decide-head" },
    h("h2", {}, t("Edit, then accept")),
    h("span", { class: "wb-grow" }, told),
    button(keyed(t("Accept this"), "Ctrl", "Enter"), on.accept, { tone: "primary", name: "accept-edited" }),
    button(keyed(t("Back"), "Esc"), on.cancel, { tone: "quiet", name: "edit-back" }),
  );
}
