// The chosen choice: its texts, and what can be done with it.
import { fill, h, isolated } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import type { Choice } from "../core/nouns.ts";
import { TAKEN } from "../tags/assign.ts";
import { button, field, uid } from "../work/parts.ts";
import type { Draft } from "./draft.ts";
import { Forms } from "./forms.ts";
import { choicesOf } from "./types.ts";

export class Detail {
  readonly element = h("div", { class: "wb-schemes-detail" });
  readonly forms: Forms;
  private shown = "";

  constructor(
    private readonly draft: Draft,
    private readonly onText: () => void,
    onDone: () => void,
  ) {
    this.forms = new Forms(draft, () => this.draw(true), onDone);
  }

  /** Drawn again when another choice is shown; while its texts are typed, it stays as it is. */
  draw(again = true): void {
    const { choice } = this.draft;
    if (!again && choice?.value === this.shown) return;
    this.shown = choice?.value ?? "";
    if (!choice) return fill(this.element, h("p", { class: "wb-help" }, t("Choose a choice to change it.")));
    fill(this.element, ...(this.forms.open ? [this.forms.view(choice)] : [...this.texts(choice), this.actions(choice)]));
  }

  focus(): void {
    this.element.querySelector<HTMLElement>("input, textarea, select")?.focus();
  }

  private texts(choice: Choice): HTMLElement[] {
    const { draft } = this;
    const write = (more: Partial<Choice>): void => {
      draft.writeChoice(choice.value, more);
      this.onText();
    };
    const label = h("input", { class: "wb-input", value: said(choice.label ?? ""), on: { input: () => write({ label: label.value }) } });
    const keyHelp = h("p", { class: "wb-help wb-schemes-key-help" }, this.keyWords(choice.key ?? "", choice.value));
    const key = h("input", {
      class: "wb-input wb-schemes-key",
      maxlength: 1,
      value: choice.key ?? "",
      on: { input: () => (write({ key: key.value.toLowerCase() }), fill(keyHelp, this.keyWords(key.value.toLowerCase(), choice.value))) },
    });
    const guideline = h("textarea", { class: "wb-textarea wb-schemes-when", value: said(choice.guideline ?? ""), on: { input: () => write({ guideline: guideline.value }) } });
    const keyField = choice.retired ? null : field(t("Key"), key);
    key.setAttribute("aria-describedby", (keyHelp.id ||= uid("key-help")));
    return [
      h("div", {}, h("div", { class: "wb-schemes-label" }, field(t("What people read"), label), keyField), choice.retired ? null : keyHelp),
      field(t("When to choose it"), guideline),
    ];
  }

  private keyWords(key: string, value: string): string {
    if (!key) return "";
    if (TAKEN.has(key)) return t("This key does something else while reading: take another one.");
    const other = choicesOf(this.draft.scheme).find((choice) => choice.key === key && choice.value !== value);
    return other ? t("“{choice}” has this key already.", { choice: said(other.label ?? "") || other.value }) : "";
  }

  private actions(choice: Choice): HTMLElement {
    const { draft, forms } = this;
    const { scheme } = draft;
    const tree = scheme.kind === "hierarchical";
    const act = (label: string, key: string, run: () => void, name: string): HTMLElement =>
      button(h("span", { class: "wb-keyed" }, label, h("kbd", {}, key)), run, { small: true, name });
    return h(
      "div",
      { class: "wb-schemes-actions" },
      h("h4", {}, t("Change it")),
      h(
        "div",
        { class: "wb-wrap" },
        act(t("Merge into another"), "m", () => forms.show("merge"), "merge"),
        choice.retired ? null : act(t("Split"), "s", () => forms.show("split"), "split"),
        tree ? act(t("Put elsewhere"), "p", () => forms.show("move"), "move") : null,
        act(t("Name in searches"), "v", () => forms.show("rename"), "rename"),
        choice.retired
          ? act(t("Bring back"), "r", () => void draft.step("restore", { value: choice.value }), "restore")
          : act(t("Retire"), "r", () => void draft.step("retire", { value: choice.value }), "retire"),
        act(t("Up"), "Alt ↑", () => void draft.step("shift", { value: choice.value, by: -1 }), "up"),
        act(t("Down"), "Alt ↓", () => void draft.step("shift", { value: choice.value, by: 1 }), "down"),
        this.isNew(choice) ? act(t("Remove"), "Del", () => void draft.step("drop", { value: choice.value }), "drop") : null,
      ),
      h("p", { class: "wb-help" }, t("In searches and files:"), " ", h("code", {}, isolated(choice.value))),
    );
  }

  private isNew(choice: Choice): boolean {
    const { known, moved } = this.draft.change!;
    return !known.includes(choice.value) && !Object.values(moved).includes(choice.value);
  }
}
