// What `?` shows: every key that is in force here, in groups.
import { t } from "../core/i18n.ts";
import { h } from "../core/dom.ts";
import { capOf, keysOf, scopeOf } from "../core/keymap.ts";
import type { Shortcut } from "../core/keys.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";

export function openHelp(from: HTMLElement, shortcuts: Shortcut[]): void {
  const scope = scopeOf(from);
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
                  ...keysOf(item, scope).slice(0, 2).map((key) => h("kbd", {}, capOf(key))),
                ),
                h("span", {}, item.label),
              ),
            ),
        ),
      ),
    ),
  ]).element.classList.add("wb-overlay-wide");
}
