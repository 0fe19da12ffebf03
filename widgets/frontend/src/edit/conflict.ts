// Two people saved the same conversation: both texts, turn by turn, and what can be done.
import { h } from "../core/dom.ts";
import type { Sample, Turn } from "../core/nouns.ts";
import { wordDiff } from "../text/diff.ts";
import { diffView } from "../text/diffview.ts";

export interface ConflictChoices {
  onMine: () => void;
  onTheirs: () => void;
  /** Go on editing, with their text to look at closed. */
  onBoth: () => void;
}

export function conflictView(theirs: Sample, mine: Turn[], choices: ConflictChoices): HTMLElement {
  const ids = [...new Set([...theirs.turns.map((turn) => turn.id), ...mine.map((turn) => turn.id)])].filter(Boolean);
  const rows = ids.flatMap((id) => {
    const saved = theirs.turns.find((turn) => turn.id === id)?.content ?? "";
    const own = mine.find((turn) => turn.id === id)?.content ?? "";
    return saved === own ? [] : [h("div", { class: "wb-conflict-turn" }, diffView(wordDiff(saved, own), true))];
  });
  return h(
    "div",
    { class: "wb-conflict", role: "alert" },
    h("h3", {}, "Somebody saved this conversation while you were editing"),
    h(
      "p",
      { class: "wb-help" },
      `Revision ${theirs.revision} is saved now. Struck out: what they saved. Underlined: what you typed.`,
    ),
    ...(rows.length > 0 ? rows : [h("p", {}, "The texts are the same; only order or roles differ.")]),
    h(
      "div",
      { class: "wb-row wb-conflict-choices" },
      h("button", { class: "wb-button", on: { click: choices.onMine } }, "Save mine as the next revision"),
      h("button", { class: "wb-button", on: { click: choices.onTheirs } }, "Take theirs"),
      h("button", { class: "wb-button wb-button-quiet", on: { click: choices.onBoth } }, "Go on editing"),
    ),
  );
}
