// The steps that ask one thing more: merge into which, put below which, split into what, named how.
import { h, isolated } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import type { Choice } from "../core/nouns.ts";
import { button, field, select } from "../work/parts.ts";
import type { Draft } from "./draft.ts";
import { choicesOf, isTree, parentOf, within, type Change } from "./types.ts";
import { valueWords } from "./words.ts";

export type FormName = "merge" | "move" | "split" | "rename";

export class Forms {
  open: FormName | null = null;
  private run: () => void = () => {};

  constructor(
    private readonly draft: Draft,
    private readonly redraw: () => void,
    private readonly onDone: () => void,
  ) {}

  show(name: FormName): void {
    if (!this.draft.choice) return;
    this.open = name;
    this.redraw();
  }

  close(): void {
    this.open = null;
    this.redraw();
    this.onDone();
  }

  /** Take the step that is asked about. */
  submit(): void {
    this.run();
  }

  view(choice: Choice): HTMLElement {
    const form = { merge: this.merge, move: this.move, split: this.split, rename: this.rename }[this.open ?? "merge"];
    const box = form.call(this, choice);
    queueMicrotask(() => box.querySelector<HTMLElement>("[data-first]")?.focus());
    return box;
  }

  private merge(choice: Choice): HTMLElement {
    const others = choicesOf(this.draft.scheme).filter((item) => !within(this.draft.scheme, item.value, choice.value) && !item.retired);
    const near = others.filter((item) => parentOf(this.draft.scheme, item.value) === parentOf(this.draft.scheme, choice.value));
    const into = select(this.options(others), (near[0] ?? others[0])?.value ?? "", { data: { first: "" } });
    return this.form(
      t("Merge “{choice}” into", { choice: this.words(choice) }),
      t("Its answers become answers of the other one. Everybody’s answers keep their author and time."),
      [field(t("Which one stays"), into)],
      t("Merge"),
      () => this.take("merge", { value: choice.value, into: into.value }, () => into.value),
    );
  }

  private move(choice: Choice): HTMLElement {
    const { scheme } = this.draft;
    const places = choicesOf(scheme).filter((item) => !within(scheme, item.value, choice.value) && !item.retired);
    const below = select([{ value: "", label: t("at the top of the tree") }, ...this.options(places)], parentOf(scheme, choice.value), { data: { first: "" } });
    const last = choice.value.split("/").at(-1) ?? "";
    return this.form(
      t("Put “{choice}” below", { choice: this.words(choice) }),
      t("What stands below it comes along, and so do all answers."),
      [field(t("Below which one"), below)],
      t("Put it there"),
      () => this.take("move", { value: choice.value, below: below.value }, () => (below.value ? `${below.value}/${last}` : last)),
    );
  }

  private split(choice: Choice): HTMLElement {
    const parts = h("textarea", { class: "wb-textarea", rows: 4, data: { first: "" }, placeholder: t("One new choice on each line") });
    const keep = h("input", { type: "checkbox" });
    const tree = isTree(this.draft.scheme);
    return this.form(
      t("Split “{choice}”", { choice: this.words(choice) }),
      t("Nobody can know which part an old answer meant: answers given so far stay, and wait for another look."),
      [
        field(t("Into"), parts),
        tree ? h("label", { class: "wb-check" }, keep, t("Keep “{choice}” above them, for what fits none", { choice: this.words(choice) })) : h("span", {}),
      ],
      t("Split"),
      () => this.take("split", { value: choice.value, parts: parts.value.split("\n"), below: keep.checked }),
    );
  }

  private rename(choice: Choice): HTMLElement {
    const last = isTree(this.draft.scheme) ? (choice.value.split("/").at(-1) ?? "") : choice.value;
    const name = h("input", { class: "wb-input", value: last, data: { first: "" } });
    return this.form(
      t("Name of “{choice}” in searches", { choice: this.words(choice) }),
      t("The short word that searches and exported files use. Answers and saved slices are changed along with it."),
      [field(t("Name in searches"), name)],
      t("Rename"),
      () => this.take("rename", { value: choice.value, new: name.value }, (change) => renamed(change, choice.value, name.value.trim())),
    );
  }

  private form(title: string, help: string, fields: HTMLElement[], label: string, run: () => void): HTMLElement {
    this.run = run;
    const submit = (event: Event): void => (event.preventDefault(), run());
    const go = h("button", { class: "wb-button wb-button-primary", type: "submit" }, label, h("kbd", {}, "Ctrl ↵"));
    return h(
      "form",
      { class: "wb-schemes-form", on: { submit } },
      h("h4", {}, isolated(title)),
      h("p", { class: "wb-help" }, help),
      ...fields,
      h("div", { class: "wb-row" }, go, button(t("Cancel"), () => this.close(), { tone: "quiet" })),
    );
  }

  private take(what: string, args: Record<string, unknown>, select?: (change: Change) => string): void {
    const open = this.open;
    this.open = null; // the step draws everything again
    void this.draft.step(what, args, select).then((done) => {
      if (done) return this.onDone();
      this.open = open;
      this.redraw();
    });
  }

  private options(choices: Choice[]): { value: string; label: string }[] {
    return choices.map((item) => ({ value: item.value, label: valueWords(this.draft.scheme, item.value) }));
  }

  private words(choice: Choice): string {
    return said(choice.label ?? "") || choice.value;
  }
}

function renamed(change: Change, value: string, name: string): string {
  const parent = parentOf(change.scheme, value);
  return parent ? `${parent}/${name}` : name;
}
