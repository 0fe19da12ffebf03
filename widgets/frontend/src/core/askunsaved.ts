// Before the screen is drawn again: what was typed and not saved would be lost, so the person decides.
import { h } from "./dom.ts";
import { inDigits, labelled, t } from "./i18n.ts";
import { openOverlay } from "./overlay.ts";
import type { Unsaved } from "./unsaved.ts";

const MOST = 5;

/** Whether the screen may be drawn again. Closing the question means no. */
export function mayLose(root: HTMLElement, lost: Unsaved[]): Promise<boolean> {
  if (lost.length === 0) return Promise.resolve(true);
  return new Promise((decided) => {
    let answer = false;
    const end = (yes: boolean) => () => {
      answer = yes;
      overlay.close();
    };
    const overlay = openOverlay(root, t("Not saved yet"), content(lost, end), () => decided(answer));
  });
}

function content(lost: Unsaved[], end: (yes: boolean) => () => void): HTMLElement[] {
  const more = lost.length - MOST;
  return [
    h("h3", {}, t("Not saved yet")),
    h("p", {}, t("For this the screen is drawn again, and what is not saved would be lost:")),
    h(
      "ul",
      { class: "wb-lost" },
      ...lost.slice(0, MOST).map((item) => h("li", {}, item.where ? h("span", { class: "wb-quiet" }, labelled(item.where)) : null, h("bdi", { dir: "auto" }, item.what || t("emptied")))),
      more > 0 ? h("li", { class: "wb-quiet" }, t("and {n} more", { n: inDigits(more) })) : null,
    ),
    h(
      "div",
      { class: "wb-row wb-sheet-foot" },
      h("button", { class: "wb-button wb-button-primary", data: { first: "", action: "keep-typing" }, on: { click: end(false) } }, t("Keep it: change nothing")),
      h("button", { class: "wb-button wb-button-danger", data: { action: "lose-typing" }, on: { click: end(true) } }, t("Go on without it")),
    ),
  ];
}
