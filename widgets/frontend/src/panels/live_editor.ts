// Rewriting one turn: a field in its place, and whether the new words are a preference.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import { button, keyed } from "../work/parts.ts";
import type { LiveTurn } from "./live_types.ts";

export interface Rewritten {
  text: string;
  pair: boolean;
  seconds: number;
}

export interface LiveEditor {
  turn: string;
  element: HTMLElement;
  keys: Shortcut[];
  focus(): void;
}

export function liveEditor(item: LiveTurn, on: { save: (made: Rewritten) => void; cancel: () => void }, clock: () => number = Date.now): LiveEditor {
  const began = clock();
  const text = h("textarea", { class: "wb-input wb-live-text", rows: 4, "aria-label": t("The turn in your words") });
  text.value = item.turn.content;
  const pair = h("input", { type: "checkbox", checked: true });
  const save = (): void => on.save({ text: text.value, pair: pair.checked, seconds: Math.round((clock() - began) / 1000) });
  const element = h(
    "div",
    { class: "wb-live-editor" },
    text,
    item.by === "opening" ? null : h("label", { class: "wb-row" }, pair, t("Keep as a preference pair: my words are the better ones")),
    h("div", { class: "wb-row" }, button(keyed(t("Save, and go on from here"), "Ctrl", "Enter"), save, { tone: "primary", name: "live-save" }), button(keyed(t("Back"), "Esc"), on.cancel, { tone: "quiet", name: "live-back" })),
  );
  return {
    turn: item.turn.id,
    element,
    keys: [
      { keys: ["Ctrl+Enter"], label: t("Save, and go on from here"), fixed: true, inText: true, run: save },
      { keys: ["Escape"], label: t("Back without saving"), fixed: true, inText: true, run: on.cancel },
    ],
    focus: () => (text.focus(), text.setSelectionRange(text.value.length, text.value.length)),
  };
}
