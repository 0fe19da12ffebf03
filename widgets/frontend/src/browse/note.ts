// A remark on a conversation or one of its turns.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";

export function openNote(from: HTMLElement, ctx: Ctx, id: string, turn: string | null, onSaved: () => void): void {
  const text = h("textarea", {
    class: "wb-textarea",
    data: { first: "" },
    "aria-label": "Note",
    placeholder: "What should the others know?",
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
  const overlay = openOverlay(rootOf(from), "Note", [
    h("h3", {}, turn ? "Note on this turn" : "Note on this conversation"),
    text,
    h(
      "div",
      { class: "wb-row wb-sheet-foot" },
      h("span", { class: "wb-quiet wb-grow" }, "Enter saves, Shift+Enter starts a line"),
      h("button", { class: "wb-button wb-button-primary", on: { click: () => void save() } }, "Save"),
    ),
  ]);
}
