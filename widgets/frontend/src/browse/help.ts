// What `?` shows: every key, in groups.
import { t } from "../core/i18n.ts";
import { h } from "../core/dom.ts";
import type { Shortcut } from "../core/keys.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";

const WORDS: Record<string, string> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  PageDown: "PgDn",
  PageUp: "PgUp",
  "Shift+U": "⇧U",
  "Shift+G": "⇧G",
  "Shift+J": "⇧J",
  "Shift+K": "⇧K",
};

export function openHelp(from: HTMLElement, shortcuts: Shortcut[]): void {
  const groups = [...new Set(shortcuts.map((item) => item.group ?? t("More")))];
  openOverlay(rootOf(from), t("Keys"), [
    h(
      "div",
      { class: "wb-row" },
      h("h3", { class: "wb-grow" }, t("Keys")),
      h("span", { class: "wb-quiet" }, t("Esc closes")),
    ),
    h(
      "div",
      { class: "wb-help-groups" },
      ...groups.map((group) =>
        h(
          "section",
          {},
          h("h4", {}, group),
          ...shortcuts
            .filter((item) => (item.group ?? t("More")) === group && item.label)
            .map((item) =>
              h(
                "div",
                { class: "wb-help-line" },
                h(
                  "span",
                  { class: "wb-help-keys" },
                  ...item.keys.slice(0, 2).map((key) => h("kbd", {}, WORDS[key] ?? key)),
                ),
                h("span", {}, item.label),
              ),
            ),
        ),
      ),
    ),
  ]).element.classList.add("wb-overlay-wide");
}
