// The choices of a question as a list to move in: label, key, how often it was given, what is being changed.
import { fill, h, isolated } from "../core/dom.ts";
import { inDigits, said, t } from "../core/i18n.ts";
import type { Choice } from "../core/nouns.ts";
import { scrollTo } from "../core/scroll.ts";
import { uid } from "../work/parts.ts";
import type { Draft } from "./draft.ts";
import { choicesOf, depthOf } from "./types.ts";

export class ChoiceList {
  readonly element: HTMLElement;
  private readonly id = uid("choice");

  constructor(private readonly draft: Draft) {
    this.element = h("div", {
      class: "wb-schemes-choices",
      role: "listbox",
      tabindex: 0,
      "aria-label": t("Choices"),
      on: { mousedown: (event) => this.clicked(event) },
    });
  }

  draw(): void {
    const { draft } = this;
    const choices = choicesOf(draft.scheme);
    const rows = choices.map((choice, at) => this.row(choice, at));
    if (rows.length === 0) fill(this.element, h("p", { class: "wb-help wb-bulk-none" }, t("No choice yet. Add the first one below.")));
    else fill(this.element, ...rows);
    const at = choices.findIndex((choice) => choice.value === draft.selected);
    this.element.setAttribute("aria-activedescendant", at < 0 ? "" : `${this.id}-${at}`);
    if (rows[at]) scrollTo(this.element, rows[at]);
  }

  /** The label of one row, as it is typed. */
  relabel(): void {
    this.draw();
  }

  move(by: number): void {
    const choices = choicesOf(this.draft.scheme);
    const at = choices.findIndex((choice) => choice.value === this.draft.selected);
    const next = choices[Math.min(choices.length - 1, Math.max(0, at + by))];
    if (next) this.draft.select(next.value);
  }

  private row(choice: Choice, at: number): HTMLElement {
    const { draft } = this;
    const count = this.countOf(choice.value);
    const on = choice.value === draft.selected;
    return h(
      "div",
      {
        class: `wb-schemes-choice${choice.retired ? " wb-schemes-retired" : ""}${on ? " wb-on" : ""}`,
        role: "option",
        id: `${this.id}-${at}`,
        "aria-selected": String(on),
        data: { value: choice.value },
        style: { "padding-inline-start": `${10 + depthOf(draft.scheme, choice.value) * 16}px` },
      },
      isolated(this.words(choice), "wb-grow wb-clip"),
      ...this.marks(choice).map((mark) => h("span", { class: "wb-chip wb-chip-accent" }, mark)),
      choice.retired ? h("span", { class: "wb-chip" }, t("retired")) : null,
      choice.key ? h("kbd", {}, choice.key) : null,
      h("span", { class: "wb-quiet wb-numbers wb-schemes-count", title: t("Answers given so far") }, count ? inDigits(count) : ""),
    );
  }

  private words(choice: Choice): string {
    const label = said(choice.label ?? "") || choice.value;
    return this.draft.scheme.kind === "ordinal" && choice.label ? `${choice.value}  ${label}` : label;
  }

  /** What this change makes of a choice. */
  private marks(choice: Choice): string[] {
    const { moved, review, known } = this.draft.change!;
    const from = Object.keys(moved).filter((old) => moved[old] === choice.value);
    const own = known.includes(choice.value) && !(choice.value in moved);
    const marks: string[] = [];
    if (from.length > 0) marks.push(own || from.length > 1 ? t("merged") : t("moved"));
    else if (!own) marks.push(t("new"));
    if (own && review.includes(choice.value)) marks.push(t("split"));
    return marks;
  }

  /** How many answers stand behind a choice, those that move to it included. */
  private countOf(value: string): number {
    const { moved } = this.draft.change!;
    const { counts } = this.draft;
    const came = Object.keys(moved).filter((old) => moved[old] === value);
    const stayed = value in moved ? 0 : (counts[value] ?? 0);
    return came.reduce((sum, old) => sum + (counts[old] ?? 0), stayed);
  }

  private clicked(event: MouseEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-value]");
    if (row?.dataset.value !== undefined) this.draft.select(row.dataset.value);
  }
}
