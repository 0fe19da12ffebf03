// The question itself: what it is called, how to decide, about what it is asked, when others' answers are shown.
import { fill, h } from "../core/dom.ts";
import { key, said, t } from "../core/i18n.ts";
import type { Scheme } from "../core/nouns.ts";
import { field, select } from "../work/parts.ts";
import type { Draft } from "./draft.ts";

const KINDS: Record<Scheme["kind"], string> = {
  nominal: key("One of several choices"),
  hierarchical: key("One place in a tree"),
  ordinal: key("A scale from low to high"),
  multi: key("Several choices at once"),
  boolean: key("Yes or no"),
  text: key("Free text"),
};

const ABOUT: Record<Scheme["on"], string> = {
  sample: key("the whole conversation"),
  turn: key("single turns"),
  both: key("the conversation and single turns"),
};

const SHOWN: Record<NonNullable<Scheme["suggestion"]>, string> = {
  prefill: key("at once, machines’ suggestions too"),
  after_answer: key("only after I have answered"),
  never: key("at once, but no machine’s suggestions"),
};

/** Kinds whose answers are chosen from a list that can be edited. */
export function hasChoices(scheme: Scheme): boolean {
  return scheme.kind !== "boolean" && scheme.kind !== "text";
}

export class Question {
  readonly element = h("div", { class: "wb-schemes-question" });

  constructor(
    private readonly draft: Draft,
    private readonly onKind: () => void,
  ) {}

  draw(): void {
    const { draft } = this;
    const { scheme } = draft;
    const title = h("input", { class: "wb-input", value: said(scheme.title ?? ""), data: { title: "" }, on: { input: () => draft.write({ title: title.value }) } });
    const guideline = h("textarea", {
      class: "wb-textarea wb-schemes-guideline",
      value: said(scheme.guideline ?? ""),
      on: { input: () => draft.write({ guideline: guideline.value }) },
    });
    const about = this.pick(ABOUT, scheme.on, (on) => draft.write({ on }));
    const shown = this.pick(SHOWN, scheme.suggestion ?? "never", (suggestion) => draft.write({ suggestion }));
    fill(
      this.element,
      h(
        "div",
        { class: "wb-schemes-two" },
        field(t("Question"), title),
        draft.fresh
          ? field(t("Kind of answer"), this.pick(KINDS, scheme.kind, (kind) => (draft.write({ kind }), this.onKind())))
          : h("div", { class: "wb-field" }, h("span", { class: "wb-label" }, t("Kind of answer")), h("span", { class: "wb-schemes-fixed" }, t(KINDS[scheme.kind]))),
      ),
      field(t("How to decide"), guideline),
      h("div", { class: "wb-schemes-two" }, field(t("Asked about"), about), field(t("Other answers are shown"), shown)),
    );
  }

  private pick<K extends string>(table: Record<K, string>, value: K, change: (value: K) => void): HTMLSelectElement {
    const options = (Object.keys(table) as K[]).map((name) => ({ value: name, label: t(table[name]) }));
    const element = select(options, value);
    element.addEventListener("change", () => change(element.value as K));
    return element;
  }
}
