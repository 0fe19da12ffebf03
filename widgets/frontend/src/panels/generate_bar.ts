// The line above the drafts: how many there are, and what can be done with the open one, each with its key.
import { h } from "../core/dom.ts";
import { button, type ButtonOptions } from "../work/parts.ts";
import type { DecideActions } from "./generate_keys.ts";

export function keyed(text: string, ...keys: string[]): HTMLElement {
  return h("span", { class: "wb-keyed" }, text, ...keys.map((key) => h("kbd", {}, key)));
}

export function decideBar(waiting: number, more: boolean, open: boolean, act: DecideActions): HTMLElement {
  const does = (text: string, key: string, run: () => void, options: ButtonOptions): HTMLElement =>
    button(keyed(text, key), run, { ...options, disabled: !open && options.name !== "undo" });
  return h(
    "header",
    { class: "wb-decide-head" },
    h("h2", { class: "wb-grow wb-clip" }, headline(waiting, more)),
    does("Accept", "a", act.accept, { tone: "primary", name: "accept" }),
    does("Edit", "e", act.edit, { name: "edit", title: "Edit, then accept" }),
    does("Reject", "x", act.reject, { tone: "danger", name: "reject" }),
    does("Skip", "Space", act.skip, { tone: "quiet", name: "skip" }),
    does("Undo", "u", act.undo, { tone: "quiet", name: "undo" }),
    h("button", { class: "wb-icon-button", "aria-label": "All keys", title: "All keys (?)", on: { click: act.help } }, "?"),
  );
}

export function headline(waiting: number, more: boolean): string {
  if (waiting === 0) return "Nothing to decide";
  return `${waiting}${more ? "+" : ""} ${waiting === 1 ? "draft" : "drafts"} to decide`;
}

export function editBar(on: { accept: () => void; cancel: () => void }, said: HTMLElement): HTMLElement {
  return h(
    "header",
    { class: "wb-decide-head" },
    h("h2", {}, "Edit, then accept"),
    h("span", { class: "wb-grow" }, said),
    button(keyed("Accept this", "Ctrl", "Enter"), on.accept, { tone: "primary", name: "accept-edited" }),
    button(keyed("Back", "Esc"), on.cancel, { tone: "quiet", name: "edit-back" }),
  );
}
