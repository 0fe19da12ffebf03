// The line under the editor: what changed, why, the preference pair, leaving and saving.
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";

export interface FootEvents {
  onSave: () => void;
  onLeave: () => void;
  onDiscard: () => void;
  onNote: () => void;
  onPair: (kept: boolean) => void;
}

export interface FootState {
  words: string;
  /** What keeps it from being saved, or "". */
  mistake: string;
  /** What becomes of answers about deleted turns, or "". */
  fate: string;
  dirty: boolean;
  saving: boolean;
  /** The number of the turn whose rewriting can be kept as a pair; null: none can. */
  pair: number | null;
}

export class EditorFoot {
  readonly element: HTMLElement;
  readonly note = h("input", {
    class: "wb-input wb-editor-note",
    type: "text",
    dir: "auto",
    placeholder: t("Why (optional)"),
    "aria-label": t("Why this change"),
  });
  private readonly summary = h("span", { class: "wb-quiet wb-editor-summary", role: "status" });
  private readonly told = h("p", { class: "wb-editor-told", role: "status" });
  private readonly pairBox = h("input", { type: "checkbox" });
  private readonly pairWords = h("span", {});
  private readonly pair: HTMLElement;
  private readonly saveButton: HTMLButtonElement;
  private readonly discard: HTMLButtonElement;

  constructor(events: FootEvents) {
    this.note.addEventListener("input", events.onNote);
    this.pairBox.addEventListener("change", () => events.onPair(this.pairBox.checked));
    this.pair = h(
      "label",
      { class: "wb-check wb-editor-pair", title: t("For training: the new answer is the better one, what it was before the worse") },
      this.pairBox,
      this.pairWords,
    );
    this.discard = h("button", { class: "wb-button wb-button-quiet", on: { click: events.onDiscard } }, t("Throw away"));
    this.saveButton = h(
      "button",
      { class: "wb-button wb-button-primary", on: { click: events.onSave } },
      t("Save"),
      h("kbd", {}, "Ctrl ⏎"),
    );
    this.element = h(
      "footer",
      { class: "wb-editor-foot" },
      this.told,
      this.pair,
      h(
        "div",
        { class: "wb-row wb-editor-do" },
        this.note,
      ),
      h(
        "div",
        { class: "wb-row wb-editor-do" },
        this.summary,
        h("span", { class: "wb-grow" }),
        this.discard,
        h("button", { class: "wb-button", title: t("What you typed is kept (Esc)"), on: { click: events.onLeave } }, t("Close"), h("kbd", {}, "Esc")),
        this.saveButton,
      ),
    );
  }

  /** Whether the rewriting shall be kept as a pair. */
  get kept(): boolean {
    return this.pairBox.checked;
  }

  set kept(value: boolean) {
    this.pairBox.checked = value;
  }

  update(state: FootState): void {
    this.summary.textContent = state.saving ? t("Saving") : state.words;
    const told = state.dirty ? [state.mistake, state.fate].filter(Boolean) : [];
    fill(this.told, told.join(" "));
    this.told.hidden = told.length === 0;
    this.told.classList.toggle("wb-editor-wrong", state.mistake !== "");
    this.pair.hidden = state.pair === null;
    if (state.pair !== null) this.pairWords.textContent = t("Keep turn {n} as a preference pair: new words better than old", { n: state.pair });
    this.discard.hidden = !state.dirty;
    this.saveButton.disabled = state.saving || !state.dirty || state.mistake !== "";
  }
}
