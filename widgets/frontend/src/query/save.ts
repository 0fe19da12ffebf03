// Giving a query a name: it is then a slice, found by `in:"name"` and ready to be released.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import type { Saved } from "./complete.ts";

export function openSave(from: HTMLElement, ctx: Ctx, query: string, onSaved: (saved: Saved[], name: string) => void): void {
  const name = h("input", {
    class: "wb-input",
    type: "text",
    maxlength: "60",
    data: { first: "" },
    "aria-label": t("Name"),
    placeholder: t("for example: lab results"),
  });
  const save = async (): Promise<void> => {
    try {
      const saved = await ctx.call<Saved[]>("browse.save", { name: name.value, query });
      overlay.close();
      onSaved(saved, name.value.trim());
    } catch (error) {
      ctx.notice(error);
    }
  };
  name.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    void save();
  });
  const overlay = openOverlay(rootOf(from), t("Save this query"), [
    h("h3", {}, t("Save this query")),
    h("p", { class: "wb-save-query" }, h("code", { dir: "auto" }, query)),
    name,
    h(
      "div",
      { class: "wb-row wb-sheet-foot" },
      h("span", { class: "wb-quiet wb-grow" }, t("A saved query is a slice: it can be searched with in: and released.")),
      h("button", { class: "wb-button wb-button-primary", on: { click: () => void save() } }, t("Save")),
    ),
  ]);
}
