// A remark on a conversation or one of its turns.
import { t } from "../core/i18n.ts";
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";

export function openNote(from: HTMLElement, ctx: Ctx, id: string, turn: string | null, onSaved: () => void): void {
  const text = h("textarea", {
    class: "wb-textarea",
    data: { first: "" },
    "aria-label": t("Note"),
    placeholder: t("What should the others know?"),
  });
  const save = async (): Promise<void> => {
    try {
      await ctx.call("note.add", { id, text: text.value, ...(turn ? { turn } : {}) });
      overlay.close();
      onSaved();
    } catch (error) {
      ctx.notice(error);
    }
  };
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void save();
  });
  const overlay = openOverlay(rootOf(from), t("Note"), [
    h("h3", {}, turn ? t("Note on this turn") : t("Note on this conversation")),
    text,
    h(
      "div",
      { class: "wb-row wb-sheet-foot" },
      h("span", { class: "wb-quiet wb-grow" }, t("Enter saves, Shift+Enter starts a line")),
      h("button", { class: "wb-button wb-button-primary", on: { click: () => void save() } }, t("Save")),
    ),
  ]);
}
