// Rewriting an item before it is approved: a field for each of its parts. Its parts stay; only their texts change.
import { h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import type { Turn } from "../core/nouns.ts";
import { button, field, keyed } from "../work/parts.ts";
import type { Item } from "./approve_types.ts";

export interface ItemEditor {
  /** The item it rewrites. */
  id: string;
  element: HTMLElement;
  bar: HTMLElement;
  keys: Shortcut[];
  /** Whether a text is another one than at first. */
  changed(): boolean;
  focus(): void;
}

export function editItem(item: Item, on: { approve: (turns: Turn[]) => void; cancel: () => void }): ItemEditor {
  const fields = item.parts.map((part) => {
    const area = h("textarea", { class: "wb-textarea", rows: rowsFor(part.text), value: part.text, data: { part: part.id } });
    return { id: part.id, area, begun: area.value, element: field(said(part.title) || t("Text"), area) };
  });
  const turns = (): Turn[] => item.turns.map((turn) => ({ ...turn, content: fields.find((one) => one.id === turn.id)?.area.value.trim() ?? turn.content }));
  const approve = (): void => {
    const empty = fields.find((one) => one.area.value.trim() === "");
    fields.forEach((one) => one.area.classList.toggle("wb-invalid", one.area.value.trim() === ""));
    if (empty) return empty.area.focus();
    on.approve(turns());
  };
  return {
    id: item.id,
    element: h("div", { class: "wb-proposal-edit" }, item.source.kind === "passage" ? h("blockquote", { class: "wb-proposal-passage" }, item.source.text ?? "") : null, ...fields.map((one) => one.element)),
    bar: h(
      "header",
      { class: "wb-decide-head" },
      h("h2", { class: "wb-grow" }, t("Edit, then approve")),
      button(keyed(t("Approve this"), "Ctrl", "Enter"), approve, { tone: "primary", name: "approve-edited" }),
      button(keyed(t("Back"), "Esc"), on.cancel, { tone: "quiet", name: "approve-back" }),
    ),
    keys: [
      { keys: ["Ctrl+Enter"], label: t("Approve this"), fixed: true, inText: true, run: approve },
      { keys: ["Escape"], label: t("Back without approving"), fixed: true, inText: true, run: on.cancel },
    ],
    changed: () => fields.some((one) => one.area.value !== one.begun),
    focus: () => {
      const area = fields[0]?.area;
      area?.focus({ preventScroll: true });
      if (!area || area.scrollHeight <= area.clientHeight) return;
      area.setSelectionRange(0, 0); // a long text is read from its beginning
      area.scrollTop = 0;
    },
  };
}

/** A line of text in a field is about 60 letters wide. */
function rowsFor(text: string): number {
  const lines = text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 60), 0);
  return Math.min(12, Math.max(2, lines));
}
