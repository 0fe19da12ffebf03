// The line over the browse page: filters (when there is no room for them), the query, what is saved, undo, keys.
import { inDigits, t } from "../core/i18n.ts";
import { keyShown } from "../core/keymap.ts";
import { h } from "../core/dom.ts";
import { icon } from "../core/icon.ts";

export interface TopEvents {
  onFilters: () => void;
  onUndo: () => void;
  onRedo: () => void;
  onSteps: () => void;
  onHelp: () => void;
}

export interface Top {
  element: HTMLElement;
  /** How many answers Python has not confirmed yet. */
  pending(count: number): void;
}

/** `more`: what else stands before the tools. */
export function topLine(query: HTMLElement, events: TopEvents, more: HTMLElement[] = []): Top {
  const saved = h("span", { class: "wb-saved", role: "status" });
  const tool = (name: string, label: string, run: () => void): HTMLElement =>
    h("button", { class: "wb-icon-button", "aria-label": label, title: label, on: { click: run } }, icon(name));
  const element = h(
    "div",
    { class: "wb-browse-top" },
    h("button", { class: "wb-button wb-filters-button", on: { click: events.onFilters } }, t("Filters")),
    query,
    ...more,
    saved,
    tool("undo", `${t("Undo my last step")} (${keyShown("browse", "undo-my-last-step", "u")})`, events.onUndo),
    tool("redo", `${t("Redo")} (${keyShown("browse", "redo", "Shift+U")})`, events.onRedo),
    tool("steps", `${t("What I did")} (${keyShown("browse", "what-i-did-undo-list", "Shift+H")})`, events.onSteps),
    tool("keys", `${t("Keys")} (${keyShown("browse", "these-keys", "?")})`, events.onHelp),
  );
  const pending = (count: number): void => {
    saved.textContent = count > 0 ? t("Saving {n}", { n: inDigits(count) }) : t("Saved");
    saved.dataset.pending = String(count);
  };
  return { element, pending };
}
