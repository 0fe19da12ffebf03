// Which question and which answer: the question from a list, the answer by typing a part of it.
import { fill, h } from "../core/dom.ts";
import { key, said, t } from "../core/i18n.ts";
import type { Choice, Scheme, TagValue } from "../core/nouns.ts";
import { scrollTo } from "../core/scroll.ts";
import { pathWords, typed } from "../tags/answers.ts";
import { active } from "../tags/assign.ts";
import { filterChoices, type Found } from "../tags/filter.ts";
import { field, select, uid } from "../work/parts.ts";

const MOST = 200;
const UNSURE: Choice = { value: "cannot say", label: key("Cannot say") };

export interface Picked {
  scheme: Scheme;
  value: TagValue;
  words: string;
}

/** The questions that can be answered for a whole conversation by choosing. */
export function askable(schemes: Scheme[]): Scheme[] {
  return schemes.filter((scheme) => scheme.on !== "turn" && active(scheme).length > 0);
}

export class AnswerPick {
  readonly element: HTMLElement;
  private readonly question: HTMLSelectElement;
  private readonly input: HTMLInputElement;
  private readonly listId = uid("answers");
  private readonly list: HTMLElement;
  private found: Found[] = [];
  private at = 0;

  constructor(
    private readonly schemes: Scheme[],
    private readonly onPick: (picked: Picked) => void,
    private readonly onEnter: () => void,
  ) {
    const options = schemes.map((scheme) => ({ value: scheme.name, label: said(scheme.title || scheme.name) }));
    this.question = select(options, schemes[0]?.name ?? "", { data: { first: "" } });
    this.question.addEventListener("change", () => this.asked());
    this.input = h("input", {
      class: "wb-input",
      type: "text",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": this.listId,
      "aria-autocomplete": "list",
      placeholder: t("Type a part of the answer"),
      on: { input: () => this.typed(), keydown: (event) => this.pressed(event) },
    });
    this.list = h("div", { class: "wb-bulk-answers", role: "listbox", id: this.listId, "aria-label": t("Answers") });
    this.element = h(
      "div",
      { class: "wb-bulk-pick" },
      field(t("Question"), this.question),
      field(t("Answer"), this.input),
      this.list,
    );
    this.asked();
  }

  get scheme(): Scheme {
    return this.schemes.find((scheme) => scheme.name === this.question.value) ?? this.schemes[0]!;
  }

  private asked(): void {
    this.input.value = "";
    this.typed();
  }

  private typed(): void {
    const choices = [...active(this.scheme), UNSURE].map((choice) => ({ ...choice, label: said(choice.label ?? "") }));
    this.found = filterChoices(choices, this.input.value).slice(0, MOST);
    this.at = 0;
    this.draw();
    this.tell();
  }

  private draw(): void {
    const options = this.found.map((item, at) =>
      h(
        "div",
        {
          class: item.depth === 0 && this.scheme.kind === "hierarchical" ? "wb-choice wb-choice-top" : "wb-choice",
          role: "option",
          id: `${this.listId}-${at}`,
          "aria-selected": String(at === this.at),
          style: { "padding-inline-start": `${10 + (this.input.value ? 0 : item.depth * 14)}px` },
          title: said(item.choice.guideline ?? "") || undefined,
          on: { mousedown: (event) => (event.preventDefault(), this.go(at)) },
        },
        this.input.value || this.scheme.kind === "ordinal" ? this.wordsOf(item) : item.choice.label || item.choice.value,
      ),
    );
    if (options.length === 0) fill(this.list, h("p", { class: "wb-help wb-bulk-none" }, t("No answer has these words.")));
    else fill(this.list, ...options);
    this.input.setAttribute("aria-activedescendant", options.length ? `${this.listId}-${this.at}` : "");
    const shown = options[this.at];
    if (shown) scrollTo(this.list, shown);
  }

  private wordsOf(item: Found): string {
    const { value, label } = item.choice;
    if (value === UNSURE.value) return t(UNSURE.label ?? "");
    return this.scheme.kind === "ordinal" ? `${value} ${label ?? ""}`.trim() : item.path;
  }

  private go(at: number): void {
    this.at = Math.min(this.found.length - 1, Math.max(0, at));
    this.draw();
    this.tell();
  }

  private tell(): void {
    const item = this.found[this.at];
    if (!item) return;
    const { scheme } = this;
    const { value } = item.choice;
    const answer = value === UNSURE.value ? value : scheme.kind === "multi" ? [value] : typed(scheme, value);
    this.onPick({ scheme, value: answer, words: this.fullWords(item) });
  }

  private fullWords(item: Found): string {
    if (item.choice.value === UNSURE.value || this.scheme.kind === "ordinal") return this.wordsOf(item);
    return pathWords((this.scheme.choices ?? []).map((choice) => ({ ...choice, label: said(choice.label ?? "") })), item.choice.value);
  }

  private pressed(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) this.go(this.at + step);
    else if (event.key === "Enter") this.onEnter();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
