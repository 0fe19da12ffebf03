// What a panel shows while it has nothing: still waiting, nothing there yet, or failed.
import type { Ctx } from "./ctx.ts";
import { h, type Child } from "./dom.ts";
import { t } from "./i18n.ts";
import { inWords } from "./notice.ts";

export function emptyState(title: string, text: string, ...more: Child[]): HTMLElement {
  return h("div", { class: "wb-empty" }, h("h3", {}, title), h("p", {}, text), ...more);
}

/** The way out of a workspace that holds nothing yet. */
export function toCollect(ctx: Ctx): HTMLElement {
  return h("button", { class: "wb-button wb-button-primary", on: { click: () => ctx.navigate("collect") } }, t("Collect"));
}

export function loading(text = t("Loading")): HTMLElement {
  return h(
    "div",
    { class: "wb-loading", role: "status" },
    h("span", { class: "wb-spinner", "aria-hidden": "true" }),
    h("span", {}, text),
  );
}

export function failed(error: unknown, again?: () => void): HTMLElement {
  const said = inWords(error);
  return h(
    "div",
    { class: "wb-empty wb-failed", role: "alert" },
    h("h3", {}, said.message),
    said.hint ? h("p", {}, said.hint) : null,
    again ? h("button", { class: "wb-button", on: { click: again } }, t("Try again")) : null,
  );
}
