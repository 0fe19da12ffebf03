// A line over the editor that tells what is special about this text, with what can be done about it.
import { h } from "../core/dom.ts";

export function strip(words: string, actions: [string, () => void][]): HTMLElement {
  return h(
    "div",
    { class: "wb-editor-strip", role: "status" },
    h("span", { class: "wb-grow" }, words),
    ...actions.map(([label, run]) => h("button", { class: "wb-button wb-button-small", on: { click: run } }, label)),
  );
}
